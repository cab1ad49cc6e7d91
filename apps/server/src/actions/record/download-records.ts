// A service takes a copy of its own records and answers for it from then on. Records whose client did not agree to a copy stay out and are
// counted. The event stands in the transaction that read the rows; the file leaves after it is kept.
import path from 'node:path'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { makeSpool, type Spool } from '../../outside/spool.ts'
import { raise } from '../../problems.ts'
import { addExport } from '../../store/records/exports.ts'
import { logEvent } from '../../store/log-event.ts'
import { copyRecordRows, type CopyPage, type CopyWish } from '../../store/records/copy-rows.ts'
import type { RecordFilter } from '../../store/records/record-rows.ts'
import { findService } from '../../store/services.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { freeYoungMemory } from '../give-back-memory.ts'
import { checkDay } from '../check-day.ts'
import { makeCopyOpener, type CopiedRow } from './open-copy.ts'

/** Opened and written at a time: a few milliseconds, after which others have their turn. */
const sliceRows = 100
/** So many leave some fifteen megabytes behind. */
const rowsBeforeFreeing = 2_000

/** Where the rows go, page by page; `end` returns the SHA-256 of the file. */
export type TableSink = { readonly name: string; readonly write: (rows: readonly CopiedRow[]) => Promise<void>; readonly end: () => Promise<string> }

/** What goes with the file: who answers for it, what was asked, what was left out, and how to tell that it is whole. */
export type Manifest = ReturnType<typeof toManifest>

/** Writes the file of a download piece by piece: first the rows, then what the manifest says of them. */
export type DownloadWriter = { readonly makeSink: () => Promise<TableSink>; readonly end: (manifest: Manifest) => Promise<void> }

/** The service's records as one file, sealed as `toWriter` seals it. Nothing is handed over before the event of the handover is kept. */
export async function downloadRecords(
  attune: Attune,
  acting: Acting,
  purpose: string,
  order: BodyOf<'POST /api/downloads'>,
  toWriter: (place: Pick<Spool, 'put' | 'settle'>) => DownloadWriter,
): Promise<Pick<Spool, 'size' | 'read'>> {
  if (!order.acceptResponsibility) raise('responsibility-missing')
  checkDay(order.from, '/from')
  checkDay(order.until, '/until')
  const filter: RecordFilter = { ...(order.from !== undefined && { from: order.from }), ...(order.until !== undefined && { until: order.until }) }
  const detail = { format: order.format, responsibilityAccepted: true }
  const wish = { filter, scores: order.format === 'json' || order.format === 'sav', newestFirst: false, detail }
  const spool = makeSpool(path.join(attune.environment.home, 'spool'))
  try {
    const writer = toWriter(spool)
    const taken = await takeCopy(attune, acting, purpose, wish, writer.makeSink)
    await writer.end(toManifest(attune, acting, purpose, order, taken))
    return spool
  } catch (error) {
    await spool.discard()
    throw error
  }
}

type Copy = CopyWish & {
  readonly filter: RecordFilter
  /** Left out of the file without being counted as withheld. */
  readonly isWanted?: (row: CopiedRow) => boolean
  /** What the event says besides counts and hash. */
  readonly detail: { readonly format: string; readonly responsibilityAccepted?: boolean; readonly deviceId?: string }
}

/** Writes the records that a service may copy into the sink, notes whom the copy holds, and hands it over: the event stands in the same transaction. */
export async function takeCopy(
  attune: Attune,
  acting: Acting,
  purpose: string,
  { filter, isWanted, scores, newestFirst, detail }: Copy,
  makeSink: () => Promise<TableSink>,
) {
  const { role, serviceId, accountId } = acting
  const sink = await makeSink()
  return withActor(attune.databases.attune, acting, purpose, async (trx) => {
    const opener = makeCopyOpener(attune, serviceId)
    let rows = 0
    let withheld = 0
    // Not async: while the file takes a slice, nothing here holds its rows, which would only grow old in memory.
    const writeSlice = (page: CopyPage, from: number): Promise<void> => {
      const taken: CopiedRow[] = []
      for (let at = from; at < Math.min(from + sliceRows, page.length); at++) {
        const sealed = page.row(at)
        if (!sealed.serviceCopy) withheld++
        else {
          const row = opener.open(sealed)
          if (row !== undefined && (isWanted?.(row) ?? true)) taken.push(row)
        }
      }
      rows += taken.length
      opener.noteTaken(taken)
      return sink.write(taken)
    }
    let sinceFreed = 0
    for await (const page of opener.prepare(copyRecordRows(trx, filter, { scores, newestFirst }))) {
      for (let from = 0; from < page.length; from += sliceRows) {
        await writeSlice(page, from)
        await turnOfOthers()
        if ((sinceFreed += sliceRows) < rowsBeforeFreeing) continue
        freeYoungMemory()
        sinceFreed = 0
      }
    }
    const sha256 = await sink.end()
    await addExport(trx, { serviceId, accountId, at: attune.clock.now(), sha256, records: rows, withheld, clientIds: opener.taken() })
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
