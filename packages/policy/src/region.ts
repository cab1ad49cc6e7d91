// Where data may be. A server says where it stands; a place that the policy does not list stops it before it opens.
import { allowed, refused, type Decision } from './decision.ts'
import type { Policy } from './policy.ts'

/** Decides whether data of a programme may be kept in a region. `says` begins the sentence about whatever is there: this server, or a store that it uses. */
export function mayKeepIn(policy: Pick<Policy, 'regions'>, region: string, says = 'This server says that it is in'): Decision {
  if (policy.regions.some((place) => place.code === region)) return allowed
  const places = policy.regions.map((place) => `${place.code} (${place.label})`).join(', ')
  return refused('region-not-allowed', `The policy rule "regions" keeps data in ${places}. ${says} "${region}", so it must not start.`)
}
