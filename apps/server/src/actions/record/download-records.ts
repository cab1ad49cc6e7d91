// A service takes a copy of its own records and answers for it from then on. Records whose client did not agree to a copy stay out and are
// counted. The event stands in the transaction that read the rows; the file leaves after it is kept.
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { addExport } from '../../store/records/exports.ts'
import { logEvent } from '../../store/log-event.ts'
import { findRecordRows, type RecordFilter } from '../../store/records/record-rows.ts'
import { findService } from '../../store/services.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { checkDay } from '../check-day.ts'
import { openRows, type OpenRow } from './open-rows.ts'

const pageRows = 1_000

/** Where the rows go, page by page; `end` returns the SHA-256 of the file. */
export type TableSink = { readonly name: string; readonly write: (rows: readonly OpenRow[]) => Promise<void>; readonly end: () => Promise<string> }

/** What goes with the file: who answers for it, what was asked, what was left out, and how to tell that it is whole. */
export type Manifest = ReturnType<typeof toManifest>

/** Writes the service's records into the sink and returns what the manifest says of them. */
export async function downloadRecords(
  attune: Attune,
  acting: Acting,
  purpose: string,
  order: BodyOf<'POST /api/downloads'>,
  makeSink: () => Promise<TableSink>,
): Promise<Manifest> {
  if (!order.acceptResponsibility) raise('responsibility-missing')
  checkDay(order.from, '/from')
  checkDay(order.until, '/until')
  const filter: RecordFilter = { ...(order.from !== undefined && { from: order.from }), ...(order.until !== undefined && { until: order.until }) }
  const detail = { format: order.format, responsibilityAccepted: true }
  const taken = await takeCopy(attune, acting, purpose, { filter, detail }, makeSink)
  return toManifest(attune, acting, purpose, order, taken)
}

type Copy = {
  readonly filter: RecordFilter
  /** Left out of the file without being counted as withheld. */
  readonly isWanted?: (row: OpenRow) => boolean
  /** What the event says besides counts and hash. */
  readonly detail: { readonly format: string; readonly responsibilityAccepted?: boolean; readonly deviceId?: string }
}

/** Writes the records that a service may copy into the sink, notes whom the copy holds, and hands it over: the event stands in the same transaction. */
export async function takeCopy(
  attune: Attune,
  acting: Acting,
  purpose: string,
  { filter, isWanted, detail }: Copy,
  makeSink: () => Promise<TableSink>,
) {
  const { role, serviceId, accountId } = acting
  const sink = await makeSink()
  return withActor(attune.databases.attune, acting, purpose, async (trx) => {
    let rows = 0
    let withheld = 0
    const clients = new Set<string>()
    let after: RecordFilter['after']
    for (;;) {
      const page = await findRecordRows(trx, { ...filter, ...(after && { after }) }, pageRows)
      const copied = await openRows(
        attune,
        page.filter((row) => row.serviceCopy),
      )
      const opened = isWanted === undefined ? copied : copied.filter(isWanted)
      withheld += page.filter((row) => !row.serviceCopy).length
      rows += opened.length
      for (const row of opened) clients.add(row.clientId)
      await sink.write(opened)
      if (page.length < pageRows) break
      after = page.at(-1)!
    }
    const sha256 = await sink.end()
    await addExport(trx, { serviceId, accountId, at: attune.clock.now(), sha256, records: rows, withheld, clientIds: [...clients] })
    const responsibleBody = (await findService(trx, serviceId))?.name ?? serviceId
    // The handover: from this event on the copy is the service's own (DCS-011).
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.download',
      purpose,
      outcome: 'done',
      detail: { rows, withheld, sha256, responsibleBody, policyVersion: attune.programme.policyVersion.text, ...detail },
    })
    return { rows, withheld, sha256, serviceName: responsibleBody, file: sink.name }
  })
}

function toManifest(
  { programme, clock }: Attune,
  { role, serviceId }: Acting,
  purpose: string,
  { from, until }: BodyOf<'POST /api/downloads'>,
  { rows, withheld, sha256, serviceName, file }: { rows: number; withheld: number; sha256: string; serviceName: string; file: string },
) {
  return {
    responsibleBody: serviceName,
    serviceId,
    responsibilityAccepted: true,
    madeAt: clock.now().toISOString(),
    requestedBy: role,
    purpose,
    programme: programme.id,
    policyVersion: programme.policyVersion.text,
    filter: { from: from ?? null, until: until ?? null },
    file,
    rows,
    withheld,
    withheldBecause: "The client's consent does not cover copies that the service keeps for itself.",
    sha256,
  }
}
