import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentNow, isPurposeCovered, type ConsentEvent } from './consent.ts'
import { checkGates, gateNames, shutGates, type GateState } from './gate.ts'
import { smallPolicy } from '../test/small-policy.ts'

const given: ConsentEvent = { kind: 'given', at: '2026-01-05T09:00:00Z', policyEdition: '2026-01', termsVersion: '3', purposes: ['retrieve'] }
const ready: GateState = {
  today: '2026-02-01',
  programmeOpen: true,
  serviceLive: true,
  enrolled: true,
  consent: consentNow([given]),
  termsVersion: '3',
  trainingVersion: '2',
  correctiveActionOverdue: false,
  attestation: { consented: true, signedOn: '2026-01-20', policyEdition: '2026-01', heldByService: true },
}
const attested = ready.attestation as NonNullable<GateState['attestation']>
const without = ({ attestation: _, ...state }: GateState): GateState => state

describe('the gates of the client record', () => {
  it('are open when everything is there', () => {
    expect(checkGates(smallPolicy, 'client-record', ready)).toEqual({ allowed: true })
  })

  const shut: readonly (readonly [string, GateState])[] = [
    ['programme-open', { ...ready, programmeOpen: false }],
    ['service-live', { ...ready, serviceLive: false }],
    ['person-enrolled', { ...ready, enrolled: false }],
    ['consent-live', { ...ready, consent: { state: 'none' } }],
    ['consent-live', { ...ready, consent: consentNow([given, { kind: 'withdrawn', at: '2026-01-06T09:00:00Z' }]) }],
    ['consent-edition', { ...ready, consent: consentNow([{ ...given, policyEdition: '2025-06' }]) }],
    ['terms-accepted', { ...ready, termsVersion: '2' }],
    ['device-attested', { ...ready, today: '2027-01-06' }],
    ['training-passed', { ...ready, trainingVersion: '1' }],
    ['corrective-actions-done', { ...ready, correctiveActionOverdue: true }],
    ['client-consent', { ...ready, attestation: { ...attested, consented: false } }],
    ['client-consent', without(ready)],
    ['attestation-day', { ...ready, attestation: { ...attested, signedOn: '2026-02-02' } }],
    ['attestation-day', { ...ready, attestation: { ...attested, signedOn: '2026-02-30' } }],
    ['attestation-edition', { ...ready, attestation: { ...attested, policyEdition: '1999-01' } }],
    ['attestation-held', { ...ready, attestation: { ...attested, heldByService: false } }],
  ]
  it('the word on the device holds to the last day of its twelve months', () => {
    expect(checkGates(smallPolicy, 'client-record', { ...ready, today: '2027-01-05' })).toEqual({ allowed: true })
  })

  it.each(shut)('%s is shut, and says what to do', (gate, state) => {
    const decision = checkGates(smallPolicy, 'client-record', state)
    expect(decision).toMatchObject({ allowed: false, because: gate })
    expect(decision.allowed ? '' : decision.sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('a signature holds through an edition that changes nothing material, and not past one that does', () => {
    const first = smallPolicy.changes[0]!
    const policyAfter = (...material: readonly boolean[]) => {
      const more = material.map((one, at) => ({ edition: `2026-0${at + 2}`, on: `2026-0${at + 2}-01`, what: 'Next.', material: one }))
      return { ...smallPolicy, edition: more.at(-1)!.edition, changes: [...more.reverse(), first] }
    }
    expect(checkGates(policyAfter(false), 'client-record', ready)).toEqual({ allowed: true })
    expect(checkGates(policyAfter(true), 'client-record', ready)).toMatchObject({ because: 'consent-edition' })
    expect(checkGates(policyAfter(true, false), 'client-record', ready)).toMatchObject({ because: 'consent-edition' })
    const signed = { ...ready, consent: consentNow([{ ...given, policyEdition: '2026-02' }]) }
    expect(checkGates(policyAfter(true, false), 'client-record', signed)).toEqual({ allowed: true })
  })

  it('every gate that exists is shut by at least one example', () => {
    expect([...new Set(shut.map(([gate]) => gate))]).toEqual([...gateNames])
  })

  it('are told all at once, in the order of the policy', () => {
    const state = { ...without(ready), programmeOpen: false, trainingVersion: '0' }
    expect(shutGates(smallPolicy, 'client-record', state).map(({ gate }) => gate)).toEqual([
      'programme-open',
      'training-passed',
      'client-consent',
      'attestation-day',
      'attestation-edition',
      'attestation-held',
    ])
  })

  it('a kind of form that the policy does not know is shut, whatever it is called', () => {
    for (const kind of ['practice', 'constructor', ''])
      expect(checkGates(smallPolicy, kind, ready)).toMatchObject({ allowed: false, because: 'form-kind-unknown' })
  })

  it('access never widens when consent is withdrawn, at whatever point and however often', () => {
    const event: fc.Arbitrary<ConsentEvent> = fc.oneof(
      fc.record({
        kind: fc.constant('given' as const),
        at: fc.constant('2026-01-05T09:00:00Z'),
        policyEdition: fc.constantFrom('2026-01', '2025-06'),
        termsVersion: fc.constant('3'),
        purposes: fc.subarray(['retrieve', 'download']),
      }),
      fc.record({ kind: fc.constantFrom('withdrawn' as const, 'removed' as const), at: fc.constant('2026-01-06T09:00:00Z') }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.constantFrom('retrieve', 'download'), (events, purpose) => {
        const before = { ...ready, consent: consentNow(events) }
        const after = { ...ready, consent: consentNow([...events, { kind: 'withdrawn', at: '2026-01-07T09:00:00Z' }]) }
        expect(checkGates(smallPolicy, 'client-record', after).allowed).toBe(false)
        expect(shutGates(smallPolicy, 'client-record', after).length).toBeGreaterThanOrEqual(shutGates(smallPolicy, 'client-record', before).length)
        expect(isPurposeCovered(after.consent, purpose)).toBe(false)
      }),
      { seed: 20_250_601, numRuns: 1000 },
    )
  })
})

describe('consent', () => {
  it('is what is left after all events: given, withdrawn, given again', () => {
    expect(consentNow([])).toEqual({ state: 'none' })
    expect(consentNow([given, { kind: 'withdrawn', at: '2026-01-06T09:00:00Z' }])).toEqual({
      state: 'withdrawn',
      withdrawnAt: '2026-01-06T09:00:00Z',
    })
    expect(consentNow([given, { kind: 'withdrawn', at: '2026-01-06T09:00:00Z' }, given])).toMatchObject({ state: 'live', policyEdition: '2026-01' })
    expect(consentNow([given, { kind: 'removed', at: '2026-01-08T09:00:00Z' }])).toEqual({ state: 'removed', removedAt: '2026-01-08T09:00:00Z' })
    expect(consentNow([{ kind: 'removed', at: '2026-01-08T09:00:00Z' }])).toEqual({ state: 'none' })
  })

  it('covers the purposes that were shown, and not one that was added later', () => {
    expect(isPurposeCovered(consentNow([given]), 'retrieve')).toBe(true)
    expect(isPurposeCovered(consentNow([given]), 'download')).toBe(false)
  })
})
