// Where sealed files are put. A place takes streams of bytes and gives them back; it never learns what they are.

export type Storage = {
  /** What it is called on the screen and in the log: no secret, no address with one. */
  readonly name: string
  /** Puts a file there, whole or not at all, and returns its size. */
  readonly put: (name: string, pieces: AsyncIterable<Uint8Array>) => Promise<number>
  readonly get: (name: string) => AsyncIterable<Uint8Array>
  readonly list: () => Promise<readonly string[]>
  /** To remove what is gone already is no error. */
  readonly remove: (name: string) => Promise<void>
}

const shape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/

/** Names are ours, but a folder is a folder: nothing that leads out of it. */
export function checkName(name: string): string {
  if (!shape.test(name) || name.includes('..')) throw new Error(`"${name}" is not a name of a file of ours.`)
  return name
}
