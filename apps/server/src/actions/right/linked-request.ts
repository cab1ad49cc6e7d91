import { isServiceRole, type Act } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { findCodeRequest } from '../../store/code-requests.ts'
import { isRowRefused } from '../../store/postgres-errors.ts'
import { findRequest, withClientOfCode } from '../../store/rights/requests.ts'
import { withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting, LinkedRequest } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The request that somebody says they open rows for, if it is one that they may see and that is being looked at now. */
export async function findLinkedRequest(
  { databases, clock }: Attune,
  acting: Acting,
  requestId: string,
  act: Act,
): Promise<LinkedRequest | undefined> {
  if (!uuid.test(requestId)) return undefined
  // A request for a lost code opens the search for it and nothing else.
  if (act === 'record.find-code') {
    const lost = await withReader(databases.attune, acting, 'find-code', (trx) =>
      findCodeRequest(trx as unknown as Transaction<AttuneTables>, requestId),
    ).catch(noneIfRefused)
    if (lost !== undefined) {
      if (lost.state !== 'waiting' || (!isServiceRole(acting.role) && lost.operator_on > toLondonDay(clock.now()))) return undefined
      return {
        reference: lost.reference,
        serviceId: lost.service_id,
        clientId: null,
        lostCode: { practitionerId: lost.practitioner_id, sessionOn: lost.session_on },
      }
    }
  }
  const row = await withReader(databases.attune, acting, 'rights', (trx) =>
    findRequest(trx as unknown as Transaction<AttuneTables>, requestId),
  ).catch(noneIfRefused)
  if (row === undefined || (row.state !== 'confirmed' && row.state !== 'proposed')) return undefined
  const {
    reference,
    service_id: serviceId,
    client_id: clientId,
  } = await withReader(databases.attune, { role: 'system' }, 'rights', (trx) => withClientOfCode(trx as unknown as Transaction<AttuneTables>, row))
  return { reference, serviceId, clientId }
}

/** Whose role may not look at requests sees none. A database that is away is no answer. */
function noneIfRefused(error: unknown): undefined {
  if (!isRowRefused(error)) throw error
}
