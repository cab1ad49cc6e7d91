// "Was this code seen before in my service": yes or no, so that a follow-up with a mistyped code asks before it is sent. Nothing else is told.
// Every question is logged and counted: whoever tries codes one after the other is stopped long before one fits (23^9 made codes).
import { toClientCode } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { countTry } from '../../store/accounts/tries.ts'
import { hasClientCode } from '../../store/records/has-client-code.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

export async function isCodeSeen(attune: Attune, { role, serviceId, accountId }: Acting, code: string): Promise<boolean> {
  const { databases, keyring, clock, programme } = attune
  const limit = { door: 'code-seen', tries: programme.policy.values.clientCodeChecksMaximum, minutes: 60 }
  const subject = keyring.lookupHash('account', '', accountId)
  await withActor(databases.accounts, { role: 'door' }, 'sign-in', (trx) => countTry(trx, limit, subject, clock.now()))
  const hashes = (['form', 'service'] as const).map((source) => keyring.lookupHash('code', serviceId, toClientCode(code, source)))
  return hasClientCode(databases.attune, { role, serviceId, accountId }, hashes)
}
