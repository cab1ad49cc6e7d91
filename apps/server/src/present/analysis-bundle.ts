// What is handed to somebody who prepares an analysis of a release: invented data that looks like it, a dictionary, and the first lines in Python and R.
// All of it is made of what the report shows, so whatever the report hides is hidden here as well, and no record is in it.
import type { MeasureChange, Report } from '@attune/contract'
import { makePairs, toScores, type ReleasedPairs } from '@attune/measures'
import type { MeasureUse } from '@attune/programme'
import { pythonStart, rStart } from './analysis-start.ts'
import { toCsvLine, type TableCell } from './table-text.ts'

export type BundleFile = { readonly name: string; readonly text: string }

const heads = ['client', 'age_group', 'session_mode', 'measure', 'scale', 'score_before', 'score_after'] as const

/** The files. `measures` tell steps of scores; `random` gives numbers from 0 up to 1. */
export function makeAnalysisBundle(report: Report, measures: readonly MeasureUse[], random: () => number): readonly BundleFile[] {
  const csv = (rows: readonly (readonly TableCell[])[]) => rows.map((row) => toCsvLine(row)).join('')
  return [
    { name: 'synthetic.csv', text: csv([heads, ...makeRows(report, measures, random)]) },
    { name: 'release.csv', text: csv(toFigures(report)) },
    { name: 'dictionary.csv', text: csv(toDictionary(report)) },
    { name: 'start.py', text: pythonStart },
    { name: 'start.R', text: rStart },
    { name: 'README.md', text: toReadme(report) },
  ]
}

type Shown = { readonly hidden: boolean; readonly value?: number }
const shown = (cell: Shown): number | undefined => (cell.hidden ? undefined : cell.value)

function toReleased(change: MeasureChange, step: number): ReleasedPairs | undefined {
  const [n, meanBefore, meanAfter, low, high] = [change.nPaired, change.meanBefore, change.meanAfter, change.low, change.high].map(shown)
  if (n === undefined || meanBefore === undefined || meanAfter === undefined || low === undefined || high === undefined) return undefined
  const effect = shown(change.effect)
  return { n, meanBefore, meanAfter, low, high, ...(effect !== undefined && { effect }), range: change.range, step }
}

function* makeRows(report: Report, measures: readonly MeasureUse[], random: () => number): Generator<readonly TableCell[]> {
  let client = 0
  const ages = report.ageGroups.map(({ ageGroup, count }) => [ageGroup, shown(count) ?? 0] as const)
  const modes = report.modes.map(({ choice, count }) => [choice, shown(count) ?? 0] as const)
  for (const change of report.measures) {
    const score = measures.flatMap(({ scale }) => (scale.id === change.measure ? toScores(scale) : [])).find(({ id }) => id === change.scale)
    const released = toReleased(change, score === undefined ? 1 : 1 / score.scoreFactor)
    if (released === undefined) continue
    for (const { before, after } of makePairs(released, random))
      yield [`S${String(++client).padStart(5, '0')}`, pick(ages, random), pick(modes, random), change.measure, change.scale, before, after]
  }
}

/** One of the names, as often as it was counted; blank where nothing may be shown. */
function pick(counts: readonly (readonly [string, number])[], random: () => number): string | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  let left = random() * total
  for (const [name, count] of counts) if ((left -= count) < 0) return name
  return null
}

function toFigures(report: Report): readonly (readonly TableCell[])[] {
  const figures = ['nBefore', 'nPaired', 'meanBefore', 'meanAfter', 'meanChange', 'low', 'high', 'effect', 'improved', 'unchanged', 'worse'] as const
  const names = [
    'n_before',
    'n_paired',
    'mean_before',
    'mean_after',
    'mean_change',
    'change_low',
    'change_high',
    'effect',
    'improved',
    'unchanged',
    'worse',
  ]
  return [
    ['measure', 'scale', ...names, 'hidden_because'],
    ...report.measures.map((change) => {
      const because = figures.flatMap((name) => (change[name].hidden ? [change[name].because] : []))
      return [change.measure, change.scale, ...figures.map((name) => shown(change[name]) ?? null), [...new Set(because)].join(' ') || null]
    }),
  ]
}

function toDictionary(report: Report): readonly (readonly TableCell[])[] {
  const of = (file: string, name: string, means: string, values = ''): readonly TableCell[] => [file, name, means, values || null]
  return [
    ['file', 'name', 'means', 'values'],
    of('synthetic.csv', 'client', 'an invented person; each has one score only, because how scores go together is not in a release'),
    of(
      'synthetic.csv',
      'age_group',
      'drawn as often as it was counted; says nothing about scores',
      report.ageGroups.map(({ ageGroup }) => ageGroup).join('; '),
    ),
    of(
      'synthetic.csv',
      'session_mode',
      'drawn as often as it was counted; says nothing about scores',
      report.modes.map(({ choice, label }) => `${choice} = ${label}`).join('; '),
    ),
    of('synthetic.csv', 'score_before, score_after', `invented scores (${report.timePoints})`),
    of('release.csv', 'n_paired', 'people with both scores, rounded'),
    of('release.csv', 'mean_before, mean_after, mean_change', 'in points, over people with both scores'),
    of('release.csv', 'change_low, change_high', '95 % t interval of the mean change'),
    of('release.csv', 'effect', report.measures[0]?.effectName ?? 'standardised mean change'),
    of('release.csv', 'improved, unchanged, worse', 'by the measure’s published threshold, rounded'),
    of('release.csv', 'hidden_because', 'why a figure of the line is blank'),
    ...report.measures.map((change) =>
      of(
        'both',
        `${change.measure}/${change.scale}`,
        change.label,
        `${change.range[0]} to ${change.range[1]}; ${change.direction} is better; ${change.threshold === null ? 'no published threshold' : `real change from ${change.threshold.value} points: ${change.threshold.source}`}`,
      ),
    ),
  ]
}

function toReadme({ title, period, ageGroup, mode, withSupport, timePoints, released, caveats }: Report): string {
  const cut = [ageGroup, mode, withSupport].filter((part) => part !== null).join(', ')
  return `# ${title}, ${period.from} to ${period.until}${cut === '' ? '' : `, ${cut}`} (${timePoints})

Released on ${released.on}. SHA-256 of the released figures: ${released.hash}.

- \`release.csv\`: the figures of the report, as they were released.
- \`synthetic.csv\`: **invented** people whose scores have the sizes, means and spread of those figures. No record is in it, and nothing that the report
  hides can be found in it. Use it to write and try an analysis; never report a result from it.
- \`dictionary.csv\`: what each name means.
- \`start.py\` (Python 3, nothing to install) and \`start.R\` (R, nothing to install): read both files and compare.

What these figures cannot show:

${caveats.map((caveat) => `- ${caveat}`).join('\n')}
`
}
