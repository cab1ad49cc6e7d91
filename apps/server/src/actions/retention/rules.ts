import type { RetentionRule } from '@attune/policy'
import type { Attune } from '../../attune.ts'

export type RetentionRules = {
  readonly records: RetentionRule
  readonly authors: RetentionRule
  readonly consents: RetentionRule
  readonly requests: RetentionRule
  readonly codeRequests: RetentionRule
  readonly invitations: RetentionRule
  readonly letters: RetentionRule
  /** Sign-ins of people who left; undefined where the policy gives them no end. */
  readonly accounts: RetentionRule | undefined
}

/** The policy's rules for what the server itself keeps. A programme without one of them does not open here. */
export function getRules({ programme }: Pick<Attune, 'programme'>): RetentionRules {
  const find = (id: string) => programme.policy.retention.find((one) => one.id === id)
  const rule = (id: string) => {
    const found = find(id)
    if (found === undefined) throw new Error(`The policy has no retention rule "${id}".`)
    return found
  }
  return {
    records: rule('client-record'),
    authors: rule('record-author'),
    consents: rule('practitioner-consent'),
    requests: rule('rights-request'),
    // What a programme says nothing of is kept no longer than the log.
    codeRequests: find('code-request') ?? rule('log'),
    invitations: find('invitation') ?? rule('log'),
    letters: find('letter') ?? rule('log'),
    accounts: find('account'),
  }
}
