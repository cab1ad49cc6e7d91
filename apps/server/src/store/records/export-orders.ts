// Orders of exports by programs. Row security shows a service's own; a service keeps few, and those for one export a day.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Reading, Transaction } from '../with-actor.ts'

/** `name` is undefined for one export, otherwise that of settings that stay. `options` is what the order says about the file. */
export type ExportOrder<Options = object> = {
  readonly orderId: string
  readonly name: string | undefined
  readonly options: Options
  readonly madeAt: Date
}

type Row = { order_id: string; title: string | null; options: object; made_at: Date }
const toOrder = ({ order_id, title, options, made_at }: Row): ExportOrder => ({
  orderId: order_id,
  name: title ?? undefined,
  options,
  madeAt: made_at,
})

/** The service's orders, the newest first. */
export async function findExportOrders(trx: Reading<AttuneTables>, serviceId: string): Promise<ExportOrder[]> {
  const rows = await trx.selectFrom('answers.export_orders').selectAll().where('service_id', '=', serviceId).orderBy('made_at', 'desc').execute()
  return rows.map(toOrder)
}

/** Adds an order, or puts its new content in its place. */
export async function putExportOrder(
  trx: Transaction<AttuneTables>,
  serviceId: string,
  { orderId, name = null, options, madeAt }: Omit<ExportOrder, 'name'> & { readonly name?: string | null | undefined },
): Promise<void> {
  const content = { title: name, options: JSON.stringify(options), made_at: madeAt }
  await trx
    .insertInto('answers.export_orders')
    .values({ service_id: serviceId, order_id: orderId, ...content })
    .onConflict((conflict) => conflict.columns(['service_id', 'order_id']).doUpdateSet(content))
    .execute()
}

/** False when there is no such order. */
export async function removeExportOrder(trx: Transaction<AttuneTables>, serviceId: string, orderId: string): Promise<boolean> {
  const gone = await trx.deleteFrom('answers.export_orders').where('service_id', '=', serviceId).where('order_id', '=', orderId).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Takes out what was for one export and was ordered before then, and of the rest what is more than `most`, the oldest first. */
export async function clearExportOrders(trx: Transaction<AttuneTables>, serviceId: string, before: Date, most: number): Promise<void> {
  await sql`delete from answers.export_orders where service_id = ${serviceId} and title is null and (made_at < ${before} or order_id in (
    select order_id from answers.export_orders where service_id = ${serviceId} and title is null order by made_at desc offset ${most}))`.execute(trx)
}
