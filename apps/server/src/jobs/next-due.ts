// When a job is due next. Days are London's, because the programme's days are.
import type { Timing } from './job.ts'

const day = 24 * 60 * 60_000
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The first moment after `now` at which the timing asks for a run. */
export function toNextDue(timing: Timing, now: Date): Date {
  if ('everySeconds' in timing) return new Date(now.getTime() + timing.everySeconds * 1_000)
  const [hour = 0, minute = 0] = timing.dailyAt.split(':').map(Number)
  for (let days = 0; ; days++) {
    const { year, month, day: date } = toLondonClock(new Date(now.getTime() + days * day))
    const asIfUtc = Date.UTC(year, month - 1, date, hour, minute)
    // London is at most one hour ahead of UTC. In the hour that the spring skips, the later reading is the one that exists.
    const due = [asIfUtc - 60 * 60_000, asIfUtc].map((time) => new Date(time)).find((at) => isAt(at, hour, minute)) ?? new Date(asIfUtc)
    if (due > now) return due
  }
}

function isAt(at: Date, hour: number, minute: number): boolean {
  const london = toLondonClock(at)
  return london.hour === hour && london.minute === minute
}

function toLondonClock(at: Date): { year: number; month: number; day: number; hour: number; minute: number } {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return { year: parts['year']!, month: parts['month']!, day: parts['day']!, hour: parts['hour']!, minute: parts['minute']! }
}
