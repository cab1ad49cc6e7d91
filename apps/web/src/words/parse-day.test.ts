import { describe, expect, it } from 'vitest'
import { noDay, parseDay, todayOf } from './parse-day.ts'

describe('a day typed into three boxes', () => {
  it.each([
    [{ day: '27', month: '3', year: '2026' }, '2026-03-27'],
    [{ day: '7', month: '03', year: '26' }, '2026-03-07'],
    [{ day: ' 29', month: 'Feb', year: '2024 ' }, '2024-02-29'],
    [{ day: '1', month: 'september', year: '2026' }, '2026-09-01'],
    [{ day: '1', month: 'Tachwedd', year: '2026' }, '2026-11-01'],
  ])('%o is a day', (parts, day) => expect(parseDay(parts)).toEqual({ day }))
  it.each([
    [{ day: '29', month: '2', year: '2026' }],
    [{ day: '31', month: '4', year: '2026' }],
    [{ day: '0', month: '4', year: '2026' }],
    [{ day: '12', month: '13', year: '2026' }],
    [{ day: '12', month: 'xyz', year: '2026' }],
    [{ day: '12', month: '5', year: '' }],
    [{ day: '12', month: '5', year: '202' }],
  ])('%o is no day', (parts) => expect(parseDay(parts)).toEqual({ problem: 'wrong' }))
  it('nothing typed is missing, not wrong', () => expect(parseDay(noDay)).toEqual({ problem: 'missing' }))
  it('today is the day on the wall', () => expect(todayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05'))
})
