// Who may do what. Deny by default: without a rule in the policy the answer is no, and the no says what is missing.
// Row security in the database is the second wall; this is the first one and the one that explains itself.
import { actWords, isAct, isSecondFactorNeeded, type Act } from './act.ts'
import { allowed, refused, type Decision } from './decision.ts'
import type { Policy, RoleRule } from './policy.ts'
import { checkPurpose } from './purpose.ts'
import { isServiceRole, roleLabels, type Role } from './role.ts'

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
  if (!isAct(act)) return refused('act-unknown', 'This is not something that can be asked for here.')
  const who = roleLabels[actor.role]
  const what = actWords[act]
  const rule = findRule(policy, actor.role, act)
  if (rule === undefined) return refused('act-not-granted', `As ${article(who)} you may not ${what}. The policy does not give this to your role.`)
  if (isSecondFactorNeeded(act) && !actor.secondFactor) {
    return refused('second-factor-missing', `To ${what} you must first confirm your sign-in with your second step.`)
  }
  if (isServiceRole(actor.role) && actor.serviceId === undefined) return refused('service-missing', `To ${what} you must belong to a service.`)
  if (rule.scope === 'own' && context.own !== true) return refused('not-your-own', `As ${article(who)} you may ${what} only for yourself.`)
  if (rule.scope === 'own-service' && context.serviceId !== undefined && context.serviceId !== actor.serviceId) {
    return refused('service-not-yours', `As ${article(who)} you may ${what} only within your own service.`)
  }
  if (rule.purposes.length > 0) {
    if (context.purpose === undefined) return refused('purpose-missing', `Say what it is for: to ${what} you must choose a purpose from the policy.`)
    const purpose = checkPurpose(policy, actor.role, context.purpose, context.request)
    if (!purpose.allowed) return purpose
    if (!rule.purposes.includes(context.purpose)) {
      return refused('purpose-not-for-this', `The purpose "${context.purpose}" does not cover this. You may not ${what} for it.`)
    }
  } else if (context.purpose !== undefined) {
    // Nobody has to name one here, but whoever does may not name another's.
    const purpose = checkPurpose(policy, actor.role, context.purpose, context.request)
    if (!purpose.allowed) return purpose
  }
  if (rule.needsRequest && context.request === undefined) {
    return refused('request-missing', `To ${what} you need a rights request that asks for it. Open the request first.`)
  }
  if (rule.needsSecondPerson) {
    if (context.approval === undefined) return refused('second-person-missing', `To ${what} a second person must agree.`)
    if (context.approval.askedBy === context.approval.agreedBy) {
      return refused('second-person-same', `The person who asked cannot also be the one who agrees. Ask a colleague to agree.`)
    }
  }
  return allowed
}

function article(words: string): string {
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`
}
