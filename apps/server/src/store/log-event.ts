// Adds a line to the log. Give it the transaction of the work that it records, so that neither stands without the other.
import { sql } from 'kysely'
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

export type LogLine = {
  /** The service that it is about; `operator` when it is about none. */
  serviceId: string
  accountId?: string
  /** Role of the grant in use, or `system`, `door`. */
  role: string
  /** `noun.verb`. */
  action: string
  purpose?: string
  outcome: 'done' | 'refused' | 'failed'
  /** Ids, counts and codes of reasons; never an answer, a name, an e-mail address or a client code. */
  detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** Records what happened. The database stamps the time. */
export async function logEvent(
  trx: Transaction<AttuneTables>,
  { serviceId, accountId, role, action, purpose = '', outcome, detail = {} }: LogLine,
): Promise<void> {
  await sql`insert into log.events (service_id, account_id, role, action, purpose, outcome, detail)
    values (${serviceId}, ${accountId ?? null}, ${role}, ${action}, ${purpose}, ${outcome}, ${JSON.stringify(detail)})`.execute(trx)
}
