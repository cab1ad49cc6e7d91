const dayMilliseconds = 86_400_000

/** Excel counts days from 1900 (and believes that year was a leap year) or from 1904. A day comes as "2026-03-01 00:00:00", as pyxform has it. */
export function toDateText(serial: number, startsIn1904: boolean): string {
  const seconds = Math.round((serial % 1) * 86_400)
  const time = new Date(seconds * 1000).toISOString().slice(11, 19)
  if (serial >= 0 && serial < 1) return time
  const days = Math.floor(serial) + (startsIn1904 ? 24_107 : serial < 60 ? 1 : 0) - 25_569
  const day = new Date(days * dayMilliseconds)
  if (Number.isNaN(day.getTime())) return String(serial)
  return `${day.toISOString().slice(0, 10)} ${time}`
}
