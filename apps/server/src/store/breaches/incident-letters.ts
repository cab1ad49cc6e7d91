// The letters of an incident: noted with the decision that calls for them, one row a person, and marked one by one as they go.
import { sql } from 'kysely'
import type { BreachKind } from '@attune/policy'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { BreachNotice } from './breach-tables.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>

export type Queue = { readonly breachId: string; readonly services: readonly string[]; readonly today: string; readonly at: Date }

/** Notes a letter for each lead of those services whose records an incident may concern. A lead whose access is not in force gets none. */
export async function queueForLeads(
  trx: Trx,
  what: Extract<BreachNotice, 'first' | 'tell-clients'>,
  { breachId, services, today, at }: Queue,
): Promise<void> {
  await sql`insert into breach.notices (service_id, breach_id, notice_id, to_role, what, account_id, records, queued_at)
    select c."serviceId", ${breachId}, gen_random_uuid(), 'service-lead', ${what}, g.account_id, c.clients, ${at}
    from breach.breaches b, jsonb_to_recordset(b.affected) c ("serviceId" text, clients integer),
      lateral (select distinct account_id from policy.access_grants g where g.service_id = c."serviceId" and g.role = 'service-lead'
        and g.ended_at is null and (g.review_on is null or g.review_on >= ${today})) g
    where b.service_id = 'operator' and b.breach_id = ${breachId} and c.clients > 0 and c."serviceId" = any (${[...services]}::text[])`.execute(trx)
}

/** Notes a letter for each practitioner whose name stands on a record that an incident may concern. */
export async function queueForPractitioners(trx: Trx, { breachId, services, at }: Queue): Promise<void> {
  await sql`insert into breach.notices (service_id, breach_id, notice_id, to_role, what, account_id, records, queued_at)
    select service_id, ${breachId}, gen_random_uuid(), 'practitioner', 'practitioner', account_id, 0, ${at}
    from (select distinct p.service_id, p.account_id from breach.affected_records f
      join identity.practitioners p on p.service_id = f.service_id and p.practitioner_id = f.practitioner_id
      where f.service_id = any (${[...services]}::text[]) and f.breach_id = ${breachId} and p.account_id is not null) one`.execute(trx)
}

export type WaitingLetter = {
  readonly serviceId: string
  readonly breachId: string
  readonly noticeId: string
  readonly what: BreachNotice
  readonly accountId: string
  readonly kind: BreachKind
  readonly number: number
  readonly foundAt: Date
  readonly recordedAt: Date
}

/** Letters that wait, the oldest first; those of one service stand together. */
export async function findWaitingLetters(trx: Reading, limit: number): Promise<WaitingLetter[]> {
  const rows = await trx
    .selectFrom('breach.notices as n')
    .innerJoin('breach.breaches as b', 'b.breach_id', 'n.breach_id')
    .select(['n.service_id', 'n.breach_id', 'n.notice_id', 'n.what', 'n.account_id', 'b.kind', 'b.number', 'b.found_at', 'b.recorded_at'])
    .where('n.sent_at', 'is', null)
    .orderBy('n.queued_at')
    .orderBy('n.breach_id')
    .orderBy('n.service_id')
    .orderBy('n.what', 'desc')
    .orderBy('n.notice_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    serviceId: row.service_id,
    breachId: row.breach_id,
    noticeId: row.notice_id,
    what: row.what,
    accountId: row.account_id,
    kind: row.kind,
    number: row.number,
    foundAt: row.found_at,
    recordedAt: row.recorded_at,
  }))
}

type Which = Pick<WaitingLetter, 'serviceId' | 'noticeId'>

/** Marks a letter as gone. False when another process has it in hand. */
export async function takeLetter(trx: Trx, { serviceId, noticeId }: Which, at: Date): Promise<boolean> {
  const taken = await trx
    .updateTable('breach.notices')
    .set({ sent_at: at })
    .where('service_id', '=', serviceId)
    .where('notice_id', '=', noticeId)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** Takes back a letter that nobody is left to get. False when it is gone already. */
export async function removeLetter(trx: Trx, { serviceId, noticeId }: Which): Promise<boolean> {
  const removed = await trx
    .deleteFrom('breach.notices')
    .where('service_id', '=', serviceId)
    .where('notice_id', '=', noticeId)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  return removed.numDeletedRows > 0n
}

export type SentNotice = { readonly serviceName: string; readonly toRole: string; readonly what: BreachNotice; readonly sentAt: Date }
export type LetterCounts = { readonly letters: number; readonly lettersSent: number }

/** How many letters an incident has, and how many of them are gone. */
export async function countLetters(trx: Reading, breachId: string): Promise<LetterCounts> {
  const { rows } = await sql<{ letters: number; sent: number }>`
    select count(*) as letters, count(sent_at) as sent from breach.notices where breach_id = ${breachId}`.execute(trx as never)
  return { letters: rows[0]!.letters, lettersSent: rows[0]!.sent }
}

/** The letters of an incident that are gone, in their order; the last two thousand of them. */
export async function findSentNotices(trx: Reading, breachId: string): Promise<SentNotice[]> {
  const rows = await trx
    .selectFrom('breach.notices as n')
    .innerJoin('policy.services as s', 's.service_id', 'n.service_id')
    .select(['s.name', 'n.to_role', 'n.what', 'n.sent_at'])
    .where('n.breach_id', '=', breachId)
    .where('n.sent_at', 'is not', null)
    .orderBy('n.sent_at', 'desc')
    .orderBy('n.what')
    .limit(2_000)
    .execute()
  return rows.reverse().map((row) => ({ serviceName: row.name, toRole: row.to_role, what: row.what, sentAt: row.sent_at! }))
}
