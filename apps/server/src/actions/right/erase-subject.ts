// Erasing a client or a practitioner: rows, files, stamps, sums and the code on every request go in the decision's own transaction, a keyed mark
// stays, and the destruction of the key (or the closing of the account) is noted to be done outside (settle-outside.ts).
import type { Certificate } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { endGrantsOf } from '../../store/grants.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { forgetCode, type RequestRow } from '../../store/rights/requests.ts'
import {
  addErasure,
  blankPractitioner,
  eraseClientRows,
  findCopies,
  findEnrolments,
  forgetCopies,
  practitionerMark,
  removeConsents,
} from '../../store/rights/subjects.ts'
import type { Transaction } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'

type Trx = Transaction<AttuneTables>

export async function eraseClient({ clock }: Attune, trx: Trx, request: RequestRow): Promise<Certificate> {
  const { service_id: serviceId, client_id: clientId, code_hash: codeHash, request_id } = request
  if (codeHash === null) throw new Error('A deletion needs the client code.')
  const at = clock.now()
  const gone = clientId === null ? { records: 0, files: 0 } : await eraseClientRows(trx, serviceId, clientId)
  const copies = clientId === null ? [] : await findCopies(trx, serviceId, clientId)
  if (clientId !== null) await forgetCopies(trx, serviceId, clientId)
  await addErasure(trx, { serviceId, kind: 'client', hash: codeHash, at, request_id, outside_id: clientId })
  await forgetCode(trx, serviceId, codeHash)
  const on = toLondonDay(at)
  await addNotice(trx, {
    serviceId,
    kind: 'client-deleted',
    about: request.reference,
    toRole: 'service-lead',
    facts: { reference: request.reference, day: on },
    at,
  })
  return {
    on,
    ...gone,
    mark: codeHash.toString('hex').slice(0, 16),
    copies: copies.map((copy) => ({ on: toLondonDay(copy.at), sha256: copy.sha256 })),
  }
}

/** The client's answers stay: they are another person's data. Nobody can tell any more who sent them (analysis D12). */
export async function erasePractitioner({ clock, keyring }: Attune, trx: Trx, request: RequestRow, by: string): Promise<Certificate> {
  const accountId = request.account_id
  if (accountId === null) throw new Error('A practitioner’s deletion needs the account.')
  const at = clock.now()
  const on = toLondonDay(at)
  const enrolments = await findEnrolments(trx, accountId)
  const ids = enrolments.map((one) => one.practitionerId)
  await removeConsents(trx, ids, at)
  const records = await blankPractitioner(trx, ids, at, on)
  await endGrantsOf(trx, { accountId, endedBy: by, at })
  let mark = ''
  for (const [place, { serviceId, practitionerId }] of enrolments.entries()) {
    const hash = practitionerMark(keyring, serviceId, practitionerId)
    if (place === 0) mark = hash.toString('hex').slice(0, 16)
    await addErasure(trx, { serviceId, kind: 'practitioner', hash, at, request_id: request.request_id, outside_id: accountId })
  }
  return { on, records, files: 0, mark, copies: [] }
}
