// Purpose limitation, UK GDPR Article 5(1)(b): data is opened only for a purpose on the policy's closed list.
import { allowed, refused, type Decision } from './decision.ts'
import type { Basis, Day, Policy, Purpose } from './policy.ts'
import type { Role } from './role.ts'

export function findPurpose(policy: Policy, code: string): Purpose | undefined {
  return policy.purposes.find((purpose) => purpose.code === code)
}

/** Decides whether a role may act under a purpose. A purpose that serves a rights request is refused until the request is linked. */
export function checkPurpose(policy: Policy, role: Role, code: string, request?: string): Decision {
  const purpose = findPurpose(policy, code)
  if (purpose === undefined) return refused('purpose-unknown', `The policy has no purpose called "${code}", so nothing may be done for it.`)
  if (!purpose.actors.includes(role)) return refused('purpose-not-yours', `The purpose "${purpose.label}" is not one that your role may use.`)
  if (purpose.needsRequest && request === undefined) {
    return refused('request-missing', `The purpose "${purpose.label}" needs a rights request. Open the request first.`)
  }
  return allowed
}

/** The lawful basis that a purpose rested on, on a given day: an earlier one if the day lies in its time, otherwise the present one. */
export function basisOn(purpose: Purpose, day: Day): Basis {
  const earlier = purpose.earlier.find((basis) => day <= basis.until)
  const basis = earlier ?? purpose
  return basis.article9 === undefined ? { article6: basis.article6 } : { article6: basis.article6, article9: basis.article9 }
}
