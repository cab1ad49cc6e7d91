// Days in Welsh. Browsers know few locales besides their own (Chromium has no Welsh), and would say the months in English.
/** Months in Welsh, January first. */
export const welshMonths = ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr']
export const shortWelshMonths = ['Ion', 'Chwef', 'Maw', 'Ebr', 'Mai', 'Meh', 'Gorff', 'Awst', 'Medi', 'Hyd', 'Tach', 'Rhag']

export type WelshStyle = { readonly month: 'short' | 'long'; readonly time?: boolean; readonly day?: boolean; readonly timeZone?: string }

/** An instant in Welsh words, such as "27 Tachwedd 2026 am 14:05"; in the device's own time zone unless another is named. */
export function sayInWelsh(at: Date, { month, time = false, day = true, timeZone }: WelshStyle): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  const named = (month === 'long' ? welshMonths : shortWelshMonths)[Number(part('month')) - 1] ?? ''
  const onDay = `${Number(part('day'))} ${named} ${part('year')}`
  const clock = `${part('hour')}:${part('minute')}`
  if (!day) return clock
  return time ? `${onDay}${month === 'long' ? ' am ' : ', '}${clock}` : onDay
}
