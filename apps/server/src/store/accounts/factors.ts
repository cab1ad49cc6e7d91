// Second factors of an account: authenticator app, recovery codes and passkeys. Every code works once.
import { randomBytes, randomUUID } from 'node:crypto'
import { digestToken } from '../keyring/seal.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>
const secretPlace = (accountId: string) => ({ table: 'accounts.totp_factors', row: accountId, field: 'secret' })
const namePlace = (credentialId: string) => ({ table: 'accounts.passkeys', row: credentialId, field: 'name' })

export type FactorCount = { totp: boolean; passkeys: number; recoveryCodesLeft: number; provider: boolean }

export async function countFactors(trx: Pick<Trx, 'selectFrom' | 'selectNoFrom'>, accountId: string): Promise<FactorCount> {
  const row = await trx
    .selectNoFrom((row) => [
      row
        .selectFrom('accounts.totp_factors')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('account_id', '=', accountId)
        .where('confirmed_at', 'is not', null)
        .as('totp'),
      row
        .selectFrom('accounts.passkeys')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('account_id', '=', accountId)
        .as('passkeys'),
      row
        .selectFrom('accounts.recovery_codes')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('account_id', '=', accountId)
        .where('used_at', 'is', null)
        .as('codes'),
      row
        .selectFrom('accounts.provider_links')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('account_id', '=', accountId)
        .as('links'),
    ])
    .executeTakeFirstOrThrow()
  return { totp: (row.totp ?? 0) > 0, passkeys: row.passkeys ?? 0, recoveryCodesLeft: row.codes ?? 0, provider: (row.links ?? 0) > 0 }
}

/** A second step of its own. */
export const hasFactor = ({ totp, passkeys }: FactorCount): boolean => totp || passkeys > 0

/** A way in that a letter to the account's address must not get past. */
export const isGuarded = (factors: FactorCount): boolean => hasFactor(factors) || factors.provider

export async function beginTotp(trx: Trx, keyring: Keyring, accountId: string, secret: string, at: Date): Promise<void> {
  const sealed = keyring.sealAccount(secretPlace(accountId), secret)
  await trx
    .insertInto('accounts.totp_factors')
    .values({ account_id: accountId, sealed_secret: null, confirmed_at: null, sealed_pending: sealed, begun_at: at })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ sealed_pending: sealed, begun_at: at }))
    .execute()
}

