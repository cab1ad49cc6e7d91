// Purpose limitation, UK GDPR Article 5(1)(b): data is opened only for a purpose on the policy's closed list.
import { allowed, refuse, type Decision } from './decision.ts'
import type { Policy, Purpose } from './policy.ts'
import type { Role } from './role.ts'

export function findPurpose(policy: Policy, code: string): Purpose | undefined {
  return policy.purposes.find((purpose) => purpose.code === code)
}

/** Decides whether a role may act under a purpose. A purpose that serves a rights request is refused until the request is linked. */
export function checkPurpose(policy: Policy, role: Role, code: string, request?: string): Decision {
  const purpose = findPurpose(policy, code)
  if (purpose === undefined) return refuse('purpose-unknown', { purpose: code })
  if (!purpose.actors.includes(role)) return refuse('purpose-not-yours', { purpose: purpose.label })
  if (purpose.needsRequest && request === undefined) {
    return refuse('request-missing.purpose', { purpose: purpose.label })
  }
  return allowed
}
