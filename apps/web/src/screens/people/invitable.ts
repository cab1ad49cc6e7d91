// Who may invite whom, so that the screen offers only what the server will take. The server decides.
import { isServiceRole, roles, type Role } from '@attune/policy'

/** The roles a person may invite to: an administrator all, a service lead practitioners. Data support is nominated by the lead. */
export function rolesToGive(giver: Role | undefined): readonly Role[] {
  if (giver === 'administrator') return roles
  return giver === 'service-lead' ? ['practitioner'] : []
}

/** True when the role belongs to one service, so that a service has to be named. */
export const isRoleOfService = (role: Role): boolean => isServiceRole(role)

/** True when this person may end that role; nobody ends their own, so that no service locks itself out by a slip. */
export function isEndableBy(
  giver: { readonly role: Role; readonly accountId: string } | undefined,
  person: { readonly role: Role; readonly accountId: string },
): boolean {
  if (giver === undefined || giver.accountId === person.accountId) return false
  return rolesToGive(giver.role).includes(person.role) || (giver.role === 'service-lead' && person.role === 'data-support')
}
