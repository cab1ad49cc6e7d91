// What the contract says about a route.
import type { TSchema } from 'typebox'
import type { Act } from '@attune/policy'

/** Who may knock: `open` = anybody; `enrolment` = signed in with a password at least; `second-factor` = both steps passed. */
export type Door = 'open' | 'enrolment' | 'second-factor'

export type Route = {
  readonly summary: string
  readonly door: Door
  /** What the policy is asked before the action runs. A route that reads rows also needs the header `attune-purpose`. */
  readonly act?: Act
  readonly needsPurpose?: boolean
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Largest body in bytes where it is not the usual one. */
  readonly bodyLimitBytes?: number
  readonly status?: number
  /** A schema, or the media type of a file. */
  readonly reply: TSchema | string
}
