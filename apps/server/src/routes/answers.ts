// The shape of an answer to a route of the contract's table. The door has already checked who asks, what for, and that the request fits its
// schema; the answer is given what it needs and returns the reply.
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteName, routes } from '@attune/contract'
import type { Actor } from '@attune/policy'
import type { LinkedRequest } from '../actions/acting.ts'
import type { SignedIn } from '../actions/session/find-signed-in.ts'

/** Who acts, ready for `may` and for `withActor`: the role of the grant in use, its service (`operator` for the operator's own people) and the account. */
export type Acting = Actor & {
  readonly accountId: string
  readonly grantId: string
  readonly serviceId: string
  /** The open rights request that this serves, from the header `attune-request`. */
  readonly request?: LinkedRequest
}

type DoorOf<R extends RouteName> = (typeof routes)[R]['door']

export type Asked<R extends RouteName> = {
  readonly body: BodyOf<R>
  readonly query: QueryOf<R>
  readonly params: ParamsOf<R>
  readonly signedIn: DoorOf<R> extends 'open' ? SignedIn | undefined : SignedIn
  /** Set on routes with an act; elsewhere undefined. */
  readonly actor: (typeof routes)[R] extends { readonly act: string } ? Acting : undefined
  /** The checked purpose of the header `attune-purpose`; '' when the route needs none. */
  readonly purpose: string
  readonly now: Date
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Routes whose reply is a file answer with its bytes or a stream of them. */
export type Answer<R extends RouteName> = ReplyOf<R> extends Blob ? Buffer | Readable : ReplyOf<R>

/** Answers for some of the contract's routes; the table in table.ts holds all of them. */
export type Answers = { readonly [R in RouteName]?: (asked: Asked<R>) => Promise<Answer<R>> }
