import type { MeasureUse } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { findOwnMeasures } from '../actions/form/form-shelf.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { makeReport, type ReportFacts } from '../actions/report/make-report.ts'
import { forgetLayout, listLayouts, saveLayout } from '../actions/report/report-choice.ts'
import { rememberReport } from '../present/remember-report.ts'
import { narrowReport, presentLayout, presentReport } from '../present/report.ts'
import type { Answers } from './answers.ts'

export const reportAnswers = (attune: Attune): Answers => {
  const { programme } = attune
  const present = (facts: ReportFacts, own: readonly MeasureUse[] = []) => {
    const { scope, title, filter, pair, hash, releasedAt, because } = facts
    const name = JSON.stringify([
      scope,
      title,
      filter,
      pair,
      hash,
      releasedAt,
      because,
      own.map((use) => [use.form, use.scale.id, use.scale.version]),
    ])
    const whole = rememberReport(programme, name, () => presentReport(programme, facts, toLondonDay, own))
    return facts.choice === undefined ? whole : narrowReport(programme, whole, facts.choice)
  }
  return {
    'GET /api/reports/service': async ({ actor, query }) =>
      present(await makeReport(attune, actor, 'service', query), await findOwnMeasures(attune, actor.serviceId)),
    'GET /api/reports/national': async ({ actor, query }) => present(await makeReport(attune, actor, 'national', query)),
    'GET /api/report-layouts': async ({ actor }) => ({ layouts: (await listLayouts(attune, actor)).map(presentLayout) }),
    'POST /api/report-layouts': async ({ actor, body }) => presentLayout(await saveLayout(attune, actor, body)),
    'DELETE /api/report-layouts/:layoutId': async ({ actor, params }) => {
      await forgetLayout(attune, actor, params.layoutId)
      return { done: true }
    },
  }
}
