// One page of the service's records for a program that reads. It is a copy that the service keeps, so the rules are those of a download: only
// records whose client agreed to copies, the copy is noted with whom it holds, and the event stands in the transaction that read the rows.
import { createHash } from 'node:crypto'
import { isDay } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { addExport } from '../../store/records/exports.ts'
import { countRecordRows, findRecordRows, type RecordFilter } from '../../store/records/record-rows.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import type { DeviceActing } from '../device/find-device-acting.ts'
import { openRows, type OpenRow } from './open-rows.ts'

/** So many are read and opened at a time. */
const pageRows = 500
/** A page is never larger. Kobo's clients ask for 1,000 and count on them: robotoolbox works out where each page begins before it asks. */
const mostRows = { odata: 500, kobo: 1_000 } as const

export type FeedQuery = {
  readonly from?: string
  readonly until?: string
  readonly timePoint?: string
  /** Received then or later, and before then. */
  readonly receivedFrom?: Date
  readonly receivedBefore?: Date
  readonly top?: number
  readonly skip?: number
  readonly count?: boolean
  readonly format: 'odata' | 'kobo'
  /** The largest page that the program wants. */
  readonly pageSize?: number
  /** The end of the page before. */
  readonly after?: string
}
/** `next` is where the following page begins and how many rows are still wanted. */
export type FeedPage = {
  readonly rows: readonly OpenRow[]
  readonly count: number | undefined
  readonly next: { readonly after: string; readonly top: number | undefined } | undefined
}

/** Reads a page and returns what `toBody` makes of it. */
export async function readFeed(
  attune: Attune,
  acting: DeviceActing,
  purpose: string,
  query: FeedQuery,
  toBody: (page: FeedPage) => string,
): Promise<string> {
  const { role, serviceId, accountId, deviceId } = acting
  const { from, until, receivedFrom, receivedBefore, format } = query
  const period: RecordFilter = {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(receivedFrom !== undefined && { receivedFrom }),
    ...(receivedBefore !== undefined && { receivedBefore }),
  }
  const after = query.after === undefined ? undefined : parsePlace(query.after)
  return withActor(attune.databases.attune, acting, purpose, async (trx) => {
    const filter: RecordFilter = { ...period, serviceCopy: true }
    const held = await countRecordRows(trx, filter)
    const withheld = (await countRecordRows(trx, period)) - held
    const gathered = await gather(attune, trx, filter, query, after)
    const page = { ...gathered, count: query.count === true ? (gathered.count ?? held) : undefined }
    const body = toBody(page)
    const sha256 = createHash('sha256').update(body).digest('hex')
    const { rows } = page
    const clientIds = [...new Set(rows.map((row) => row.clientId))]
    if (rows.length > 0) await addExport(trx, { serviceId, accountId, at: attune.clock.now(), sha256, records: rows.length, withheld, clientIds })
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.download',
      purpose,
      outcome: 'done',
      detail: { rows: rows.length, withheld, format, sha256, deviceId, policyVersion: attune.programme.policyVersion.text },
    })
    return body
  })
}

type Place = NonNullable<RecordFilter['after']>

/** The rows of one page. The time point lies sealed in the answers, so a page by time point opens what it passes over. */
async function gather(
  attune: Attune,
  trx: Transaction<AttuneTables>,
  filter: RecordFilter,
  { timePoint, top, skip = 0, count = false, format, pageSize }: FeedQuery,
  from: Place | undefined,
): Promise<FeedPage> {
  const most = mostRows[format]
  const wanted = Math.min(top ?? most, pageSize ?? most, most)
  const rows: OpenRow[] = []
  // Without a time point the database counts.
  const counting = count && timePoint !== undefined
  let counted = 0
  let passed = 0
  let more = false
  let after = from
  for (;;) {
    const found = await findRecordRows(trx, { ...filter, ...(after && { after }) }, pageRows)
    const opened = await openRows(attune, found)
    for (const row of opened) {
      if (timePoint !== undefined && timePointOf(row) !== timePoint) continue
      counted++
      if (passed < skip) passed++
      else if (rows.length < wanted) rows.push(row)
      else more = true
    }
    if (found.length < pageRows || (more && !counting)) break
    after = found.at(-1)!
  }
  const last = rows.at(-1)
  const left = top === undefined ? undefined : top - rows.length
  return {
    rows,
    count: counting ? counted : undefined,
    next: more && last !== undefined && left !== 0 ? { after: toPlace(last), top: left } : undefined,
  }
}

const timePointOf = ({ form, answers }: OpenRow) => (form?.kind === 'client-record' ? answers[form.questions.timePoint] : undefined)

const toPlace = ({ sessionOn, recordId }: Place) => `${sessionOn}.${recordId}`

function parsePlace(place: string): Place {
  const parts = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(place)
  if (parts === null || !isDay(parts[1])) return raise('request-invalid', { fields: [{ place: '/$skiptoken', why: 'is not the end of a page' }] })
  return { sessionOn: parts[1]!, recordId: parts[2]! }
}
