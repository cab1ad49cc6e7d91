// A report shows one release (release.ts) and nothing else: one row, whatever the number of records.
import { tell } from '@attune/contract'
import type { QueryOf } from '@attune/contract'
import { questionsOf, type Choice, type FormOutline } from '@attune/forms'
import type { SliceFilter } from '@attune/measures'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { findService } from '../../store/services.ts'
import { findRelease, listReleases, type Release, type ReleasedFigures } from '../../store/sums/releases.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { isQuarter, previousQuarter } from './quarter.ts'
import { makeRelease, toEdition } from './release.ts'
import { findChoice, type ReportChoice } from './report-choice.ts'

export type Pair = 'before-during' | 'before-after'

export type ReportFacts = {
  readonly scope: 'national' | 'service'
  readonly title: string
  readonly from: string
  readonly until: string
  readonly filter: SliceFilter
  readonly pair: Pair
  readonly figures: ReleasedFigures
  readonly hash: string
  readonly releasedAt: Date
  /** Why nothing, or something older, is shown. */
  readonly because: string
  /** What it was made for; undefined for a whole report. */
  readonly choice: ReportChoice | undefined
}

/** `service`: the actor's own. A cut that could be taken from another one to point at a few families is refused. */
export async function makeReport(
  attune: Attune,
  acting: Acting,
  scope: ReportFacts['scope'],
  query: QueryOf<'GET /api/reports/national'>,
): Promise<ReportFacts> {
  const { databases, programme } = attune
  const { role, serviceId, accountId } = acting
  if (scope === 'service' && serviceId === 'operator') raise('not-allowed', tell('report.not-yours'))
  const pair = toPair(query.timePoints)
  const choice = await findChoice(attune, acting, scope, query)
  const edition = toEdition(attune)
  const filter = toFilter(attune, edition, { ...(choice?.from && { from: choice.from }), ...(choice?.until && { until: choice.until }), ...query })
  const place = { serviceId: scope === 'service' ? serviceId : 'operator', programmeId: programme.id }
  const read = () =>
    withActor(databases.attune, acting, '', async (trx) => {
      const asked = await findRelease(trx as never, place, edition, filter)
      if (asked === undefined) return undefined
      const isWhole = filter.from === '' && filter.ageGroup === '' && filter.mode === '' && filter.support === ''
      if (asked.outcome === 'refused' && !isWhole) raise('slice-refused', { detail: asked.because })
      // What came since the last release is too little to be shown: what was released then still stands.
      const release = asked.outcome === 'refused' ? ((await listReleases(trx as never, place)).findLast(isOfAll) ?? asked) : asked
      const { figures, hash, releasedAt } = release
      await logEvent(trx, {
        serviceId,
        accountId,
        role,
        action: `report.${scope}`,
        purpose: 'report',
        outcome: 'done',
        detail: { ...filter, pair, release: release.id, ...(choice && { madeFor: choice.id }) },
      })
      return {
        scope,
        title: scope === 'national' ? programme.title : ((await findService(trx, serviceId))?.name ?? serviceId),
        from: release.filter.from === '' ? (figures.periods[0] ?? release.filter.until) : release.filter.from,
        until: release.filter.until,
        filter: release.filter,
        pair,
        figures,
        hash,
        releasedAt,
        because: asked.because,
        choice,
      }
    })
  const found = await read()
  if (found !== undefined) return found
  await makeRelease(attune, place, edition, filter)
  return (await read())!
}

function isOfAll({ filter }: Release): boolean {
  return filter.from === '' && filter.ageGroup === '' && filter.mode === '' && filter.support === ''
}

function toFilter(attune: Attune, edition: string, query: QueryOf<'GET /api/reports/national'>): SliceFilter {
  const until = checkQuarter(query.until ?? previousQuarter(edition), edition, '/until')
  const from = query.from === undefined || query.from === '' ? '' : checkQuarter(query.from, edition, '/from')
  if (from > until) raise('request-invalid', { fields: [{ place: '/from', why: 'is after the end' }] })
  const { questions, outline } = getFormOfKind(attune.programme, 'client-record')
  const oneOf = (asked: string | undefined, known: readonly string[], placeOf: string) =>
    asked === undefined || asked === '' || known.includes(asked)
      ? (asked ?? '')
      : raise('request-invalid', { fields: [{ place: placeOf, why: 'is not one of the choices of the form' }] })
  const names = (question: string) => choicesOf(outline, question).map((choice) => choice.name)
  return {
    from,
    until,
    ageGroup: oneOf(query.ageGroup, names(questions.ageGroup), '/ageGroup'),
    mode: oneOf(query.mode, [...names(questions.sessionMode), 'mixed'], '/mode'),
    support: oneOf(query.support, names(questions.otherSupport), '/support'),
  }
}

export function choicesOf(outline: FormOutline, name: string): readonly Choice[] {
  const question = questionsOf(outline).find((each) => each.name === name)
  return question?.list === undefined ? [] : (outline.choices[question.list] ?? [])
}

function toPair(timePoints: string | undefined): Pair {
  if (timePoints === undefined || timePoints === 'before-after') return 'before-after'
  return timePoints === 'before-during'
    ? timePoints
    : raise('request-invalid', { fields: [{ place: '/timePoints', why: 'is before-after or before-during' }] })
}

function checkQuarter(quarter: string, edition: string, place: string): string {
  if (!isQuarter(quarter)) raise('request-invalid', { fields: [{ place, why: 'is a quarter like 2026-Q3' }] })
  if (quarter >= edition)
    raise('slice-refused', {
      ...tell('report.not-released'),
    })
  return quarter
}
