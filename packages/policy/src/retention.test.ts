import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from './day.ts'
import { addPeriod, disposalDays, keepUntil, mayDispose, retentionState, type Period, type RetentionFacts, type RetentionRule } from './retention.ts'

const bare = { id: 'r', label: 'R', starts: 'session', releasedByAggregation: false, whileActive: false, then: 'dispose' } as const
const clientRecord: RetentionRule = { ...bare, atLeast: { years: 4 }, releasedByAggregation: true }
const author: RetentionRule = { ...bare, atMost: { years: 4 }, then: 'blank' }
const consent: RetentionRule = { ...bare, starts: 'leaving', whileActive: true, atMost: { workingDays: 14 }, then: 'remove' }

describe('a client record that is kept for at least four years', () => {
  const startedOn = '2022-03-01'

  it('is held at three years and 364 days, and may go on its fourth anniversary', () => {
    expect(mayDispose(clientRecord, { startedOn, today: '2026-02-28' })).toMatchObject({ allowed: false, because: 'retention-held' })
    expect(mayDispose(clientRecord, { startedOn, today: '2026-03-01' })).toEqual({ allowed: true })
  })

  it('may go earlier once it was added up for analysis', () => {
    expect(retentionState(clientRecord, { startedOn, today: '2023-03-01', aggregated: true })).toBe('eligible')
    expect(retentionState({ ...clientRecord, releasedByAggregation: false }, { startedOn, today: '2023-03-01', aggregated: true })).toBe('held')
  })

  it('is held again while an extension runs', () => {
    const decision = mayDispose(clientRecord, { startedOn, today: '2026-06-01', extendedUntil: '2027-03-01' })
    expect(decision).toMatchObject({ allowed: false, because: 'retention-held', sentence: expect.stringContaining('1 March 2027') })
  })

  it('has 90 days to go, and its service is told 60 days before', () => {
    expect(disposalDays(clientRecord, startedOn, { disposalWindowDays: 90, disposalWarningDays: 60 })).toEqual({
      eligibleOn: '2026-03-01',
      warnOn: '2026-03-31',
      dueOn: '2026-05-30',
    })
    expect(disposalDays(clientRecord, startedOn, { disposalWindowDays: 90, disposalWarningDays: 60 }, '2027-03-01')).toMatchObject({
      eligibleOn: '2027-03-01',
      dueOn: '2027-05-30',
    })
  })

  it('of 29 February is kept until 29 February four years on, and a rule of three years ends on the 28th', () => {
    expect(keepUntil(clientRecord, '2024-02-29')).toBe('2028-02-29')
    expect(keepUntil({ ...clientRecord, atLeast: { years: 3 } }, '2024-02-29')).toBe('2027-02-28')
  })
})

describe('a name on a record that is kept for at most four years', () => {
  it('is over on the fourth anniversary, and no extension moves that', () => {
    expect(retentionState(author, { startedOn: '2022-03-01', today: '2026-02-28' })).toBe('eligible')
    expect(retentionState(author, { startedOn: '2022-03-01', today: '2026-03-01', extendedUntil: '2030-01-01' })).toBe('over')
    expect(disposalDays(author, '2022-03-01', { disposalWindowDays: 90, disposalWarningDays: 60 })).toMatchObject({ dueOn: '2026-03-01' })
  })
})

describe('the consent form of a practitioner', () => {
  it('stays for ten years while the person takes part', () => {
    expect(retentionState(consent, { startedOn: '2026-01-01', today: '2036-01-01', active: true })).toBe('active')
    expect(mayDispose(consent, { startedOn: '2026-01-01', today: '2036-01-01', active: true })).toMatchObject({ because: 'retention-active' })
  })

  it('is over fourteen working days after the person left', () => {
    expect(keepUntil(consent, '2025-12-22')).toBe('2026-01-14')
    expect(retentionState(consent, { startedOn: '2025-12-22', today: '2026-01-13', active: false })).toBe('eligible')
    expect(retentionState(consent, { startedOn: '2025-12-22', today: '2026-01-14', active: false })).toBe('over')
  })
})

