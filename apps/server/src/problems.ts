// How the server says no. Code below the door throws a Problem; the door turns it into application/problem+json.
import type { Problem as WireProblem, ProblemCode } from '@attune/contract'
import type { Refusal, Said } from '@attune/policy'

export type ProblemMore = { fields?: NonNullable<WireProblem['fields']>; detail?: string; said?: Said; retryAfterSeconds?: number }

/** An expected refusal with a code of the contract's catalogue. Its parts never hold an answer or an identity. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly more: ProblemMore

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.more = more
  }
}

/** A decision's sentence as the detail of a problem, with its key. */
export const telling = ({ sentence, said }: Refusal): ProblemMore => ({ detail: sentence, ...(said !== undefined && { said }) })

/** Ends the request with a problem: `?? raise('not-found')`. */
export function raise(code: ProblemCode, more: ProblemMore = {}): never {
  throw new Problem(code, more)
}

/** Raised when sealed bytes were changed, moved, or belong to another key. A fault, not an expected refusal; it names the place, never the content. */
export class SealBroken extends Error {
  constructor({ table, row, field }: { readonly table: string; readonly row: string; readonly field: string }) {
    super(`The sealed field ${table}.${field} of row ${row} does not open: it was changed or moved, or its key is another one.`)
    this.name = 'SealBroken'
  }
}
