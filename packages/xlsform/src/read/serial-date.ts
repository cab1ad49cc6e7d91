const daySeconds = 86_400

/** Excel counts days from 1900 (and believes that year was a leap year) or from 1904. A day comes as "2026-03-01 00:00:00", as pyxform has it. */
export function toDateText(serial: number, startsIn1904: boolean): string {
  // Rounded before it is split: what is less than half a second before midnight belongs to the next day.
  const seconds = Math.round(serial * daySeconds)
  const time = new Date((((seconds % daySeconds) + daySeconds) % daySeconds) * 1000).toISOString().slice(11, 19)
  if (serial >= 0 && seconds < daySeconds) return time
  const days = Math.floor(seconds / daySeconds) + (startsIn1904 ? 1_462 : serial < 60 ? 1 : 0) - 25_569
  const day = new Date(days * daySeconds * 1000)
  if (Number.isNaN(day.getTime())) return String(serial)
  return `${day.toISOString().slice(0, 10)} ${time}`
}
