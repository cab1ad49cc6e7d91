// Which client a code belongs to, remembered for a while to save a look-up. Only a hint: the database has the last word in every submission.
import type { Attune } from '../../attune.ts'
import { keepRecent, type Recent } from '../../store/recent.ts'
import type { SpareClient } from './spare-clients.ts'

const limit = 25_000

type Coming = { submissions: number; client: Promise<SpareClient> | undefined }
/** `coming` is no Map: one that entries come into and go out of all day holds on to what they held (store/recent.ts). */
type Known = { readonly clients: Recent<string, string>; readonly coming: { [codeHash: string]: Coming } }
const known = new WeakMap<Attune, Known>()

function knownBy(attune: Attune): Known {
  let mine = known.get(attune)
  if (mine === undefined) known.set(attune, (mine = { clients: keepRecent(limit), coming: Object.create(null) as Known['coming'] }))
  return mine
}

/** `codeHash` is keyed and made with the service's id, so one map serves all services. */
export function findKnownClient(attune: Attune, codeHash: Buffer): string | undefined {
  return knownBy(attune).clients.find(codeHash.toString('base64'))
}

export function keepKnownClient(attune: Attune, codeHash: Buffer, clientId: string): void {
  knownBy(attune).clients.keep(codeHash.toString('base64'), clientId)
}

/** After an erasure or a transfer: the code belongs to nobody here any more. */
export function forgetKnownClient(attune: Attune, codeHash: Buffer): void {
  knownBy(attune).clients.forget(codeHash.toString('base64'))
}

/**
 * Runs work that may add a client; `getNew` takes an id and a key for it. Submissions with the same code that come meanwhile get the same client, so they
 * need not wait for each other: whichever the database writes first adds it.
 */
export async function withNewClient<Result>(
  attune: Attune,
  codeHash: Buffer,
  take: () => Promise<SpareClient>,
  work: (getNew: () => Promise<SpareClient>) => Promise<Result>,
): Promise<Result> {
  const { coming } = knownBy(attune)
  const name = codeHash.toString('base64')
  const mine: Coming = (coming[name] ??= { submissions: 0, client: undefined })
  mine.submissions++
  const getNew = () =>
    (mine.client ??= take().catch((error: unknown) => {
      mine.client = undefined
      throw error
    }))
  try {
    return await work(getNew)
  } finally {
    if (--mine.submissions === 0) delete coming[name]
  }
}
