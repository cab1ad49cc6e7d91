// Who may do what. Deny by default: without a rule in the policy the answer is no, and the no says what is missing.
// Row security in the database is the second wall; this is the first one and the one that explains itself.
import { isAct, isSecondFactorNeeded, type Act } from './act.ts'
import { allowed, refuse, type Decision } from './decision.ts'
import type { Policy, RoleRule } from './policy.ts'
import { checkPurpose } from './purpose.ts'
import { isServiceRole, type Role } from './role.ts'

/** Who asks: the role of the grant in use, its service when the role belongs to one, and whether the sign-in passed a second factor. */
export type Actor = { readonly role: Role; readonly serviceId?: string; readonly secondFactor: boolean }

/** What the act is about. Leave `serviceId` out for "whatever my rows are"; row security narrows to the actor's service. */
export type AccessContext = {
  readonly purpose?: string
  readonly serviceId?: string
  /** True when the thing asked for is the person's own (own consent, own request). */
  readonly own?: boolean
  /** Reference of the rights request that this act serves. */
  readonly request?: string
  /** For acts that need two people: who asked and who agrees. */
  readonly approval?: { readonly askedBy: string; readonly agreedBy: string }
}

/** The rule that could let a role do an act, if the policy has one. Screens use it to leave out what can never be done. */
export function findRule(policy: Policy, role: Role, act: Act): RoleRule | undefined {
  return policy.roleRules.find((rule) => rule.role === role && rule.act === act)
}

/**
 * Decides whether an actor may do an act under a policy. No rule, no second factor, a wrong purpose or another service's rows: refused,
 * with a code and a sentence.
 * @example may(policy, { role: 'practitioner', serviceId: 's1', secondFactor: true }, 'record.read') // { allowed: false, because: 'act-not-granted', … }
 */
export function may(policy: Policy, actor: Actor, act: Act, context: AccessContext = {}): Decision {
  if (!isAct(act)) return refuse('act-unknown')
  const rule = findRule(policy, actor.role, act)
  if (rule === undefined) return refuse('act-not-granted', { role: actor.role, act })
  if (isSecondFactorNeeded(act) && !actor.secondFactor) {
    return refuse('second-factor-missing', { act })
  }
  if (isServiceRole(actor.role) && actor.serviceId === undefined) return refuse('service-missing', { act })
  if (rule.scope === 'own' && context.own !== true) return refuse('not-your-own', { role: actor.role, act })
  if (rule.scope === 'own-service' && context.serviceId !== undefined && context.serviceId !== actor.serviceId) {
    return refuse('service-not-yours', { role: actor.role, act })
  }
  if (rule.purposes.length > 0) {
    if (context.purpose === undefined) return refuse('purpose-missing', { act })
    const purpose = checkPurpose(policy, actor.role, context.purpose, context.request)
    if (!purpose.allowed) return purpose
    if (!rule.purposes.includes(context.purpose)) {
      return refuse('purpose-not-for-this', { purpose: context.purpose, act })
    }
  } else if (context.purpose !== undefined) {
    // Nobody has to name one here, but whoever does may not name another's.
    const purpose = checkPurpose(policy, actor.role, context.purpose, context.request)
    if (!purpose.allowed) return purpose
  }
  if (rule.needsRequest && context.request === undefined) {
    return refuse('request-missing', { act })
  }
  if (rule.needsSecondPerson) {
    if (context.approval === undefined) return refuse('second-person-missing', { act })
    if (context.approval.askedBy === context.approval.agreedBy) {
      return refuse('second-person-same')
    }
  }
  return allowed
}
