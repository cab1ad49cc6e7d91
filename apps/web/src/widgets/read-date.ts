// Day, month and year as typed in three boxes. Months may be written in words.

export type DateParts = { readonly day: string; readonly month: string; readonly year: string }
export type DateProblem = 'missing-day' | 'missing-month' | 'missing-year' | 'not-real'
/** How much of a date is asked: appearances month-year and year leave the rest at 1, as ODK does. */
export type DateGrain = 'day' | 'month' | 'year'
export type DateReading = { readonly date: string } | { readonly problem: DateProblem; readonly part: keyof DateParts }

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const monthNamesWelsh = ['ionawr', 'chwefror', 'mawrth', 'ebrill', 'mai', 'mehefin', 'gorffennaf', 'awst', 'medi', 'hydref', 'tachwedd', 'rhagfyr']

/** The date (YYYY-MM-DD) that the boxes say; an empty date for empty boxes; else the first box that is not right. */
export function readDate(parts: DateParts, grain: DateGrain): DateReading {
  const day = grain === 'day' ? parts.day.trim() : '1'
  const month = grain === 'year' ? '1' : parts.month.trim()
  const year = parts.year.trim()
  const asked = [...(grain === 'day' ? [day] : []), ...(grain === 'year' ? [] : [month]), year]
  if (asked.every((part) => part === '')) return { date: '' }
  if (day === '') return { problem: 'missing-day', part: 'day' }
  if (month === '') return { problem: 'missing-month', part: 'month' }
  if (!/^\d{4}$/.test(year)) return { problem: 'missing-year', part: 'year' }
  const monthNumber = toMonth(month)
  if (monthNumber === undefined) return { problem: 'not-real', part: 'month' }
  const dayNumber = /^\d{1,2}$/.test(day) ? Number(day) : 0
  const longest = new Date(Date.UTC(Number(year), monthNumber, 0)).getUTCDate()
  if (dayNumber < 1 || dayNumber > longest) return { problem: 'not-real', part: 'day' }
  return { date: `${year}-${String(monthNumber).padStart(2, '0')}-${String(dayNumber).padStart(2, '0')}` }
}

export function toDateParts(date: string): DateParts {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? []
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

function toMonth(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined
  const word = text.toLowerCase()
  if (word.length < 3) return undefined
  for (const names of [monthNames, monthNamesWelsh]) {
    const at = names.findIndex((name) => name.startsWith(word))
    if (at >= 0) return at + 1
  }
  return undefined
}
