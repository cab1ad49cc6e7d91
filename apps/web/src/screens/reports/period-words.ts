// Quarters as people say them: "2026-Q3" is July to September 2026.
import { say, uiLanguage } from '../../messages/index.ts'
import { shortWelshMonths, welshMonths } from '../../messages/welsh-day.ts'

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** The year of a quarter, and its first and last month counted from 0. */
function parseQuarter(period: string): { year: string; first: number; last: number } | undefined {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? []
  return year === undefined ? undefined : { year, first: Number(quarter) * 3 - 3, last: Number(quarter) * 3 - 1 }
}

function sayMonth(month: number, style: 'short' | 'long'): string {
  if (uiLanguage() === 'cy') return (style === 'long' ? welshMonths : shortWelshMonths)[month] ?? ''
  const name = englishMonths[month] ?? ''
  return style === 'long' ? name : name.slice(0, 3)
}

/** One quarter, short enough for a list to choose from; a period of another kind as it is written. */
export function sayPeriod(period: string): string {
  const quarter = parseQuarter(period)
  if (quarter === undefined) return period
  return say('charts.range', { low: sayMonth(quarter.first, 'short'), high: `${sayMonth(quarter.last, 'short')} ${quarter.year}` })
}

/** From the start of one quarter to the end of another. */
export function saySpan(from: string, until: string): string {
  const start = parseQuarter(from)
  const end = parseQuarter(until)
  if (start === undefined || end === undefined) return from === until ? from : say('charts.range', { low: from, high: until })
  const high = `${sayMonth(end.last, 'long')} ${end.year}`
  return say('charts.range', {
    low: start.year === end.year ? sayMonth(start.first, 'long') : `${sayMonth(start.first, 'long')} ${start.year}`,
    high,
  })
}
