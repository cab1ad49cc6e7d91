import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentNow, type ConsentEvent } from './consent.ts'

const event: fc.Arbitrary<ConsentEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('given' as const),
    at: fc.constantFrom('2026-01-05T09:00:00Z', '2026-02-05T09:00:00Z'),
    policyEdition: fc.constantFrom('2026-01', '2025-06'),
    termsVersion: fc.constantFrom('2', '3'),
    purposes: fc.subarray(['retrieve', 'download']),
  }),
  fc.record({ kind: fc.constantFrom('withdrawn' as const, 'removed' as const), at: fc.constant('2026-01-06T09:00:00Z') }),
)

describe('consent', () => {
  it('erasure is idempotent: removed several times is what removed once is', () =>
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (events, times) => {
        const removed: ConsentEvent = { kind: 'removed', at: '2026-03-01T09:00:00Z' }
        expect(consentNow([...events, ...Array.from({ length: times }, () => removed)])).toEqual(consentNow([...events, removed]))
      }),
      { seed: 5 },
    ))

  it('a withdrawal after a removal gives nothing back', () =>
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const gone = consentNow([...events, { kind: 'removed', at: '2026-03-01T09:00:00Z' }])
        const after = consentNow([...events, { kind: 'removed', at: '2026-03-01T09:00:00Z' }, { kind: 'withdrawn', at: '2026-03-02T09:00:00Z' }])
        expect(after).toEqual(gone)
      }),
      { seed: 6 },
    ))
})
