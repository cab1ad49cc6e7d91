// The roles that a PostgreSQL server needs before our tables: an owner nobody can log in as, one login that owns and
// inherits nothing, and one acting role per kind of actor that the login may step into for a transaction.
import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { actingRoleNames } from './with-actor.ts'

export const ownerRole = 'attune_owner'
export const loginRole = 'attune_app'
/** Logins with one task each, apart from the application's: to seal the log, and to read what a backup holds. */
export const sealerRole = 'attune_sealer'
export const backupRole = 'attune_backup'
const taskRoles = [sealerRole, backupRole] as const

/** The password of a login with one task follows from the application's, which follows from the root key. */
export const toTaskPassword = (loginPassword: string, role: (typeof taskRoles)[number]): string =>
  createHmac('sha256', loginPassword).update(role).digest('base64url')

/** Makes the roles that are missing and sets the login's password. Safe to repeat and to race. */
export async function createRoles(admin: pg.ClientBase, loginPassword: string): Promise<void> {
  await admin.query(rolesStatement())
  await admin.query(`alter role ${loginRole} with login noinherit password ${admin.escapeLiteral(loginPassword)}`)
  for (const role of taskRoles)
    await admin.query(`alter role ${role} with login noinherit password ${admin.escapeLiteral(toTaskPassword(loginPassword, role))}`)
  // Our statements are short: compiling one takes longer than running it.
  await admin.query(`alter role ${loginRole} set jit = off`)
  const held = await admin.query<{ name: string }>(
    `select role.rolname as name from pg_auth_members m join pg_roles role on role.oid = m.roleid join pg_roles member on member.oid = m.member where member.rolname = $1`,
    [loginRole],
  )
  const missing = actingRoleNames.filter((name) => !held.rows.some((row) => row.name === name))
  if (missing.length > 0) await admin.query(`grant ${missing.join(', ')} to ${loginRole}`)
}

/** Makes the roles that are missing, without their passwords; needs nothing of ours. */
export function rolesStatement(): string {
  const create = (name: string, how: string) =>
    `if not exists (select from pg_roles where rolname = '${name}') then begin create role ${name} ${how}; exception when duplicate_object or unique_violation then null; end; end if;`
  const roles = [
    create(ownerRole, 'nologin'),
    ...[loginRole, ...taskRoles].map((name) => create(name, 'login noinherit')),
    ...actingRoleNames.map((name) => create(name, 'nologin noinherit')),
  ]
  return `do $$ begin ${roles.join('\n')} end $$; grant ${ownerRole} to current_user`
}

/** Lets the backup's login read every table that has an owner of ours, those of later migrations included. It can change nothing. */
export const backupRights = `do $$
declare t record;
begin
  for t in select n.nspname, c.relname, c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and pg_get_userbyid(c.relowner) = '${ownerRole}' loop
    if not exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'backup') then
      execute format('grant usage on schema %I to ${backupRole}', t.nspname);
      execute format('grant select on %I.%I to ${backupRole}', t.nspname, t.relname);
      execute format('create policy backup on %I.%I for select to ${backupRole} using (true)', t.nspname, t.relname);
    end if;
  end loop;
end $$`
