// The whole report as one tidy table: section, what, age or choice, value, and why a value is hidden. Aggregates only, exactly those on screen.
import type { CountCell, MeasureChange, NumberCell, Report, ShareCell } from '@attune/contract'
import { toCsv, type CsvCell } from './to-csv.ts'

const heading = ['section', 'item', 'figure', 'value', 'hidden because', 'note']

function line(section: string, item: string, figure: string, cell: CountCell | NumberCell, note = ''): CsvCell[] {
  return cell.hidden ? [section, item, figure, '', cell.because, note] : [section, item, figure, cell.value, '', note]
}

function shareLines(section: string, item: string, figure: string, cell: ShareCell, note = ''): CsvCell[][] {
  if (cell.hidden)
    return [
      [section, item, cell.atLeast === undefined ? `${figure}, per cent` : `${figure}, per cent at least`, cell.atLeast ?? '', cell.because, note],
    ]
  return [
    [section, item, `${figure}, per cent`, cell.value, '', note],
    [section, item, `${figure}, 95% interval low`, cell.low, '', note],
    [section, item, `${figure}, 95% interval high`, cell.high, '', note],
  ]
}

function changeLines(change: MeasureChange): CsvCell[][] {
  const item = change.label
  const better = `${change.direction} is better`
  const real = change.threshold === null ? 'no published threshold' : `real change from ${change.threshold.value} points: ${change.threshold.source}`
  return [
    line('change', item, 'clients with a first score', change.nBefore),
    line('change', item, 'clients with both scores', change.nPaired),
    line('change', item, 'mean before', change.meanBefore, `range ${change.range[0]} to ${change.range[1]}, ${better}`),
    line('change', item, 'mean after', change.meanAfter),
    line('change', item, 'mean change', change.meanChange, better),
    line('change', item, '95% interval low', change.low),
    line('change', item, '95% interval high', change.high),
    ...shareLines('change', item, 'followed up', change.followedUp),
    line('change', item, 'mean change if nobody else had changed', change.ifLostUnchanged),
    line('change', item, 'effect size', change.effect, change.effectName),
    line('change', item, 'improved', change.improved, real),
    line('change', item, 'no reliable change', change.unchanged, real),
    line('change', item, 'worse', change.worse, real),
    ...shareLines('change', item, 'improved', change.improvedShare, real),
  ]
}

/** The CSV text of a report. */
export function reportCsv(report: Report): string {
  return toCsv([
    heading,
    ['about', report.title, 'operated by', report.operator, '', ''],
    ['about', report.title, 'period', `${report.period.from} to ${report.period.until}`, '', report.period.closed ? 'closed' : 'not closed yet'],
    ['about', report.title, 'age group', report.ageGroup ?? 'all', '', ''],
    ['about', report.title, 'how they met', report.mode ?? 'all', '', ''],
    ['about', report.title, 'with other support', report.withSupport ?? 'all', '', ''],
    ['about', report.title, 'released on', report.released.on, '', report.released.notice],
    ['about', report.title, 'SHA-256 of the figures', report.released.hash, '', ''],
    line('people', 'all', 'clients', report.clients),
    line('people', 'all', 'sessions', report.sessions),
    line('people', 'all', 'clients with two sessions or more', report.complete),
    line('people', 'all', 'clients with one session', report.incomplete),
    ...shareLines('people', 'all', 'clients with two sessions or more', report.completion),
    ['people', 'all', 'practitioners', report.practitioners.active, '', ''],
    ['people', 'all', 'practitioners who passed the training', report.practitioners.trained, '', ''],
    ...report.ageGroups.map((group) => line('age group', group.ageGroup, 'clients', group.count)),
    ...report.support.map((support) => line('other support', support.label, 'clients', support.count)),
    ...report.helped.map((choice) => line('what helped', choice.label, 'clients', choice.count)),
    ...report.measures.flatMap(changeLines),
    ...report.caveats.map((caveat): CsvCell[] => ['read this', caveat, '', '', '', '']),
  ])
}