describe('any retention rule', () => {
  const period: fc.Arbitrary<Period> = fc.oneof(
    fc.record({ years: fc.integer({ min: 0, max: 10 }) }),
    fc.record({ months: fc.integer({ min: 0, max: 120 }) }),
    fc.record({ days: fc.integer({ min: 0, max: 4000 }) }),
    fc.record({ workingDays: fc.integer({ min: 0, max: 200 }) }),
  )
  const order = ['active', 'held', 'eligible', 'over']
  const facts: fc.Arbitrary<RetentionFacts> = fc
    .record({
      start: fc.integer({ min: 0, max: 3000 }),
      age: fc.integer({ min: 0, max: 5000 }),
      aggregated: fc.boolean(),
      extension: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
    })
    .map(({ start, age, aggregated, extension }) => {
      const startedOn = addDays('2016-01-01', start)
      return {
        startedOn,
        today: addDays(startedOn, age),
        aggregated,
        ...(extension === undefined ? {} : { extendedUntil: addDays(startedOn, extension) }),
      }
    })

  it('that is shorter never keeps longer', () => {
    fc.assert(
      fc.property(facts, period, period, fc.constantFrom('atLeast' as const, 'atMost' as const), (state, one, other, limit) => {
        const [shorter, longer] = addPeriod(state.startedOn, one) <= addPeriod(state.startedOn, other) ? [one, other] : [other, one]
        const [short, long] = [
          { ...bare, [limit]: shorter },
          { ...bare, [limit]: longer },
        ]
        expect(order.indexOf(retentionState(short, state))).toBeGreaterThanOrEqual(order.indexOf(retentionState(long, state)))
        expect((keepUntil(short, state.startedOn) as string) <= (keepUntil(long, state.startedOn) as string)).toBe(true)
      }),
      { seed: 20_250_601, numRuns: 1000 },
    )
  })

  it('never goes back to an earlier state as days pass', () => {
    fc.assert(
      fc.property(facts, period, fc.integer({ min: 0, max: 2000 }), (state, length, later) => {
        const rule: RetentionRule = { ...bare, atLeast: length, atMost: { years: 12 } }
        const after = { ...state, today: addDays(state.today, later) }
        expect(order.indexOf(retentionState(rule, after))).toBeGreaterThanOrEqual(order.indexOf(retentionState(rule, state)))
      }),
      { seed: 20_250_601, numRuns: 1000 },
    )
  })

  it('with both limits may go between them, and an extension reaches neither below the one nor beyond the other', () => {
    const rule: RetentionRule = { ...bare, atLeast: { years: 4 }, atMost: { years: 6 } }
    const values = { disposalWindowDays: 90, disposalWarningDays: 60 }
    expect(disposalDays(rule, '2022-03-01', values)).toEqual({ eligibleOn: '2026-03-01', warnOn: '2026-03-31', dueOn: '2026-05-30' })
    expect(disposalDays(rule, '2022-03-01', values, '2028-02-01')).toMatchObject({ eligibleOn: '2028-02-01', dueOn: '2028-03-01' })
    expect(disposalDays(rule, '2022-03-01', values, '2030-01-01')).toMatchObject({ eligibleOn: '2028-03-01', dueOn: '2028-03-01' })
    for (const extendedUntil of [undefined, '2025-01-01'])
      expect(mayDispose(rule, { startedOn: '2022-03-01', today: '2025-06-01', ...(extendedUntil && { extendedUntil }) })).toMatchObject({
        sentence: expect.stringContaining('until 1 March 2026'),
      })
  })

  it('without a length is held until somebody decides', () => {
    expect(keepUntil(bare, '2026-01-01')).toBeUndefined()
    expect(disposalDays(bare, '2026-01-01', { disposalWindowDays: 1, disposalWarningDays: 1 })).toBeUndefined()
    expect(mayDispose(bare, { startedOn: '2020-01-01', today: '2026-01-01' })).toMatchObject({
      because: 'retention-held',
      sentence: expect.stringContaining('someone decides'),
    })
  })
})
