// Disposing of records whose time is over and whose service was told in time. A keyed mark stays per record; a client of whom nothing is left loses
// the key as well. What is held, restricted or put off stays.
import { addDays, disposalDays, latestEnded, putOffUntil, type Day } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { disposeRecords, findRecordsOfDay, type Warning } from '../../store/retention/retention-rows.ts'
import { addErasure, forgetCopies, recordMark } from '../../store/rights/subjects.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { getRules } from './rules.ts'
import { readOld, warningsOf } from './warn-services.ts'

const atOnce = 200

/** Returns the number of records that went. */
export async function disposeOfRecords(attune: Attune): Promise<number> {
  const { values } = attune.programme.policy
  const { records: rule } = getRules(attune)
  const today = toLondonDay(attune.clock.now())
  const cutoff = latestEnded(rule, addDays(today, -values.disposalWindowDays))
  if (cutoff === undefined) return 0
  const { days, warnings, putOff, early } = await readOld(attune, cutoff)
  let disposed = 0
  for (const { serviceId, sessionOn } of days) {
    const due = disposalDays(rule, sessionOn, values, putOffUntil(putOff.get(serviceId) ?? [], sessionOn))!.dueOn
    const isEarly = due > today && (early.get(serviceId) ?? []).some((range) => range.from <= sessionOn && sessionOn <= range.until)
    if (due > today && !isEarly) continue
    const toldBy = addDays(today, -values.disposalWarningDays)
    const warning = warningsOf({ serviceId, sessionOn }, warnings, putOff.get(serviceId) ?? []).find((one) => toLondonDay(one.warnedAt) <= toldBy)
    if (warning === undefined) continue
    disposed += await disposeDay(attune, { serviceId, sessionOn, warning, aggregated: isEarly })
  }
  return disposed
}

async function disposeDay(
  attune: Attune,
  { serviceId, sessionOn, warning, aggregated }: { serviceId: string; sessionOn: Day; warning: Warning; aggregated: boolean },
): Promise<number> {
  for (let total = 0; ;) {
    const gone = await withActor(attune.databases.attune, { role: 'system' }, 'retention', async (trx) => {
      const ids = await findRecordsOfDay(trx, { serviceId, sessionOn, receivedBy: warning.warnedAt, aggregated, limit: atOnce })
      if (ids.length > 0) {
        await disposeIn(attune, trx, serviceId, sessionOn, ids, aggregated)
        // Before the rows are gone for good: of what is gone nobody could say any more that a restore has to take it out again.
        await attune.keyring.addTombstones(ids.map((id) => ({ kind: 'record' as const, serviceId, id })))
      }
      return ids
    })
    total += gone.length
    if (gone.length < atOnce) return total
  }
}

async function disposeIn(
  { keyring, clock }: Attune,
  trx: Transaction<AttuneTables>,
  serviceId: string,
  sessionOn: Day,
  ids: readonly string[],
  aggregated: boolean,
): Promise<void> {
  const at = clock.now()
  const clients = await disposeRecords(trx, serviceId, ids)
  for (const id of ids)
    await addErasure(trx, { serviceId, kind: 'record', hash: recordMark(keyring, serviceId, id), at, request_id: null, outside_id: null })
  for (const { clientId } of clients) {
    await forgetCopies(trx, serviceId, clientId)
    await addErasure(trx, {
      serviceId,
      kind: 'spent',
      hash: keyring.lookupHash('spent', serviceId, clientId),
      at,
      request_id: null,
      outside_id: clientId,
    })
  }
  await logEvent(trx, {
    serviceId,
    role: 'system',
    action: 'retention.dispose',
    outcome: 'done',
    detail: {
      records: ids.length,
      clients: clients.length,
      sessionOn,
      because: aggregated ? 'aggregated' : 'time-over',
      marks: ids.slice(0, 50).map((id) => recordMark(keyring, serviceId, id).toString('hex').slice(0, 16)),
    },
  })
}