/** The secret in use or the one being set up; a set-up is void ten minutes after it began (ASVS 6.5.5). */
export async function findTotpSecret(
  trx: Trx,
  keyring: Keyring,
  accountId: string,
  which: 'in-use' | 'pending',
  now: Date,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('accounts.totp_factors')
    .select(['sealed_secret', 'sealed_pending', 'begun_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const sealed = which === 'in-use' ? row?.sealed_secret : row?.sealed_pending
  if (sealed == null) return undefined
  if (which === 'pending' && (row!.begun_at === null || row!.begun_at.getTime() + 600_000 <= now.getTime())) return undefined
  return keyring.openAccount(secretPlace(accountId), sealed).toString('utf8')
}

/** Takes a time step into use. Of any number of tries with one step exactly one gets true. */
export async function useTotpStep(trx: Trx, accountId: string, step: number): Promise<boolean> {
  const used = await trx
    .updateTable('accounts.totp_factors')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

export async function confirmTotp(trx: Trx, accountId: string, step: number, at: Date): Promise<void> {
  await trx
    .updateTable('accounts.totp_factors')
    .set((row) => ({ sealed_secret: row.ref('sealed_pending'), sealed_pending: null, begun_at: null, confirmed_at: at, last_step: step }))
    .where('account_id', '=', accountId)
    .execute()
}

const codeLetters = 'abcdefghjkmnpqrstuvwxyz023456789'

/** Ten new recovery codes of 130 bits each; the table gets their digests only. Old ones stop working. */
export async function renewRecoveryCodes(trx: Trx, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: 10 }, () => Array.from(randomBytes(26), (byte) => codeLetters[byte & 31]).join(''))
  await trx.deleteFrom('accounts.recovery_codes').where('account_id', '=', accountId).execute()
  await trx
    .insertInto('accounts.recovery_codes')
    .values(codes.map((code) => ({ account_id: accountId, digest: digestToken(code), used_at: null })))
    .execute()
  return codes.map((code) => code.match(/.{1,6}/g)!.join('-'))
}

export async function useRecoveryCode(trx: Trx, accountId: string, code: string, at: Date): Promise<boolean> {
  const digest = digestToken(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const used = await trx
    .updateTable('accounts.recovery_codes')
    .set({ used_at: at })
    .where('account_id', '=', accountId)
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

export async function addChallenge(
  trx: Trx,
  { kind, accountId, challenge, at }: { kind: 'sign-in' | 'enrol'; accountId?: string; challenge: string; at: Date },
): Promise<string> {
  const id = randomUUID()
  await trx
    .insertInto('accounts.challenges')
    .values({ challenge_id: id, kind, account_id: accountId ?? null, challenge, ends_at: new Date(at.getTime() + 300_000) })
    .execute()
  return id
}

/** Takes a challenge away; it answers once. */
export async function takeChallenge(
  trx: Trx,
  { challengeId, kind, accountId, now }: { challengeId: string; kind: 'sign-in' | 'enrol'; accountId?: string; now: Date },
): Promise<string | undefined> {
  const row = await trx
    .deleteFrom('accounts.challenges')
    .where('challenge_id', '=', challengeId)
    .where('kind', '=', kind)
    .returning(['challenge', 'account_id', 'ends_at'])
    .executeTakeFirst()
  if (row === undefined || row.ends_at <= now || row.account_id !== (accountId ?? null)) return undefined
  return row.challenge
}

export type Passkey = { credentialId: string; accountId: string; publicKey: Buffer; counter: number; transports: string[] }

export async function findPasskeys(trx: Trx, accountId: string): Promise<Passkey[]> {
  const rows = await trx
    .selectFrom('accounts.passkeys')
    .select(['credential_id', 'account_id', 'public_key', 'counter', 'transports'])
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(toPasskey)
}

export async function findPasskey(trx: Trx, credentialId: string): Promise<Passkey | undefined> {
  const row = await trx
    .selectFrom('accounts.passkeys')
    .select(['credential_id', 'account_id', 'public_key', 'counter', 'transports'])
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row && toPasskey(row)
}

function toPasskey(row: { credential_id: string; account_id: string; public_key: Buffer; counter: number; transports: string[] }): Passkey {
  return { credentialId: row.credential_id, accountId: row.account_id, publicKey: row.public_key, counter: row.counter, transports: row.transports }
}

export async function addPasskey(trx: Trx, keyring: Keyring, passkey: Passkey, name: string, at: Date): Promise<void> {
  await trx
    .insertInto('accounts.passkeys')
    .values({
      credential_id: passkey.credentialId,
      account_id: passkey.accountId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      name_sealed: keyring.sealAccount(namePlace(passkey.credentialId), name),
      made_at: at,
      used_at: null,
    })
    .execute()
}

export async function notePasskeyUse(trx: Trx, credentialId: string, counter: number, at: Date): Promise<void> {
  await trx.updateTable('accounts.passkeys').set({ counter, used_at: at }).where('credential_id', '=', credentialId).execute()
}

/** Takes away every way of signing in that the account has. */
export async function removeFactors(trx: Trx, accountId: string): Promise<void> {
  await trx.deleteFrom('accounts.totp_factors').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('accounts.recovery_codes').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('accounts.passkeys').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('accounts.provider_links').where('account_id', '=', accountId).execute()
  await trx.updateTable('accounts.accounts').set({ password_hash: null, password_at: null }).where('account_id', '=', accountId).execute()
}
