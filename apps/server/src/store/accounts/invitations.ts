// Invitations: one use, seven days, bound to an address, a role and a service. The table holds the token's digest only.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Role } from '@attune/policy'
import { digestToken } from '../keyring/seal.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import { hashEmail, toEmailKey } from './accounts.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>
const lastsMs = 7 * 24 * 60 * 60_000
const place = (id: string) => ({ table: 'accounts.invitations', row: id, field: 'email' })

export type Invitation = { invitationId: string; email: string; role: Role; serviceId: string; invitedBy: string | undefined; endsAt: Date }

/** Makes an invitation; the token is returned once and kept nowhere. An earlier open one for the same address, role and service ends. */
export async function addInvitation(
  trx: Trx,
  keyring: Keyring,
  { email, role, serviceId, invitedBy, at }: { email: string; role: Role; serviceId: string; invitedBy?: string; at: Date },
): Promise<{ token: string; endsAt: Date; invitationId: string }> {
  const token = randomBytes(32).toString('base64url')
  const invitationId = randomUUID()
  const endsAt = new Date(at.getTime() + lastsMs)
  const emailHash = hashEmail(keyring, email)
  await trx
    .updateTable('accounts.invitations')
    .set({ revoked_at: at })
    .where('email_hash', '=', emailHash)
    .where('role', '=', role)
    .where('service_id', '=', serviceId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  await trx
    .insertInto('accounts.invitations')
    .values({
      invitation_id: invitationId,
      token_digest: digestToken(token),
      email_hash: emailHash,
      sealed_email: keyring.sealAccount(place(invitationId), toEmailKey(email)),
      role,
      service_id: serviceId,
      invited_by: invitedBy ?? null,
      made_at: at,
      ends_at: endsAt,
      used_at: null,
      revoked_at: null,
    })
    .execute()
  return { token, endsAt, invitationId }
}

const columns = ['invitation_id', 'sealed_email', 'role', 'service_id', 'invited_by', 'ends_at'] as const
type Row = { invitation_id: string; sealed_email: Buffer; role: string; service_id: string; invited_by: string | null; ends_at: Date }

function toInvitation(keyring: Keyring, row: Row): Invitation {
  return {
    invitationId: row.invitation_id,
    email: keyring.openAccount(place(row.invitation_id), row.sealed_email).toString('utf8'),
    role: row.role as Role,
    serviceId: row.service_id,
    invitedBy: row.invited_by ?? undefined,
    endsAt: row.ends_at,
  }
}

/** The invitation of a token while it can be used. */
export async function findInvitation(trx: Trx, keyring: Keyring, token: string, now: Date): Promise<Invitation | undefined> {
  const row = await trx
    .selectFrom('accounts.invitations')
    .select(columns)
    .where('token_digest', '=', digestToken(token))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('ends_at', '>', now)
    .executeTakeFirst()
  return row && toInvitation(keyring, row)
}

/** Uses an invitation up. Of any number of tries exactly one gets true. */
export async function useInvitation(trx: Trx, invitationId: string, at: Date): Promise<boolean> {
  const used = await trx
    .updateTable('accounts.invitations')
    .set({ used_at: at })
    .where('invitation_id', '=', invitationId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** Open invitations of one service, or of all of them. */
export async function findOpenInvitations(
  trx: Pick<Trx, 'selectFrom'>,
  keyring: Keyring,
  serviceId: string | undefined,
  now: Date,
): Promise<Invitation[]> {
  let query = trx
    .selectFrom('accounts.invitations')
    .select(columns)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('ends_at', '>', now)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  return (await query.orderBy('made_at').limit(500).execute()).map((row) => toInvitation(keyring, row))
}

/** Invitations that ended without being taken up. */
export async function findEndedUnused(trx: Pick<Trx, 'selectFrom'>, now: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom('accounts.invitations')
    .select('invitation_id')
    .where('used_at', 'is', null)
    .where((any) => any.or([any('ends_at', '<=', now), any('revoked_at', 'is not', null)]))
    .execute()
  return rows.map((row) => row.invitation_id)
}

/** Removes invitations that were made before an instant, used or not. Returns how many. */
export async function removeInvitations(trx: Trx, madeBefore: Date): Promise<number> {
  return Number((await trx.deleteFrom('accounts.invitations').where('made_at', '<', madeBefore).executeTakeFirst()).numDeletedRows)
}
