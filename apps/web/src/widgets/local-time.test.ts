import { describe, expect, it } from 'vitest'
import { fromMoment, toLocalDay, toLocalTime, toMoment } from './local-time.ts'

describe('times of this room', () => {
  it('a moment goes out with the offset of its day and comes back as it was typed', () => {
    const moment = toMoment('2025-07-01', '09:30')
    expect(moment).toMatch(/^2025-07-01T09:30:00\.000[+-]\d\d:\d\d$/)
    expect(fromMoment(moment)).toEqual({ day: '2025-07-01', time: '09:30' })
    expect(fromMoment(toMoment('2025-01-01', '23:59'))).toEqual({ day: '2025-01-01', time: '23:59' })
  })

  it('what is no moment reads as blank', () => expect(fromMoment('soon')).toEqual({ day: '', time: '' }))

  it('an instant is shown by the clock on the wall', () => {
    const instant = new Date(2025, 2, 7, 4, 5)
    expect([toLocalDay(instant), toLocalTime(instant)]).toEqual(['2025-03-07', '04:05'])
  })
})
