// Sessions. The cookie holds a random token, the table its SHA-256. A session that proved more gets a new token (ASVS 7.2.4).
import { randomBytes } from 'node:crypto'
import type { Database } from '../pool.ts'
import { digestToken } from '../keyring/seal.ts'
import { askOnLine } from '../call-once.ts'
import { gatherFor } from '../gather.ts'
import type { Transaction } from '../with-actor.ts'
import type { AccountsTables, Assurance, FactorKind } from './accounts-tables.ts'

const minute = 60_000
/** ASVS 7.3.1 and 7.3.2: unused for half an hour or twelve hours old, a session is over. One that lacks its second step is short. */
export const sessionLimits = { idleMs: 30 * minute, wholeMs: 12 * 60 * minute, passwordOnlyMs: 20 * minute, confirmedMs: 5 * minute }
const seenEveryMs = minute
const sessionsAtOnce = 200

export type Session = {
  digest: Buffer
  accountId: string
  assurance: Assurance
  factor: FactorKind | undefined
  grantId: string | undefined
  grantService: string | undefined
  confirmedAt: Date
  seenAt: Date
  endsAt: Date
}

export type NewSession = {
  accountId: string
  assurance: Assurance
  factor?: FactorKind
  grantId?: string
  grantService?: string
  at: Date
  confirmedAt?: Date
}

/** Opens a session and returns its token, which exists nowhere else. */
export async function openSession(
  trx: Transaction<AccountsTables>,
  { accountId, assurance, factor, grantId, grantService, at, confirmedAt = at }: NewSession,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const lastsMs = assurance === 'second-factor' ? sessionLimits.wholeMs : sessionLimits.passwordOnlyMs
  await trx
    .insertInto('accounts.sessions')
    .values({
      digest: digestToken(token),
      account_id: accountId,
      assurance,
      factor: factor ?? null,
      grant_id: grantId ?? null,
      grant_service: grantService ?? null,
      begun_at: at,
      confirmed_at: confirmedAt,
      seen_at: at,
      ends_at: new Date(at.getTime() + lastsMs),
    })
    .execute()
  return token
}

type SessionRow = {
  account_id: string
  assurance: Assurance
  factor: FactorKind | null
  grant_id: string | null
  grant_service: string | null
  confirmed_at: Date
  seen_at: Date
  ends_at: Date
}

// Every request asks, so those that come while one question is under way are asked together in the next. None is answered by a question that
// was put before it came: a session that was ended stays ended.
const seek = gatherFor(
  async (database: Database<AccountsTables>, digests: readonly Buffer[]): Promise<(SessionRow | undefined)[]> => {
    const rows = await askOnLine<SessionRow & { digest: Buffer }>(database, { role: 'door' }, 'sign-in', {
      name: 'find-sessions',
      text: `select s.digest, s.account_id, s.assurance, s.factor, s.grant_id, s.grant_service, s.confirmed_at, s.seen_at, s.ends_at
      from accounts.sessions s join accounts.accounts a using (account_id)
      where s.digest = any ($1) and a.disabled_at is null`,
      values: [digests],
    })
    return digests.map((digest) => rows.find((row) => row.digest.equals(digest)))
  },
  { limit: sessionsAtOnce },
)

/** The living session of a token. */
export async function findSession(database: Database<AccountsTables>, token: string, now: Date): Promise<Session | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined
  const digest = digestToken(token)
  const row = await seek(database, digest)
  if (row === undefined || row.ends_at <= now || row.seen_at.getTime() + sessionLimits.idleMs <= now.getTime()) return undefined
  return {
    digest,
    accountId: row.account_id,
    assurance: row.assurance,
    factor: row.factor ?? undefined,
    grantId: row.grant_id ?? undefined,
    grantService: row.grant_service ?? undefined,
    confirmedAt: row.confirmed_at,
    seenAt: row.seen_at,
    endsAt: row.ends_at,
  }
}

/** Whether it is time to note that the session is in use; once a minute is exact enough and saves a write per request. */
export const isSeenOld = (session: Session, now: Date): boolean => now.getTime() - session.seenAt.getTime() >= seenEveryMs

export async function noteSeen(trx: Transaction<AccountsTables>, digest: Buffer, at: Date): Promise<void> {
  await trx.updateTable('accounts.sessions').set({ seen_at: at }).where('digest', '=', digest).execute()
}

export async function chooseGrant(trx: Transaction<AccountsTables>, digest: Buffer, grant: { grantId: string; serviceId: string }): Promise<void> {
  await trx.updateTable('accounts.sessions').set({ grant_id: grant.grantId, grant_service: grant.serviceId }).where('digest', '=', digest).execute()
}

export async function endSession(trx: Transaction<AccountsTables>, digest: Buffer): Promise<void> {
  await trx.deleteFrom('accounts.sessions').where('digest', '=', digest).execute()
}

/** Signs the account out everywhere. */
export async function endSessionsOf(trx: Transaction<AccountsTables>, accountId: string): Promise<void> {
  await trx.deleteFrom('accounts.sessions').where('account_id', '=', accountId).execute()
}

/** Removes what nobody can use any more. */
export async function sweepSessions(trx: Transaction<AccountsTables>, now: Date): Promise<void> {
  await trx.deleteFrom('accounts.sessions').where('ends_at', '<=', now).execute()
  await trx.deleteFrom('accounts.challenges').where('ends_at', '<=', now).execute()
  await trx.deleteFrom('accounts.provider_visits').where('ends_at', '<=', now).execute()
  // The name that somebody gave to a phone is of no use once the app is long disconnected; the log keeps its number.
  const longOver = new Date(now.getTime() - 90 * 24 * 60 * minute)
  await trx
    .deleteFrom('accounts.device_tokens')
    .where((either) => either.or([either('ended_at', '<=', longOver), either('ends_at', '<=', longOver)]))
    .execute()
  await trx
    .deleteFrom('accounts.tries')
    .where('window_start', '<', new Date(now.getTime() - 24 * 60 * minute))
    .execute()
}
