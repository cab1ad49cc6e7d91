// A report on its way out: every number passes the programme's disclosure rules here, and one that may not be shown says why.
import type { Report, ReportLayoutView } from '@attune/contract'
import { questionsOf } from '@attune/forms'
import { outlookOfSample, suppressCount, suppressCounts, toScores, type Cell, type DisclosureRules, type SliceFilter } from '@attune/measures'
import { partsOf, smallestCount, type Policy, type ReportPart } from '@attune/policy'
import { getFormOfKind, type MeasureUse, type Programme } from '@attune/programme'
import { presentMeasure, toCount, toShare, type ChangeSource } from './measure-change.ts'

export type ReportSource = {
  readonly scope: 'national' | 'service'
  readonly title: string
  readonly from: string
  readonly until: string
  readonly filter: SliceFilter
  readonly pair: 'before-during' | 'before-after'
  readonly hash: string
  readonly releasedAt: Date
  readonly because: string
  readonly figures: ChangeSource & {
    readonly periods: readonly string[]
    readonly practitioners: { readonly active: number; readonly trained: number }
    readonly episodes: readonly (readonly [age: string, sessions: number, clients: number])[]
    readonly choices: readonly (readonly [question: string, choice: string, clients: number])[]
  }
}

/** The policy's own limits. Where children are concerned the higher count holds. */
export function toDisclosureRules(policy: Policy): DisclosureRules {
  const { values } = policy
  return {
    hideUpTo: smallestCount(policy) - 1,
    roundTo: values.countRoundedTo,
    meansFrom: values.statisticPairsMinimum,
    differBy: values.sliceDifferencePeopleMinimum,
    zeros: 'hide',
    totals: 'from-cells',
    decimals: 1,
  }
}

/** `own`: the service's own measures, which only its own report shows. `toDay`: the calendar day of an instant. */
export function presentReport(programme: Programme, source: ReportSource, toDay: (instant: Date) => string, own: readonly MeasureUse[] = []): Report {
  const { policy } = programme
  const rules = toDisclosureRules(policy)
  const { figures, filter } = source
  const { outline, questions } = getFormOfKind(programme, 'client-record')
  const choicesOf = (name: string) => outline.choices[questionsOf(outline).find((question) => question.name === name)?.list ?? ''] ?? []
  const words = (texts: { readonly [language: string]: string }) => texts[outline.defaultLanguage] ?? ''
  const byCode = (texts: { readonly [language: string]: string }) =>
    Object.fromEntries(Object.entries(texts).flatMap(([language, text]) => [[/\(([a-z-]+)\)$/.exec(language)?.[1] ?? language, text] as const]))
  const clientsOf = (cells: ReportSource['figures']['episodes']) => cells.reduce((sum, [, , clients]) => sum + clients, 0)
  // Clients may name several, so each count stands for itself.
  const named = (question: string, list: string) =>
    choicesOf(list).map(({ name, label }) => ({
      choice: name,
      label: words(label),
      labels: byCode(label),
      count: toCount(suppressCount(figures.choices.find(([of, choice]) => of === question && choice === name)?.[2] ?? 0, rules)),
    }))
  const counted = policy.fields.filter((field) => field.form === getFormOfKind(programme, 'client-record').id && field.purposes.includes('report'))
  // What helped is a list of the form whose field serves the report; the list of measures in use is not about people.
  const scales = new Set(programme.measures.map(({ scale }) => scale.id))
  const helped = questionsOf(outline).filter(
    ({ name, type }) =>
      type === 'select-multiple' &&
      name !== questions.otherSupport &&
      counted.some((field) => field.name === name) &&
      !choicesOf(name).some((choice) => scales.has(choice.name)),
  )

  const least = policy.values.sessionsPerEpisodeMinimum
  const incomplete = clientsOf(figures.episodes.filter(([, sessions]) => sessions < least))
  const completeness = suppressCounts({ complete: clientsOf(figures.episodes.filter(([, sessions]) => sessions >= least)), incomplete }, rules)
  const ages = suppressCounts(
    Object.fromEntries(choicesOf(questions.ageGroup).map(({ name }) => [name, clientsOf(figures.episodes.filter(([age]) => age === name))])),
    rules,
  )
  const sessions = figures.episodes.reduce((sum, [, held, clients]) => sum + held * clients, 0)
  const reportable = policy.values.reportablePairsMinimum
  const measures = [...programme.measures, ...own].flatMap(({ scale }) =>
    toScores(scale).flatMap((score) => presentMeasure(scale, score, figures, source.pair, { rules, reportable }) ?? []),
  )
  const whole = (cell: Cell) =>
    source.because !== '' && figures.episodes.length === 0 ? { hidden: true as const, because: source.because } : toCount(cell)
  return {
    scope: source.scope,
    title: source.title,
    period: { from: source.from, until: source.until, closed: true },
    ageGroup: filter.ageGroup || null,
    mode: filter.mode || null,
    withSupport: filter.support || null,
    timePoints: source.pair,
    released: { on: toDay(source.releasedAt), hash: source.hash, notice: source.because },
    periods: [...figures.periods],
    clients: whole(completeness.total),
    sessions: whole(completeness.total.shown ? suppressCount(sessions, rules) : completeness.total),
    complete: whole(completeness.cells['complete']!),
    incomplete: whole(completeness.cells['incomplete']!),
    completion: toShare(completeness.cells['complete']!, completeness.total, incomplete, rules),
    support: named('support', questions.otherSupport),
    practitioners: figures.practitioners,
    helped: helped.flatMap(({ name }) => named(name, name)),
    ageGroups: Object.entries(ages.cells).map(([ageGroup, cell]) => ({ ageGroup, count: whole(cell) })),
    modes: named('mode', questions.sessionMode),
    measures,
    madeFor: null,
    sample: toSample(policy, source, completeness.cells['complete']!),
    operator: policy.operator.name,
    caveats: toCaveats(least, source.pair),
  }
}

