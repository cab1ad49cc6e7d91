// What a report is about, in words: its period and what it was cut by.
import type { Report, ReportQuery } from '@attune/contract'
import { say } from '../../messages/index.ts'
import { sayCode } from '../../words/say-code.ts'
import { saySpan } from './period-words.ts'

/** "April to June 2026, 5 to 11 years, online, with support at school". */
export function sayCut(report: Report): string {
  const { period, ageGroup, mode, withSupport } = report
  const support = report.support.find(({ choice }) => choice === withSupport)?.label
  return [
    saySpan(period.from, period.until),
    ...(ageGroup === null ? [] : [sayCode(ageGroup)]),
    ...(mode === null ? [] : [report.modes.find(({ choice }) => choice === mode)?.label ?? say('reports.modeMixed')]),
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
