// A service's own selections for its report. Row security keeps each service to its own.
import { randomUUID } from 'node:crypto'
import type { ReportPart } from '@attune/policy'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

export type LayoutChoice = {
  readonly title: string
  readonly parts: readonly ReportPart[]
  /** Ids of measures; empty for every one. */
  readonly measures: readonly string[]
  /** Quarters; empty for the whole time. */
  readonly from: string
  readonly until: string
}
export type Layout = LayoutChoice & { readonly layoutId: string; readonly madeAt: Date }

export async function findLayouts(trx: Pick<Trx, 'selectFrom'>, serviceId: string, layoutId?: string): Promise<Layout[]> {
  let query = trx.selectFrom('sums.report_layouts').selectAll().where('service_id', '=', serviceId)
  if (layoutId !== undefined) query = query.where('layout_id', '=', layoutId)
  return (await query.orderBy('title').limit(100).execute()).map((row) => ({
    layoutId: row.layout_id,
    title: row.title,
    parts: row.parts as ReportPart[],
    measures: row.measures,
    from: row.from_period,
    until: row.until_period,
    madeAt: row.made_at,
  }))
}

export async function addLayout(trx: Trx, serviceId: string, layout: LayoutChoice, by: string, at: Date): Promise<string> {
  const layoutId = randomUUID()
  await trx
    .insertInto('sums.report_layouts')
    .values({
      service_id: serviceId,
      layout_id: layoutId,
      title: layout.title,
      parts: [...layout.parts],
      measures: [...layout.measures],
      from_period: layout.from,
      until_period: layout.until,
      made_by: by,
      made_at: at,
    })
    .execute()
  return layoutId
}

export async function removeLayout(trx: Trx, serviceId: string, layoutId: string): Promise<boolean> {
  const removed = await trx.deleteFrom('sums.report_layouts').where('service_id', '=', serviceId).where('layout_id', '=', layoutId).executeTakeFirst()
  return removed.numDeletedRows > 0n
}
