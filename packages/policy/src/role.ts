/** The roles a grant can give. One person may hold several grants; each request is made under one of them. */
export const roles = ['practitioner', 'service-lead', 'data-support', 'administrator', 'auditor', 'analyst'] as const
export type Role = (typeof roles)[number]

/** Roles that belong to one service. The others work for the operator, across services. */
export const serviceRoles = ['practitioner', 'service-lead', 'data-support'] as const satisfies readonly Role[]

export function isRole(word: unknown): word is Role {
  return typeof word === 'string' && (roles as readonly string[]).includes(word)
}

export function isServiceRole(role: Role): boolean {
  return (serviceRoles as readonly Role[]).includes(role)
}

export const roleLabels: { readonly [role in Role]: string } = {
  practitioner: 'practitioner',
  'service-lead': 'service lead',
  'data-support': 'data support',
  administrator: 'administrator',
  auditor: 'auditor',
  analyst: 'analyst',
}
