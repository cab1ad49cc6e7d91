import type { ConsentRow, PersonView } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { toReviews } from './access-reviews.ts'
import { listEntries, toConsentState, toEntries } from './consent-register.ts'
import { toEffects } from './move-effects.ts'

const person = (change: Partial<PersonView>): PersonView => ({
  grantId: '00000000-0000-4000-8000-000000000001',
  accountId: 'a',
  displayName: 'Ana Reed',
  email: 'ana@york.example',
  role: 'data-support',
  serviceId: 'york',
  from: '2026-01-01T00:00:00Z',
  endedAt: null,
  reviewOn: '2027-01-01',
  secondFactor: true,
  ...change,
})
const consent = (change: Partial<ConsentRow>): ConsentRow => ({
  consentId: '00000000-0000-4000-8000-000000000002',
  serviceId: 'york',
  serviceName: 'York',
  practitioner: 'Ana Reed',
  email: 'ana@york.example',
  edition: '2025-06',
  policyVersion: '2025-06+abc',
  termsVersion: '2025-06',
  purposes: [],
  signature: 'drawn',
  signedAt: '2026-01-01T00:00:00Z',
  withdrawnAt: null,
  removedAt: null,
  proof: 'ab'.repeat(16),
  shown: null,
  dueForRenewal: false,
  ...change,
})

describe('accesses to look at again', () => {
  it('are those that have a day and run, the most urgent first; the one that passed is marked', () => {
    const people = [
      person({ displayName: 'Later' }),
      person({ displayName: 'Soon', reviewOn: '2026-03-20' }),
      person({ displayName: 'Past', reviewOn: '2026-02-27' }),
      person({ displayName: 'Ended', endedAt: '2026-01-05T00:00:00Z' }),
      person({ displayName: 'None', reviewOn: null }),
    ]
    expect(toReviews(people, '2026-03-01', 12).map(({ person: one, state, days }) => [one.displayName, state, days])).toEqual([
      ['Past', 'overdue', -2],
      ['Soon', 'soon', 19],
      ['Later', 'later', 306],
    ])
  })
  it('show how much of the time is used, never more than all of it', () => {
    const [past, half] = toReviews([person({ reviewOn: '2026-07-01' }), person({ reviewOn: '2025-12-01' })], '2026-01-01', 12)
    expect(past!.used).toBe(1)
    expect(half!.used).toBeCloseTo(0.5, 1)
  })
})

describe('the register of consents', () => {
  it('has one entry for each practitioner at a service, the newest signature first; a removed form stands for itself', () => {
    const entries = toEntries([
      consent({ consentId: '1' }),
      consent({ consentId: '2', signedAt: '2026-06-01T00:00:00Z' }),
      consent({ consentId: '3', practitioner: null, email: null, removedAt: '2026-07-01T00:00:00Z' }),
      consent({ consentId: '4', practitioner: null, email: null, removedAt: '2026-07-02T00:00:00Z' }),
    ])
    expect(entries.map(({ newest, earlier, state }) => [newest.consentId, earlier.length, state])).toEqual([
      ['2', 1, 'live'],
      ['3', 0, 'removed'],
      ['4', 0, 'removed'],
    ])
  })
  it('says the last thing that happened to a consent', () => {
    expect(toConsentState(consent({ dueForRenewal: true }))).toBe('renewal')
    expect(toConsentState(consent({ withdrawnAt: '2026-02-01T00:00:00Z' }))).toBe('withdrawn')
    expect(toConsentState(consent({ withdrawnAt: '2026-02-01T00:00:00Z', removedAt: '2026-02-01T00:00:00Z' }))).toBe('removed')
  })
  it('is searched by practitioner or service; what needs something comes first', () => {
    const entries = toEntries([consent({}), consent({ email: 'ben@leeds.example', practitioner: 'Ben', serviceName: 'Leeds', dueForRenewal: true })])
    expect(listEntries(entries, { state: '', words: '' }).map(({ newest }) => newest.practitioner)).toEqual(['Ben', 'Ana Reed'])
    expect(listEntries(entries, { state: 'live', words: 'YORK' })).toHaveLength(1)
    expect(listEntries(entries, { state: 'renewal', words: 'york' })).toHaveLength(0)
  })
})

describe('the effects of a move', () => {
  it('begin something at another service, and nothing when somebody leaves', () => {
    const kinds = (to: string | null) => toEffects({ from: 'York', to, years: 4 }).map(({ kind }) => kind)
    expect(kinds('Leeds').filter((kind) => kind === 'begins')).toHaveLength(2)
    expect(kinds(null)).not.toContain('begins')
    expect(
      toEffects({ from: 'York', to: null, years: 4 })
        .map(({ says }) => says)
        .join(' '),
    ).toContain('4 years')
  })
})
