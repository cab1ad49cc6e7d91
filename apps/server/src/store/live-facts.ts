// How the controls stand at this moment, counted: what the assurance page and nobody else asks.
import { sql } from 'kysely'
import type { AccountsTables } from './accounts/accounts-tables.ts'
import type { AttuneTables } from './attune-tables.ts'
import type { Database } from './pool.ts'
import { withReader, type Transaction } from './with-actor.ts'

type Trx = Pick<Transaction<AttuneTables>, 'selectFrom'>

/** Tables of ours in a database that do not force row security, by name. */
export async function findUnguardedTables<Tables>(database: Database<Tables>, role: 'system' | 'door' | 'keys'): Promise<string[]> {
  return withReader(database, { role }, 'assurance', async (trx) => {
    const { rows } = await sql<{ name: string }>`select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\\_%'
        and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`.execute(trx as never)
    return rows.map((row) => row.name)
  })
}

export type LiveFacts = {
  /** Everybody with a role: the ids, with commas between. They are only passed on, and a nation of rows would take a tenth of a second to unpack. */
  readonly accounts: string
  readonly grantsToReview: number
  readonly editionsWithTwoTexts: readonly string[]
  readonly practitioners: number
  readonly practitionersToSign: number
  readonly liveWithoutTerms: number
  /** Requests that wait for an answer, and those past their day. */
  readonly requests: { readonly open: number; readonly overdue: number }
  /** When retention last ended a run; undefined before its first. */
  readonly retentionRanAt: Date | undefined
  readonly lastBackups: readonly { readonly cycle: string; readonly madeAt: Date; readonly state: string }[]
}

/** Counts over all services; no row of a person or a client leaves with them. */
export async function readLiveFacts(trx: Trx, { today, edition }: { readonly today: string; readonly edition: string }): Promise<LiveFacts> {
  const one = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(trx as never)).rows
  const [accounts] = await one(
    sql<{ ids: string | null }>`select string_agg(distinct account_id::text, ',') as ids from policy.access_grants where ended_at is null`,
  )
  const [grants] = await one(
    sql<{ count: number }>`select count(*) as count from policy.access_grants where ended_at is null and review_on < ${today}`,
  )
  const editions = await one(sql<{ edition: string }>`select edition from policy.policy_versions group by programme_id, edition having count(*) > 1`)
  const [signed] = await one(sql<{ all: number; to_sign: number }>`
    select count(*) as all, count(*) filter (where not exists (select from identity.practitioner_consents c where c.service_id = p.service_id
      and c.practitioner_id = p.practitioner_id and c.edition = ${edition} and c.withdrawn_at is null and c.removed_at is null)) as to_sign
    from identity.practitioners p where p.status = 'active'`)
  const [services] = await one(
    sql<{ count: number }>`select count(*) as count from policy.services where status = 'live' and processor_terms_on is null`,
  )
  const [requests] = await one(
    sql<{ open: number; overdue: number }>`select count(*) as open, count(*) filter (where due_on < ${today}) as overdue
      from rights.requests where state in ('received', 'confirmed', 'proposed') and linked_to is null`,
  )
  const [retention] = await one(sql<{ at: Date | null }>`select max(ended_at) as at from retention.runs`)
  const backups = await one(sql<{ cycle: string; made_at: Date; state: string }>`
    select distinct on (cycle) cycle, made_at, state from policy.backups where kind = 'data' and state in ('verified', 'failed') order by cycle, made_at desc`)
  return {
    accounts: accounts?.ids ?? '',
    grantsToReview: grants!.count,
    editionsWithTwoTexts: editions.map((row) => row.edition),
    practitioners: signed!.all,
    practitionersToSign: signed!.to_sign,
    liveWithoutTerms: services!.count,
    requests: requests!,
    retentionRanAt: retention?.at ?? undefined,
    lastBackups: backups.map((row) => ({ cycle: row.cycle, madeAt: row.made_at, state: row.state })),
  }
}

/** How many of some accounts can sign in without a second step of their own. */
export async function countWithoutFactor(database: Database<AccountsTables>, accounts: LiveFacts['accounts']): Promise<number> {
  return withReader(database, { role: 'door' }, 'assurance', async (trx) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from accounts.accounts a
      where a.account_id = any (string_to_array(${accounts}, ',')::uuid[]) and a.disabled_at is null and a.demo_person is null
        and not exists (select from accounts.totp_factors t where t.account_id = a.account_id and t.confirmed_at is not null)
        and not exists (select from accounts.passkeys p where p.account_id = a.account_id)`.execute(trx as never)
    return rows[0]!.count
  })
}

/** The last time that the whole log was read again and compared with what was sealed. */
export async function findLastVerification(trx: Trx): Promise<{ readonly verifiedAt: Date; readonly findings: number } | undefined> {
  const { rows } = await sql<{ verified_at: Date; findings: number }>`
    select verified_at, jsonb_array_length(findings) as findings from log.verifications order by verified_at desc limit 1`.execute(trx as never)
  return rows[0] && { verifiedAt: rows[0].verified_at, findings: rows[0].findings }
}
