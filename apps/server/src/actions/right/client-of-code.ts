// Which client a code is about. A code of whom no record has come yet is taken as well: a request may be filed at any time.
import { checkClientCode, toClientCode } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { findClientByCode } from '../../store/rights/subjects.ts'
import type { Transaction } from '../../store/with-actor.ts'

export type ClientOfCode = { readonly code: string; readonly codeHash: Buffer; readonly clientId: string | null }

/** Raises `client-code-refused` for what is no code: a name, a date, somebody's number. */
export async function getClientOfCode(
  { programme, keyring }: Attune,
  trx: Transaction<AttuneTables>,
  { serviceId, codePattern }: { serviceId: string; codePattern: string | null },
  given: string,
): Promise<ClientOfCode> {
  const symbols = programme.policy.values.clientCodeSymbols
  const sources = ['form', 'service'] as const
  const decisions = sources.map((source) => ({
    source,
    decision: checkClientCode(given, { source, symbols, ...(source === 'service' && codePattern !== null && { pattern: codePattern }) }),
  }))
  const fitting = decisions.filter(({ decision }) => decision.allowed)
  if (fitting.length === 0) {
    const { decision } = decisions[1]!
    raise('client-code-refused', {
      fields: [{ place: '/code', why: 'is not a client code' }],
      ...(!decision.allowed && telling(decision)),
    })
  }
  const codes = fitting.map(({ source }) => toClientCode(given, source))
  const hashes = codes.map((code) => keyring.lookupHash('code', serviceId, code))
  const known = await findClientByCode(trx, serviceId, hashes)
  const at = known === undefined ? 0 : hashes.findIndex((hash) => hash.equals(known.codeHash))
  return { code: codes[at]!, codeHash: hashes[at]!, clientId: known?.clientId ?? null }
}
