// What a report is made for: a template of the policy, or a selection that the service has saved. It narrows what is shown and is named in the log;
// it never adds a figure to what was released.
import { tell } from '@attune/contract'
import type { BodyOf } from '@attune/contract'
import { isReportPart, type ReportPart, type ReportSection } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { addLayout, findLayouts, removeLayout, type Layout } from '../../store/sums/report-layouts.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { findOwnMeasures } from '../form/form-shelf.ts'
import { isQuarter } from './quarter.ts'

export type ReportChoice = {
  readonly id: string
  readonly label: string
  readonly use: string
  readonly sections: readonly ReportSection[]
  /** Ids of measures; empty for every one. */
  readonly measures: readonly string[]
  readonly from?: string
  readonly until?: string
}

/** The template or the saved selection that a report was asked for by; undefined for a whole one. One that is not there is refused. */
export async function findChoice(
  attune: Attune,
  acting: Acting,
  scope: 'national' | 'service',
  { template, layout }: { readonly template?: string; readonly layout?: string },
): Promise<ReportChoice | undefined> {
  if (template !== undefined && layout !== undefined) raise('request-invalid', { fields: [{ place: '/layout', why: 'does not go with a template' }] })
  if (template !== undefined) {
    const found = attune.programme.policy.reports.find((one) => one.id === template && one.scope === scope)
    if (found === undefined) raise('request-invalid', { fields: [{ place: '/template', why: 'is not one that the policy lists' }] })
    return { ...found, measures: [] }
  }
  if (layout === undefined) return undefined
  if (scope === 'national') raise('request-invalid', { fields: [{ place: '/layout', why: 'is of a service' }] })
  const [saved] = await withReader(attune.databases.attune, acting, '', (trx) => findLayouts(trx as never, acting.serviceId, layout))
  return saved === undefined ? raise('not-found') : toChoice(saved)
}

function toChoice({ layoutId, title, parts, measures, from, until }: Layout): ReportChoice {
  return {
    id: layoutId,
    label: title,
    use: '',
    sections: [{ id: 'own', label: title, use: '', parts }],
    measures,
    ...(from !== '' && { from }),
    ...(until !== '' && { until }),
  }
}

export async function listLayouts({ databases }: Attune, acting: Acting): Promise<Layout[]> {
  requireService(acting)
  return withReader(databases.attune, acting, '', (trx) => findLayouts(trx as never, acting.serviceId))
}

/** Saves a selection for the actor's service. A measure or a period that is none is refused; the same title twice is `already-exists`. */
export async function saveLayout(attune: Attune, acting: Acting, order: BodyOf<'POST /api/report-layouts'>): Promise<Layout> {
  requireService(acting)
  const { databases, programme, clock } = attune
  const known = new Set([...programme.measures, ...(await findOwnMeasures(attune, acting.serviceId))].map(({ scale }) => scale.id))
  const { from = '', until = '', measures = [] } = order
  const fields = [
    ...order.parts.flatMap((part, at) => (isReportPart(part) ? [] : [{ place: `/parts/${at}`, why: 'is not a part of a report' }])),
    ...measures.flatMap((id, at) => (known.has(id) ? [] : [{ place: `/measures/${at}`, why: 'is not a measure of this service' }])),
    ...[['/from', from] as const, ['/until', until] as const].flatMap(([place, quarter]) =>
      quarter === '' || isQuarter(quarter) ? [] : [{ place, why: 'is a quarter like 2026-Q3' }],
    ),
    ...(from !== '' && until !== '' && from > until ? [{ place: '/from', why: 'is after the end' }] : []),
  ]
  if (fields.length > 0) raise('request-invalid', { fields })
  const { serviceId, accountId, role } = acting
  const choice = { title: order.title.trim(), parts: order.parts as ReportPart[], measures, from, until }
  return withActor(databases.attune, acting, '', async (trx) => {
    const layoutId = await addLayout(trx, serviceId, choice, accountId, clock.now())
    await logEvent(trx, { serviceId, accountId, role, action: 'report.save-layout', outcome: 'done', detail: { layout: layoutId } })
    return { ...choice, layoutId, madeAt: clock.now() }
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) raise('already-exists')
    throw error
  })
}

export async function forgetLayout({ databases }: Attune, acting: Acting, layoutId: string): Promise<void> {
  requireService(acting)
  const { serviceId, accountId, role } = acting
  const gone = await withActor(databases.attune, acting, '', async (trx) => {
    const removed = await removeLayout(trx, serviceId, layoutId)
    if (removed) await logEvent(trx, { serviceId, accountId, role, action: 'report.remove-layout', outcome: 'done', detail: { layout: layoutId } })
    return removed
  })
  if (!gone) raise('not-found')
}

function requireService({ serviceId }: Acting): void {
  if (serviceId === 'operator') raise('not-allowed', tell('report.selections'))
}