/** The outlook of the national sample, worked out from what is shown: hidden counts give none. */
function toSample({ values }: Policy, { scope, filter, figures }: ReportSource, complete: Cell): Report['sample'] {
  const isWhole = filter.from === '' && filter.ageGroup === '' && filter.mode === '' && filter.support === ''
  const from = figures.periods[0]
  const shown = toCount(complete)
  if (scope !== 'national' || !isWhole || shown.hidden || from === undefined) return null
  const { sampleClientsCount: target, sampleYearsMinimum: yearsLeast } = values
  const outlook = outlookOfSample({ count: shown.value, target, from, until: filter.until, yearsLeast })
  const so = `${shown.value} of ${target} clients with complete work`
  const says = outlook.reached
    ? `The sample is large enough: ${so}.`
    : `Not yet: ${so}. ${outlook.expectedIn === null ? 'At this pace there is no day to name.' : `At this pace it is expected in ${outlook.expectedIn}; it takes at least ${yearsLeast} years.`}`
  return { count: shown.value, target, ...outlook, says }
}

type Choice = {
  readonly id: string
  readonly label: string
  readonly use: string
  readonly sections: readonly { readonly id: string; readonly label: string; readonly use: string; readonly parts: readonly ReportPart[] }[]
  readonly measures: readonly string[]
}

/** A report with the parts that it was made for and no others. Who took part always stands: a change without its number of people misleads. */
export function narrowReport({ measures }: Programme, report: Report, choice: Choice): Report {
  const parts = new Set(partsOf(choice))
  const goals = new Set(measures.filter(({ domain }) => domain === 'goals').map(({ scale }) => scale.id))
  const isChosen = (id: string) => parts.has(goals.has(id) ? 'goals' : 'measures') && (choice.measures.length === 0 || choice.measures.includes(id))
  return {
    ...report,
    ageGroups: parts.has('ages') ? report.ageGroups : [],
    modes: parts.has('modes') ? report.modes : [],
    support: parts.has('support') ? report.support : [],
    helped: parts.has('themes') ? report.helped : [],
    measures: report.measures.filter(({ measure }) => isChosen(measure)),
    sample: null,
    madeFor: {
      id: choice.id,
      label: choice.label,
      use: choice.use,
      sections: choice.sections.map(({ id, label, use, parts: shown }) => ({ id, label, use, parts: [...shown], hash: report.released.hash })),
    },
  }
}

type LayoutFacts = Omit<ReportLayoutView, 'madeAt' | 'parts' | 'measures'> & {
  readonly parts: readonly string[]
  readonly measures: readonly string[]
  readonly madeAt: Date
}
export const presentLayout = ({ layoutId, title, parts, measures, from, until, madeAt }: LayoutFacts): ReportLayoutView => ({
  layoutId,
  title,
  parts: [...parts],
  measures: [...measures],
  from,
  until,
  madeAt: madeAt.toISOString(),
})

function toCaveats(leastSessions: number, pair: ReportSource['pair']): string[] {
  return [
    'There is no comparison group. What happened to families who had no VIG is not known, so these figures cannot say that VIG caused the change.',
    'People often start when things are at their worst, and things then get better on their own (regression to the mean).',
    'Some scores drift with time: parents of babies grow more confident in any case. Other help that a family had can also have made the change.',
    `Only families with a score before and ${pair === 'before-after' ? 'one after' : 'one during the work'} are in the change figures. Those who stopped early may have fared differently; “if nobody else changed” shows the careful end.`,
    `Families with fewer than ${leastSessions} sessions are counted as incomplete.`,
    'Counts are rounded and small ones are hidden, so that no family can be recognised. Numbers may not add up exactly.',
  ]
}
