import type { TestAttune } from './attune.ts'

/** Puts an agreement with whoever runs a Kobo server into the policy, in force until a day. */
export function agreeWithKobo({ attune }: TestAttune, reviewOn: string): void {
  const { policy } = attune.programme
  const recipient = {
    id: 'kobo',
    name: 'Kobo',
    category: 'processor',
    region: 'eu-west-1',
    what: 'Takes records in the field',
    safeguard: 'Agreement',
    connects: ['kobo'] as const,
    agreement: { reference: 'DPA-KOBO', from: '2025-06-01', reviewOn },
  }
  Object.assign(attune.programme, { policy: { ...policy, recipients: [...policy.recipients.filter(({ id }) => id !== 'kobo'), recipient] } })
}
