// Days and times as the person's own clock shows them.

const two = (number: number): string => String(number).padStart(2, '0')

/** YYYY-MM-DD on the wall of this room. */
export function toLocalDay(instant: Date): string {
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}

/** HH:MM on the wall of this room. */
export function toLocalTime(instant: Date): string {
  return `${two(instant.getHours())}:${two(instant.getMinutes())}`
}

/** A day and a time of this room as ODK writes a moment: with the offset that holds on that day, summer time included. */
export function toMoment(day: string, time: string): string {
  const offset = -new Date(`${day}T${time}`).getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const minutes = Math.abs(offset)
  return `${day}T${time}:00.000${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** The day and time of a moment as this room would read it. A moment without an offset is taken as it stands. */
export function fromMoment(moment: string): { readonly day: string; readonly time: string } {
  const instant = new Date(moment)
  return Number.isNaN(instant.getTime()) ? { day: '', time: '' } : { day: toLocalDay(instant), time: toLocalTime(instant) }
}
