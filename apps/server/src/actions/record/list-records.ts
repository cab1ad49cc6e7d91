import { isDay, toClientCode } from '@attune/policy'
import type { QueryOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { countRecordRows, findRecordRows, type RecordFilter } from '../../store/records/record-rows.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLinkedFilter } from './linked-filter.ts'
import { openRows, type OpenRow } from './open-rows.ts'

const usualPage = 500

export type RecordPage = { readonly rows: readonly OpenRow[]; readonly total: number; readonly next: string | null }

/** One page of the records that the actor may see, newest first. Reading it is an event of the same transaction. */
export async function listRecords(attune: Attune, acting: Acting, purpose: string, query: QueryOf<'GET /api/records'>): Promise<RecordPage> {
  const { databases, keyring } = attune
  const { role, serviceId, accountId } = acting
  const limit = query.limit ?? usualPage
  // A code is hashed with the service that made it, which for the operator's people is not their own.
  const codeOf = acting.request?.serviceId ?? query.serviceId ?? serviceId
  const filter: RecordFilter = {
    ...(query.serviceId !== undefined && { serviceId: query.serviceId }),
    ...(query.code !== undefined && {
      codeHashes: (['form', 'service'] as const).map((source) => keyring.lookupHash('code', codeOf, toClientCode(query.code!, source))),
    }),
  }
  Object.assign(filter, toLinkedFilter(acting))
  const after = query.after === undefined ? undefined : parsePlace(query.after)
  const { rows, total } = await withActor(databases.attune, acting, purpose, async (trx) => {
    const found = await findRecordRows(trx, { ...filter, ...(after && { after }) }, limit + 1)
    const counted = await countRecordRows(trx, filter)
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.list',
      purpose,
      outcome: 'done',
      detail: {
        rows: Math.min(found.length, limit),
        byCode: query.code !== undefined,
        ...(acting.request && { reference: acting.request.reference }),
      },
    })
    return { rows: found, total: counted }
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: await openRows(attune, page), total, next: rows.length > limit && last !== undefined ? toPlace(last) : null }
}

// Where a page ended: opaque to the caller, and harmless when tampered with, because it is only ever compared.
const toPlace = ({ sessionOn, recordId }: { sessionOn: string; recordId: string }) => Buffer.from(`${sessionOn}|${recordId}`).toString('base64url')

function parsePlace(place: string): { sessionOn: string; recordId: string } {
  const parts = /^(\d{4}-\d{2}-\d{2})\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(place, 'base64url').toString('latin1'))
  if (parts === null || !isDay(parts[1])) return raise('request-invalid', { fields: [{ place: '/after', why: 'is not the end of a page' }] })
  return { sessionOn: parts[1]!, recordId: parts[2]! }
}
