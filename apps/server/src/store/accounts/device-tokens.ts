// Tokens of other programs. The table holds a digest, so nobody who reads it can use one. A token is bound to one grant of one account and to one
// scope: `collect` fetches forms and sends records (ODK Collect, KoboCollect), `read` reads the service's records (Excel, Power BI),
// `analyse` fetches aggregates of all services.
import { randomBytes, randomUUID } from 'node:crypto'
import { digestToken } from '../keyring/seal.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Database } from '../pool.ts'
import { readOnce, type Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>

/** A phone that is used is connected again once in half a year; ten at a time are plenty for one person. */
export const deviceLimits = { lastsMs: 183 * 24 * 60 * 60_000, perPerson: 10 } as const

const place = (deviceId: string) => ({ table: 'accounts.device_tokens', row: deviceId, field: 'name' })

export type TokenScope = 'collect' | 'read' | 'analyse'

export type Device = {
  readonly scope: TokenScope
  readonly deviceId: string
  readonly accountId: string
  readonly grantId: string
  readonly serviceId: string
  readonly name: string
  readonly madeAt: Date
  readonly endsAt: Date
  readonly usedOn: string | undefined
}

export type NewDevice = {
  readonly scope: TokenScope
  readonly accountId: string
  readonly grantId: string
  readonly serviceId: string
  readonly name: string
  readonly at: Date
}

/** Connects an app. The token is returned once and kept nowhere. */
export async function addDevice(
  trx: Trx,
  keyring: Keyring,
  { scope, accountId, grantId, serviceId, name, at }: NewDevice,
): Promise<Device & { token: string }> {
  // Kobo's clients check that a token looks like one of Kobo's (robotoolbox: 40 hexadecimal digits).
  const token = scope === 'read' ? randomBytes(20).toString('hex') : randomBytes(32).toString('base64url')
  const deviceId = randomUUID()
  const endsAt = new Date(at.getTime() + deviceLimits.lastsMs)
  await trx
    .insertInto('accounts.device_tokens')
    .values({
      device_id: deviceId,
      scope,
      digest: digestToken(token),
      account_id: accountId,
      grant_id: grantId,
      grant_service: serviceId,
      name_sealed: keyring.sealAccount(place(deviceId), name),
      made_at: at,
      ends_at: endsAt,
      used_on: null,
      ended_at: null,
    })
    .execute()
  return { deviceId, scope, accountId, grantId, serviceId, name, madeAt: at, endsAt, usedOn: undefined, token }
}

/** Connected apps, the newest first: of one account, of one service, or all. */
export async function findDevices(
  trx: Pick<Trx, 'selectFrom'>,
  keyring: Keyring,
  of: { readonly accountId?: string; readonly serviceId?: string; readonly scope?: TokenScope },
  now: Date,
): Promise<Device[]> {
  let query = trx.selectFrom('accounts.device_tokens').selectAll().where('ended_at', 'is', null).where('ends_at', '>', now)
  if (of.accountId !== undefined) query = query.where('account_id', '=', of.accountId)
  if (of.serviceId !== undefined) query = query.where('grant_service', '=', of.serviceId)
  if (of.scope !== undefined) query = query.where('scope', '=', of.scope)
  return (await query.orderBy('made_at', 'desc').orderBy('device_id').limit(2_000).execute()).map((row) => ({
    deviceId: row.device_id,
    scope: row.scope,
    accountId: row.account_id,
    grantId: row.grant_id,
    serviceId: row.grant_service,
    name: keyring.openAccount(place(row.device_id), row.name_sealed).toString('utf8'),
    madeAt: row.made_at,
    endsAt: row.ends_at,
    usedOn: row.used_on ?? undefined,
  }))
}

export type DeviceInUse = Pick<Device, 'deviceId' | 'scope' | 'accountId' | 'grantId' | 'serviceId' | 'usedOn'> & { readonly over: boolean }

/** The app that a token belongs to; `over` when it was disconnected, is out of date or its owner may not sign in. */
export async function findDevice(database: Database<AccountsTables>, token: string, now: Date): Promise<DeviceInUse | undefined> {
  if (!/^(?:[A-Za-z0-9_-]{43}|[0-9a-f]{40})$/.test(token)) return undefined
  const [row] = await readOnce<{
    device_id: string
    scope: TokenScope
    account_id: string
    grant_id: string
    grant_service: string
    used_on: string | null
    ends_at: Date
    ended_at: Date | null
    disabled_at: Date | null
  }>(
    database,
    { role: 'door' },
    'sign-in',
    `select d.device_id, d.scope, d.account_id, d.grant_id, d.grant_service, d.used_on, d.ends_at, d.ended_at, a.disabled_at
     from accounts.device_tokens d join accounts.accounts a using (account_id) where d.digest = '\\x${digestToken(token).toString('hex')}'`,
  )
  if (row === undefined) return undefined
  return {
    deviceId: row.device_id,
    scope: row.scope,
    accountId: row.account_id,
    grantId: row.grant_id,
    serviceId: row.grant_service,
    usedOn: row.used_on ?? undefined,
    over: row.ended_at !== null || row.disabled_at !== null || row.ends_at <= now,
  }
}

export async function noteDeviceUse(trx: Trx, deviceId: string, day: string): Promise<void> {
  await trx.updateTable('accounts.device_tokens').set({ used_on: day }).where('device_id', '=', deviceId).execute()
}

/** Disconnects an app at once. False when it is not among those that the filter names, or was disconnected before. */
export async function endDevice(
  trx: Trx,
  deviceId: string,
  of: { readonly accountId?: string; readonly serviceId?: string },
  at: Date,
): Promise<boolean> {
  let query = trx.updateTable('accounts.device_tokens').set({ ended_at: at }).where('device_id', '=', deviceId).where('ended_at', 'is', null)
  if (of.accountId !== undefined) query = query.where('account_id', '=', of.accountId)
  if (of.serviceId !== undefined) query = query.where('grant_service', '=', of.serviceId)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}
