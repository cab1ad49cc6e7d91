import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breachRisks, breachTracks, mayCloseBreach, suggestRisk } from './breach.ts'

const values = { breachRegulatorHours: 72 }
const foundAt = '2025-03-28T16:00:00Z'

describe('the tracks of an incident', () => {
  it.each([
    ['before anybody has looked', {}, '2025-03-31T15:59:59Z', 'waiting', 'undecided'],
    ['72 hours later, over the change to summer time', {}, '2025-03-31T16:00:01Z', 'overdue', 'undecided'],
    ['with a risk', { risk: 'risk' }, '2025-03-29T00:00:00Z', 'waiting', 'not-needed'],
    ['with a high risk', { risk: 'high' }, '2025-03-29T00:00:00Z', 'waiting', 'waiting'],
    ['with an unlikely risk', { risk: 'unlikely' }, '2025-05-01T00:00:00Z', 'not-needed', 'not-needed'],
    ['told in time', { risk: 'risk', regulatorToldAt: '2025-03-31T16:00:00Z' }, '2025-05-01T00:00:00Z', 'told', 'not-needed'],
    [
      'told late',
      { risk: 'high', regulatorToldAt: '2025-03-31T16:00:01Z', individualsToldAt: '2025-04-01T00:00:00Z' },
      '2025-05-01T00:00:00Z',
      'told-late',
      'told',
    ],
  ] as const)('%s', (_what, facts, now, regulator, individuals) => {
    expect(breachTracks({ foundAt, ...facts }, now, values)).toEqual({ dueAt: '2025-03-31T16:00:00.000Z', regulator, individuals })
  })

  it('never read overdue once the regulator is told, and never go back to waiting as time passes', () => {
    fc.assert(
      fc.property(fc.constantFrom(undefined, ...breachRisks), fc.nat(400), fc.nat(400), fc.boolean(), (risk, early, more, told) => {
        const at = (hours: number) => new Date(Date.parse(foundAt) + hours * 3_600_000).toISOString()
        const facts = { foundAt, risk, regulatorToldAt: told ? at(early) : undefined }
        const [first, then] = [breachTracks(facts, at(early), values).regulator, breachTracks(facts, at(early + more), values).regulator]
        if (told) expect(['told', 'told-late']).toContain(then)
        if (first === 'overdue') expect(then).toBe('overdue')
        expect(first === 'not-needed').toBe(then === 'not-needed')
      }),
      { seed: 20_251_127 },
    )
  })
})

describe('closing an incident', () => {
  it.each([
    ['whose risk nobody has looked at', {}, 'risk-open'],
    ['that the regulator has not heard of', { risk: 'risk' }, 'regulator-open'],
    ['whose people have not been told', { risk: 'high', regulatorToldAt: '2025-03-29T00:00:00Z' }, 'individuals-open'],
  ] as const)('%s is refused with a sentence', (_what, facts, because) => {
    expect(mayCloseBreach({ foundAt, ...facts }, '2025-03-29T12:00:00Z', values)).toMatchObject({ allowed: false, because })
  })

  it('is allowed when nobody waits', () => {
    expect(mayCloseBreach({ foundAt, risk: 'unlikely' }, '2025-05-01T00:00:00Z', values).allowed).toBe(true)
  })
})

it.each([
  [1, 1, 'unlikely'],
  [2, 2, 'risk'],
  [3, 5, 'high'],
] as const)('likelihood %i and severity %i suggest %s', (likelihood, severity, risk) => {
  expect(suggestRisk(likelihood, severity)).toBe(risk)
})
