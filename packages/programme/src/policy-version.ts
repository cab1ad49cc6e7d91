import { toStableJson } from '@attune/forms'
import type { Policy } from '@attune/policy'
import type { PolicyVersion } from './programme.ts'

/** What is stamped on everything done under a policy. The hash is taken over what the policy says, so comments and the order of keys do not change it. */
export function toPolicyVersion(policy: Policy, digest: (text: string) => string): PolicyVersion {
  const hash = digest(toStableJson(policy))
  return {
    edition: policy.edition,
    hash,
    termsVersion: policy.terms.version,
    termsHash: digest(toStableJson(policy.terms)),
    text: `${policy.edition}+${hash.slice(0, 16)}`,
  }
}
