// Which client a code belongs to, remembered for a while to save a look-up. Only a hint: the database has the last word in every submission.
import type { Attune } from '../../attune.ts'

const limit = 50_000

type Known = { readonly clients: Map<string, string>; readonly coming: Map<string, Promise<unknown>> }
const known = new WeakMap<Attune, Known>()

function knownBy(attune: Attune): Known {
  let mine = known.get(attune)
  if (mine === undefined) known.set(attune, (mine = { clients: new Map(), coming: new Map() }))
  return mine
}

/** `codeHash` is keyed and made with the service's id, so one map serves all services. */
export function findKnownClient(attune: Attune, codeHash: Buffer): string | undefined {
  return knownBy(attune).clients.get(codeHash.toString('base64'))
}

export function keepKnownClient(attune: Attune, codeHash: Buffer, clientId: string): void {
  const { clients } = knownBy(attune)
  clients.set(codeHash.toString('base64'), clientId)
  if (clients.size > limit) clients.delete(clients.keys().next().value!)
}

/** After an erasure or a transfer: the code belongs to nobody here any more. */
export function forgetKnownClient(attune: Attune, codeHash: Buffer): void {
  knownBy(attune).clients.delete(codeHash.toString('base64'))
}

/**
 * Runs work that may add a client. Submissions with the same code that arrive meanwhile wait for it: they then know the client and
 * need no key of their own.
 */
export async function withNewClient<Result>(attune: Attune, codeHash: Buffer, work: () => Promise<Result>): Promise<Result> {
  const { coming } = knownBy(attune)
  const name = codeHash.toString('base64')
  const before = coming.get(name)
  if (before !== undefined) {
    await before.catch(() => {})
    return work()
  }
  const mine = work()
  coming.set(name, mine)
  return mine.finally(() => coming.delete(name))
}
