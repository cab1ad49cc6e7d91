// What a report is about, in words: its period and what it was cut by.
import type { Report, ReportQuery } from '@attune/contract'
import { say } from '../../messages/index.ts'
import { sayCode } from '../../words/say-code.ts'
import { saySpan } from './period-words.ts'
import { sayChoice } from './say-choice.ts'

/** "April to June 2026, age group 5–11, online, with support at school". */
export function sayCut(report: Report): string {
  const { period, ageGroup, mode, withSupport } = report
  const help = report.support.find(({ choice }) => choice === withSupport)
  const support = help === undefined ? undefined : sayChoice(help)
  const met = report.modes.find(({ choice }) => choice === mode)
  return [
    saySpan(period.from, period.until),
    ...(ageGroup === null ? [] : [say('reports.ofAge', { age: sayCode(ageGroup) })]),
    ...(mode === null ? [] : [met === undefined ? say('reports.modeMixed') : sayChoice(met)]),
    ...(support === undefined ? [] : [say('reports.withSupport', { support })]),
  ].join(', ')
}

/** What to ask for to get this report again. */
export function toQuery({ period, ageGroup, mode, withSupport, timePoints }: Report, asked: ReportQuery): ReportQuery {
  return {
    ...(asked.from !== undefined && { from: period.from }),
    ...(asked.until !== undefined && { until: period.until }),
    ...(ageGroup !== null && { ageGroup }),
    ...(mode !== null && { mode }),
    ...(withSupport !== null && { support: withSupport }),
    timePoints,
  }
}
