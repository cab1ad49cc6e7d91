import type { Role } from '@attune/policy'

/** Who acts, as the door found out: the role of the grant in use, its service (`operator` for the operator's own people) and the account. */
export type Acting = { readonly role: Role; readonly serviceId: string; readonly accountId: string; readonly request?: LinkedRequest }

/** An open request that rows are opened for: a rights request, for those of its client; a lost code, for one practitioner's of one day. */
export type LinkedRequest = {
  readonly reference: string
  readonly serviceId: string
  readonly clientId: string | null
  readonly lostCode?: { readonly practitionerId: string; readonly sessionOn: string }
}
