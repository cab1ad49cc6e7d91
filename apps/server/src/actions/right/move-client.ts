// Passing a client's records to another service that is live. Everything is sealed again under a key of the new service; the practitioner stays known
// there by a random token, and the old service sees nothing of it any more (DCS-073).
import { tell } from '@attune/contract'
import { randomUUID } from 'node:crypto'
import { checkClientCode, type Certificate } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { moveClientRows } from '../../store/rights/move-client-rows.ts'
import { addNotice } from '../../store/rights/notices.ts'
import type { RequestRow } from '../../store/rights/requests.ts'
import { addErasure, eraseClientRows } from '../../store/rights/subjects.ts'
import { findService } from '../../store/services.ts'
import type { Transaction } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { openCode } from './request-facts.ts'

export async function moveClient(attune: Attune, trx: Transaction<AttuneTables>, request: RequestRow, toServiceId: string): Promise<Certificate> {
  const { keyring, clock, programme } = attune
  const { service_id: serviceId, client_id: clientId, code_hash: codeHash } = request
  const code = openCode(attune, request)
  if (clientId === null || codeHash === null || code === undefined) raise('request-step-refused', tell('move.no-record'))
  const target = await findService(trx, toServiceId)
  if (target === undefined || target.status !== 'live' || toServiceId === serviceId) raise('request-step-refused', tell('move.not-live'))
  const fits = (['form', 'service'] as const).some(
    (source) =>
      checkClientCode(code, {
        source,
        symbols: programme.policy.values.clientCodeSymbols,
        ...(source === 'service' && target.codePattern !== null && { pattern: target.codePattern }),
      }).allowed,
  )
  if (!fits) raise('request-step-refused', tell('move.code-misfit'))
  const at = clock.now()
  const newClientId = randomUUID()
  const [oldKey, newKey] = [
    (await keyring.findClientKeys(serviceId, [clientId])).get(clientId),
    await keyring.makeClientKey(toServiceId, newClientId),
  ]
  if (oldKey === undefined) raise('not-found')
  const moved = await moveClientRows(trx, keyring, {
    from: { serviceId, clientId, key: oldKey },
    to: { serviceId: toServiceId, clientId: newClientId, key: newKey, codeHash: keyring.lookupHash('code', toServiceId, code) },
  })
  if (moved === undefined) raise('request-step-refused', tell('move.code-taken'))
  await eraseClientRows(trx, serviceId, clientId)
  await addErasure(trx, {
    serviceId,
    kind: 'spent',
    hash: keyring.lookupHash('spent', serviceId, clientId),
    at,
    request_id: request.request_id,
    outside_id: clientId,
  })
  const facts = { reference: request.reference, count: moved }
  await addNotice(trx, { serviceId, kind: 'client-moved', about: request.reference, toRole: 'service-lead', facts, at })
  await addNotice(trx, { serviceId: toServiceId, kind: 'client-arrived', about: request.reference, toRole: 'service-lead', facts, at })
  return { on: toLondonDay(at), records: moved, files: 0, copies: [], movedTo: target.name }
}
