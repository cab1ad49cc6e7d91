import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bankHolidaysOf } from './bank-holidays.ts'
import { addDays, addMonths, addYears, daysBetween, isDay, weekdayOf } from './day.ts'
import { breachDueAt, deletionDueOn, replyDueOn, rightDueOn } from './deadline.ts'
import { withValues } from './values.ts'
import { addWorkingDays, isWorkingDay } from './working-day.ts'

// As published on gov.uk for England and Wales (2022 to 2028); 2029 to 2032 counted by hand from a calendar.
const published: { readonly [year: number]: string } = {
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2029: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2030: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2031: '01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26',
  2032: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
}

describe('the working-day calendar of England and Wales', () => {
  it.each(Object.entries(published))('knows the bank holidays of %s', (year, days) => {
    expect(
      bankHolidaysOf(Number(year))
        .map((holiday) => holiday.on.slice(5))
        .join(' '),
    ).toBe(days)
  })

  it('counts the day itself as day 0, also when it is a Sunday', () => {
    expect(addWorkingDays('2026-06-07', 1)).toBe('2026-06-08')
    expect(addWorkingDays('2026-06-05', 1)).toBe('2026-06-08')
    expect(addWorkingDays('2026-06-05', 0)).toBe('2026-06-05')
  })

  it('has at most five working days in any seven days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (offset) => {
        const days = Array.from({ length: 7 }, (_, at) => addDays('2024-01-01', offset + at))
        expect(days.filter(isWorkingDay).length).toBeLessThanOrEqual(5)
      }),
      { seed: 20_250_601, numRuns: 300 },
    )
  })
})

describe('days', () => {
  it.each([
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2025-13-01', false],
    ['2025-1-1', false],
    ['0001-01-01', false],
    [20250101, false],
  ])('%s is a day: %s', (word, expected) => {
    expect(isDay(word)).toBe(expected)
  })

  it('the anniversary of 29 February in a common year is 28 February', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  })

  it('a month from 31 January ends on the last day of February', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-12-15', 2)).toBe('2027-02-15')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })

  it('weekdays and distances agree with the calendar', () => {
    expect([weekdayOf('2025-12-22'), weekdayOf('2026-11-22'), daysBetween('2026-02-28', '2026-03-01')]).toEqual([1, 0, 1])
  })

  it('a day that does not exist is a mistake of the caller and says so', () => {
    expect(() => addDays('2025-02-30', 1)).toThrow('2025-02-30')
  })
})

describe('the clock of a deletion request', () => {
  it('filed on Monday 22 December 2025, it is due on 14 January 2026', () => {
    expect(deletionDueOn('2025-12-22', 14)).toBe('2026-01-14')
  })

  it('never runs past the month that the law gives, whatever the policy says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 60 }), (offset, workingDays) => {
        const filedOn = addDays('2024-01-01', offset)
        const due = deletionDueOn(filedOn, workingDays)
        expect(due <= (replyDueOn({ receivedOn: filedOn, months: 1 }) as string)).toBe(true)
        expect(isWorkingDay(due)).toBe(true)
      }),
      { seed: 20_250_601, numRuns: 300 },
    )
  })
})

describe('the clock of any other rights request', () => {
  it.each([
    ['2026-06-03', '2026-07-03', 'the corresponding date'],
    ['2026-01-31', '2026-03-02', 'the last day of February is a Saturday, so Monday'],
    ['2025-11-25', '2025-12-29', 'Christmas Day, so the next working day'],
  ])('received on %s, it is due on %s: %s', (receivedOn, due) => {
    expect(replyDueOn({ receivedOn, months: 1 })).toBe(due)
  })

  it('two more months may be added with reasons', () => {
    expect(replyDueOn({ receivedOn: '2026-06-03', months: 1, extensionMonths: 2 })).toBe('2026-09-03')
  })

  it('stands still while the person has not answered our question, and moves on by the days that it stood still', () => {
    expect(replyDueOn({ receivedOn: '2026-06-03', months: 1, pauses: [{ from: '2026-06-10' }] })).toBeUndefined()
    expect(replyDueOn({ receivedOn: '2026-06-03', months: 1, pauses: [{ from: '2026-06-10', until: '2026-06-17' }] })).toBe('2026-07-10')
  })

  it('counts a day once when two pauses overlap', () => {
    const pauses = [
      { from: '2026-06-12', until: '2026-06-17' },
      { from: '2026-06-10', until: '2026-06-15' },
    ]
    expect(replyDueOn({ receivedOn: '2026-06-03', months: 1, pauses })).toBe('2026-07-10')
  })
})

describe('the clock of a right', () => {
  it.each([
    ['reply', {}, '2026-07-03'],
    ['reply', { extended: true }, '2026-09-03'],
    ['reply', { pauses: [{ from: '2026-06-10' }] }, undefined],
    ['deletion', {}, '2026-06-23'],
    ['complaint', {}, '2026-07-03'],
    ['at-once', {}, '2026-06-03'],
  ] as const)('%s %j, received on 3 June 2026, is due on %s', (clock, more, due) => {
    expect(rightDueOn(clock, { receivedOn: '2026-06-03', ...more }, withValues({}))).toBe(due)
  })
})

describe('the clock of a breach', () => {
  it('runs 72 hours through a weekend', () => {
    expect(breachDueAt('2026-05-29T16:30:00Z', 72)).toBe('2026-06-01T16:30:00.000Z')
  })

  it('needs a real instant', () => {
    expect(() => breachDueAt('yesterday', 72)).toThrow('yesterday')
  })
})
