import { describe, expect, it } from 'vitest'
import { mayConnect, mayHold } from './agreement.ts'
import type { Recipient } from './policy.ts'

const store: Recipient = {
  id: 'store',
  name: 'The store',
  category: 'processor',
  region: 'eu-west-1',
  what: 'Sealed backups',
  safeguard: 'Sealed',
  connects: ['offsite-backup'],
  agreement: { reference: 'DPA-1', from: '2025-06-01', reviewOn: '2026-06-01' },
}
const because = (recipient: Recipient, today: string) => {
  const decision = mayHold(recipient, today)
  return decision.allowed ? 'allowed' : decision.because
}

describe('a processor', () => {
  it.each([
    ['2025-05-31', 'agreement-not-yet'],
    ['2025-06-01', 'allowed'],
    ['2026-06-01', 'allowed'],
    ['2026-06-02', 'agreement-ended'],
  ])('on %s: %s', (today, expected) => expect(because(store, today)).toBe(expected))

  it('without an agreement holds nothing, and a regulator needs none', () => {
    const { agreement: _, ...bare } = store
    expect(because(bare, '2025-07-01')).toBe('agreement-missing')
    expect(because({ ...bare, category: 'authority' }, '2025-07-01')).toBe('allowed')
  })
})

describe('a connector', () => {
  it('runs under the agreement of the recipient behind it, and not at all without one', () => {
    expect(mayConnect({ recipients: [store] }, 'offsite-backup', '2025-07-01')).toEqual({ allowed: true })
    expect(mayConnect({ recipients: [store] }, 'offsite-backup', '2026-07-01')).toMatchObject({ sentence: expect.stringContaining('DPA-1') })
    expect(mayConnect({ recipients: [store] }, 'kobo', '2025-07-01')).toMatchObject({ because: 'recipient-missing' })
  })
})
