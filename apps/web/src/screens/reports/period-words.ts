// Quarters as people say them: "2026-Q3" is July to September 2026.

const quarterMonths = [
  ['January', 'March'],
  ['April', 'June'],
  ['July', 'September'],
  ['October', 'December'],
] as const

function parseQuarter(period: string): { year: string; first: string; last: string } | undefined {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? []
  const months = quarterMonths[Number(quarter) - 1]
  return year === undefined || months === undefined ? undefined : { year, first: months[0], last: months[1] }
}

/** One quarter, short enough for a list to choose from; a period of another kind as it is written. */
export function sayPeriod(period: string): string {
  const quarter = parseQuarter(period)
  return quarter === undefined ? period : `${quarter.first.slice(0, 3)} to ${quarter.last.slice(0, 3)} ${quarter.year}`
}

/** From the start of one quarter to the end of another. */
export function saySpan(from: string, until: string): string {
  const start = parseQuarter(from)
  const end = parseQuarter(until)
  if (start === undefined || end === undefined) return from === until ? from : `${from} to ${until}`
  return start.year === end.year ? `${start.first} to ${end.last} ${end.year}` : `${start.first} ${start.year} to ${end.last} ${end.year}`
}
