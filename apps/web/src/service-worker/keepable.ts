// Which replies of the server may lie on the device in the clear: words that are the same for everybody.
const keepable = [/^\/api\/programme$/, /^\/api\/policy$/, /^\/api\/forms$/, /^\/api\/forms\/[^/]+\/[^/]+$/] as const

export function isKeepable(path: string): boolean {
  return keepable.some((pattern) => pattern.test(path))
}

/** True for an address that names the version of what it answers. */
export function isVersioned(path: string): boolean {
  return /^\/api\/forms\/[^/]+\/[^/]+$/.test(path)
}
