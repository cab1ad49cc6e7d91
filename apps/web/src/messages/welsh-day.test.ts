import { describe, expect, it } from 'vitest'
import { sayInWelsh } from './welsh-day.ts'

describe('a day in Welsh', () => {
  it('has the Welsh name of its month, long or short', () => {
    const at = new Date('2026-11-27T14:05:00Z')
    expect(sayInWelsh(at, { month: 'long', timeZone: 'UTC' })).toBe('27 Tachwedd 2026')
    expect(sayInWelsh(at, { month: 'short', timeZone: 'UTC' })).toBe('27 Tach 2026')
  })
  it('with the hour, in the zone that is named', () => {
    const at = new Date('2026-06-01T23:30:00Z')
    expect(sayInWelsh(at, { month: 'long', time: true, timeZone: 'Europe/London' })).toBe('2 Mehefin 2026 am 00:30')
    expect(sayInWelsh(at, { month: 'short', time: true, timeZone: 'UTC' })).toBe('1 Meh 2026, 23:30')
    expect(sayInWelsh(at, { month: 'long', day: false, timeZone: 'UTC' })).toBe('23:30')
  })
})
