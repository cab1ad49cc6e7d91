import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addYears } from './day.ts'
import { foresee, type Foresight } from './foresee.ts'
import { mayPutOff, type RetentionRule } from './retention.ts'
import { withValues } from './values.ts'

const records: RetentionRule = {
  id: 'client-record',
  label: 'Records',
  starts: 'session',
  atLeast: { years: 4 },
  releasedByAggregation: true,
  whileActive: false,
  then: 'dispose',
}
const authors: RetentionRule = {
  id: 'record-author',
  label: 'Names',
  starts: 'session',
  atMost: { years: 4 },
  releasedByAggregation: false,
  whileActive: false,
  then: 'blank',
}
const base: Foresight = { days: [], putOff: [], records, authors, values: withValues({}), from: '2026-01-01', months: 24 }

describe('the time machine', () => {
  it('shows a record of 10 March 2022: names blanked and eligible at four years, service told, gone ninety days later', () => {
    expect(foresee({ ...base, days: [{ sessionOn: '2022-03-10', records: 3, named: 2 }] })).toEqual([
      { month: '2026-03', kind: 'eligible', records: 3, firstOn: '2026-03-10' },
      { month: '2026-03', kind: 'blank', records: 2, firstOn: '2026-03-10' },
      { month: '2026-04', kind: 'warn', records: 3, firstOn: '2026-04-09' },
      { month: '2026-06', kind: 'dispose', records: 3, firstOn: '2026-06-08' },
    ])
  })

  it('puts what is overdue on the first day, and leaves out what lies beyond the months asked for', () => {
    expect(foresee({ ...base, days: [{ sessionOn: '2020-01-01', records: 1, named: 1 }] }).every((one) => one.firstOn === '2026-01-01')).toBe(true)
    expect(foresee({ ...base, days: [{ sessionOn: '2025-12-01', records: 1, named: 1 }] })).toEqual([])
  })

  it('never disposes of a record before its fourth anniversary, nor before a day it was put off to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 0, max: 700 }), (age, more) => {
        const sessionOn = addDays('2019-01-01', age)
        const putOffUntil = addDays(addYears(sessionOn, 4), more)
        const gone = foresee({
          ...base,
          months: 120,
          days: [{ sessionOn, records: 1, named: 0 }],
          putOff: [{ from: sessionOn, until: sessionOn, putOffUntil }],
        }).find((one) => one.kind === 'dispose')
        if (gone !== undefined && gone.firstOn !== base.from) expect(gone.firstOn >= putOffUntil).toBe(true)
        if (gone !== undefined) expect(gone.firstOn >= addYears(sessionOn, 4)).toBe(true)
      }),
      { seed: 20_261_127, numRuns: 300 },
    )
  })
})

describe('putting a disposal off', () => {
  const ask = (until: string, reason = 'A funding cycle of five years ends in spring.') =>
    mayPutOff(records, '2022-03-10', { until, reason, today: '2026-03-20' }, { disposalExtensionMonthsMaximum: 12 })
  it('needs a reason, a day ahead and stays within what the policy allows', () => {
    expect(ask('2027-03-10').allowed).toBe(true)
    expect(ask('2027-03-11')).toMatchObject({ because: 'extension-too-long' })
    expect(ask('2026-03-20')).toMatchObject({ because: 'extension-past' })
    expect(ask('2027-03-10', 'no')).toMatchObject({ because: 'reasons-missing' })
    expect(
      mayPutOff(
        authors,
        '2022-03-10',
        { until: '2027-01-01', reason: 'We would like to keep the names.', today: '2026-01-01' },
        { disposalExtensionMonthsMaximum: 12 },
      ),
    ).toMatchObject({ because: 'extension-not-here' })
  })
})
