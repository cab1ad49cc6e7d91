// An event as the seal sees it: every word of it in a fixed order.
import { hashLeaf } from './merkle.ts'

export type SealedEvent = {
  readonly event_id: number
  /** Microseconds since 1970: exact, whatever the time zone and the driver. */
  readonly at: string
  readonly service_id: string
  readonly account_id: string | null
  readonly role: string
  readonly action: string
  readonly purpose: string
  readonly outcome: string
  /** PostgreSQL's own writing of the jsonb, which is the same for equal content. */
  readonly detail: string
}

/** The columns of log.events, alias e, as a SealedEvent. */
export const sealedColumns = `e.event_id, (extract(epoch from e.at) * 1000000)::bigint::text as at, e.service_id, e.account_id::text as account_id, e.role, e.action, e.purpose, e.outcome, e.detail::text as detail`

export function hashEvent(event: SealedEvent): Buffer {
  const { event_id, at, service_id, account_id, role, action, purpose, outcome, detail } = event
  return hashLeaf(Buffer.from(JSON.stringify(['attune event 1', event_id, at, service_id, account_id, role, action, purpose, outcome, detail])))
}
