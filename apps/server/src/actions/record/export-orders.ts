// Exports in the manner of Kobo, for programs that read. An order is remembered, a file never: it is made when it is fetched, under the rules of every
// other copy, and noted with whom it holds.
import { randomBytes } from 'node:crypto'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { clearExportOrders, findExportOrders, putExportOrder, removeExportOrder, type ExportOrder } from '../../store/records/export-orders.ts'
import type { RecordFilter } from '../../store/records/record-rows.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { DeviceActing } from '../device/find-device-acting.ts'
import { takeCopy, type TableSink } from './download-records.ts'
import type { CopiedRow } from './open-copy.ts'

export type { ExportOrder }
export type OrderKind = 'export' | 'settings'

const keepMs = 24 * 60 * 60_000
const mostExports = 100
const mostSettings = 50
const kindOf = ({ name }: ExportOrder): OrderKind => (name === undefined ? 'export' : 'settings')

/** The service's exports of the last day, or its settings, the newest first. */
export async function listExportOrders({ databases, clock }: Attune, acting: DeviceActing, purpose: string, kind: OrderKind): Promise<ExportOrder[]> {
  const orders = await withReader(databases.attune, acting, purpose, (trx) => findExportOrders(trx as never, acting.serviceId))
  const since = clock.now().getTime() - keepMs
  return orders.filter((order) => kindOf(order) === kind && (kind === 'settings' || order.madeAt.getTime() >= since))
}

/** Raises `not-found`. */
export async function getExportOrder(attune: Attune, acting: DeviceActing, purpose: string, kind: OrderKind, orderId: string): Promise<ExportOrder> {
  const orders = await listExportOrders(attune, acting, purpose, kind)
  return orders.find((order) => order.orderId === orderId) ?? raise('not-found')
}

/** Remembers an order; with `orderId` in the place of the one that has it. Raises `request-invalid` when a service keeps too many settings. */
export async function keepExportOrder(
  attune: Attune,
  acting: DeviceActing,
  purpose: string,
  { orderId, name, options }: { readonly orderId?: string; readonly name: string | undefined; readonly options: object },
): Promise<ExportOrder> {
  const madeAt = attune.clock.now()
  const order = { orderId: orderId ?? `${name === undefined ? 'e' : 'es'}${randomBytes(11).toString('hex')}`, name, options, madeAt }
  if (name !== undefined && orderId === undefined && (await listExportOrders(attune, acting, purpose, 'settings')).length >= mostSettings)
    raise('request-invalid', { fields: [{ place: '/name', why: `is one too many: a service keeps ${mostSettings} settings. Delete one first` }] })
  await withActor(attune.databases.attune, acting, purpose, async (trx) => {
    await putExportOrder(trx, acting.serviceId, order)
    await clearExportOrders(trx, acting.serviceId, new Date(madeAt.getTime() - keepMs), mostExports)
  })
  return order
}

/** Raises `not-found`. */
export async function dropExportOrder(attune: Attune, acting: DeviceActing, purpose: string, kind: OrderKind, orderId: string): Promise<void> {
  await getExportOrder(attune, acting, purpose, kind, orderId)
  await withActor(attune.databases.attune, acting, purpose, (trx) => removeExportOrder(trx, acting.serviceId, orderId))
}

export type ExportWish = {
  readonly filter: Omit<RecordFilter, 'serviceId'>
  readonly timePoint?: string
  readonly keeps: (row: CopiedRow) => boolean
  readonly format: 'kobo-csv' | 'kobo-xls'
}

/** Writes the records of an order into the sink, as a copy that the service keeps. */
export async function readExport(
  attune: Attune,
  acting: DeviceActing,
  purpose: string,
  { filter, timePoint, keeps, format }: ExportWish,
  makeSink: () => Promise<TableSink>,
): Promise<void> {
  const isWanted = (row: CopiedRow) =>
    keeps(row) && (timePoint === undefined || (row.form?.kind === 'client-record' && row.answers[row.form.questions.timePoint] === timePoint))
  await takeCopy(
    attune,
    acting,
    purpose,
    { filter, isWanted, scores: false, newestFirst: true, detail: { format, deviceId: acting.deviceId } },
    makeSink,
  )
}
