import type { Problem, ProblemCode } from '@attune/contract'
import { say } from './messages/index.ts'

/**
 * Why a request did not do what was asked, in words for the person.
 * `offline`: nothing was reached. `portal`: the network answered in the server's place. `signed-out`: the session is over.
 * `second-step`: the session lacks its second step, or needs it afresh. `server`: the server failed. `refused`: it looked and said no.
 */
export type RefusalKind = 'offline' | 'portal' | 'signed-out' | 'second-step' | 'server' | 'refused'

export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly status: number
  readonly code: ProblemCode | undefined
  readonly title: string
  readonly next: string
  readonly fields: NonNullable<Problem['fields']>
  /** The number of a fault on the server, to tell support. */
  readonly number: string | undefined
  /** When the server said how long to wait. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: RefusalKind,
    words: { title: string; next: string },
    more: { status?: number; problem?: Problem; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(words.title)
    this.name = 'Refusal'
    this.kind = kind
    this.title = words.title
    this.next = words.next
    this.status = more.status ?? 0
    this.code = more.problem?.code as ProblemCode | undefined
    this.fields = more.problem?.fields ?? []
    this.number = more.problem?.instance
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

export const offlineRefusal = (): Refusal => new Refusal('offline', { title: say('error.offline'), next: say('error.offlineNext') })
export const portalRefusal = (): Refusal => new Refusal('portal', { title: say('error.portal'), next: say('error.portalNext') })
export const serverRefusal = (status: number): Refusal =>
  new Refusal('server', { title: say('error.server'), next: say('error.serverNext') }, { status })

/** Turns anything thrown into words; what is not a Refusal is a fault of this app. */
export function toRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  return new Refusal('server', { title: say('error.unexpected'), next: say('error.unexpectedNext') })
}
