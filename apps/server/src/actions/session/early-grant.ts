// Session and grant are in two databases, and every request asks for both. Who comes again most likely acts under the grant of the last time: that one
// is asked for while the session is, and it counts only if the session, once it is known, names the same. Neither answer is older than the request.
import type { Attune } from '../../attune.ts'
import { digestToken } from '../../store/keyring/seal.ts'
import { keepRecent, type Recent } from '../../store/recent.ts'
import { findActiveGrant, type GrantInUse } from './find-active-grant.ts'

type Held = { readonly accountId: string; readonly grantId: string }
export type EarlyGrant = Held & { readonly found: Promise<GrantInUse | undefined> }

const limit = 5_000
const lasts = new WeakMap<Attune, Recent<string, Held>>()

const nameOf = (token: string): string => digestToken(token).toString('base64')

/** Asks for the grant that this session's token acted under last; undefined when it has not been here. */
export function askEarly(attune: Attune, token: string): EarlyGrant | undefined {
  const last = lasts.get(attune)?.find(nameOf(token))
  if (last === undefined) return undefined
  const found = findActiveGrant(attune, last, undefined)
  // Whoever uses it hears what is wrong; if nobody does, nothing is.
  found.catch(() => {})
  return { ...last, found }
}

/** The grant that a session acts under, `asked` for by name or chosen before; `early` counts when it is the same. */
export async function findGrantInUse(
  attune: Attune,
  token: string,
  held: { readonly accountId: string; readonly grantId: string | undefined },
  asked: string | undefined,
  early: EarlyGrant | undefined,
): Promise<GrantInUse | undefined> {
  const grantId = asked ?? held.grantId
  if (grantId === undefined) return undefined
  if (early?.accountId === held.accountId && early.grantId === grantId) return early.found
  const found = await findActiveGrant(attune, held, asked)
  if (found !== undefined) keepLast(attune, token, { accountId: held.accountId, grantId: found.grantId })
  return found
}

function keepLast(attune: Attune, token: string, held: Held): void {
  let mine = lasts.get(attune)
  if (mine === undefined) lasts.set(attune, (mine = keepRecent(limit)))
  mine.keep(nameOf(token), held)
}
