// Starting leaves much behind that running does not need. The JavaScript engine frees it when it wants room, which an idle server never does.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (how: { readonly type: 'major' | 'minor'; readonly execution: 'async' | 'sync' }) => Promise<void> | undefined

let known: Collect | undefined
function getCollect(): Collect {
  if (known !== undefined) return known
  // A context made while the flag stands knows the function; nothing else comes to know it.
  setFlagsFromString('--expose-gc')
  known = runInNewContext('gc') as Collect
  setFlagsFromString('--no-expose-gc')
  return known
}

/** Frees what nothing refers to any more and gives it back to the system, between other work. */
export async function giveBackMemory(): Promise<void> {
  await getCollect()({ type: 'major', execution: 'async' })
}

/**
 * Frees what was made since the last time and is not wanted any more; a few milliseconds. For long work that leaves much behind: left to itself, the
 * engine waits until young memory is full, however large that may be, and as much again lies outside of it in buffers.
 */
export function freeYoungMemory(): void {
  void getCollect()({ type: 'minor', execution: 'sync' })
}
