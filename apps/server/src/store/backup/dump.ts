// Writes a database as plain SQL that `psql` reads without us: roles, our migrations as they are, the rows as COPY, then the counters. One
// moment in time, whatever is written meanwhile. What a restore builds again (scores, sums) and what only a running server needs is left out.
import pg from 'pg'
import { migrationsFolder, type DatabaseName } from '../postgres-databases.ts'
import { readMigrations } from '../migrate.ts'
import { rolesStatement } from '../postgres-roles.ts'
import { copyOut } from './copy-stream.ts'
import { orderTables, type DumpTable } from './order-tables.ts'

export type BackupKind = 'data' | 'accounts' | 'keyring'
export const databaseOf: { readonly [kind in BackupKind]: DatabaseName } = { data: 'attune', accounts: 'accounts', keyring: 'keyring' }

/** A person who can open a backup, by name and public age key. */
export type Custodian = { readonly name: string; readonly recipient: string }

/** The first line of a backup, as a comment of SQL. */
export type DumpHead = {
  readonly backup: string
  readonly kind: BackupKind
  readonly madeAt: string
  /** The log that it belongs to, and its last batch. */
  readonly log: string
  readonly lastBatch: number
  readonly version: string
  /** Whom it and its keys are sealed to: two of them have to approve a restore. */
  readonly people: readonly Custodian[]
}

/** Rows per table. */
export type Counts = Readonly<Record<string, number>>

export const headMark = '-- attune-backup '
export const endMark = '-- attune-end '

/**
 * The dump piece by piece. `client` is a fresh connection of the backup's own login, used for this alone; `onCounts` is told the counts at the end.
 */
export async function* writeDump(client: pg.ClientBase, head: DumpHead, onCounts: (counts: Counts) => void): AsyncGenerator<Buffer> {
  const text = (words: string) => Buffer.from(`${words}\n`)
  await client.query(
    'begin isolation level repeatable read, read only; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
  )
  try {
    yield text(`${headMark}${JSON.stringify(head)}
-- To put it back by hand: createdb NAME; age -d -i KEYFILE THISFILE | gunzip | psql -v ON_ERROR_STOP=1 NAME
set client_encoding = 'UTF8'; set standard_conforming_strings = on; set statement_timeout = 0; set lock_timeout = 0;
${rolesStatement()};
create schema migrations authorization attune_owner;
set role attune_owner;
create table migrations.applied (name text primary key, checksum text not null, applied_at timestamptz not null default now());
alter table migrations.applied enable row level security, force row level security;
create policy owner on migrations.applied to attune_owner using (true) with check (true);
reset role;`)
    for (const { name, sql, checksum } of readMigrations(migrationsFolder(databaseOf[head.kind]))) {
      yield text(`begin; set local role attune_owner;\n${sql}\nset local role attune_owner;
insert into migrations.applied (name, checksum) values (${literal(name)}, ${literal(checksum)});\ncommit;`)
    }
    yield text('set role attune_owner;')
    const counts: Record<string, number> = {}
    for (const table of await orderTables(client)) counts[table.name] = yield* writeTable(client, table)
    yield text(await counters(client))
    if (head.kind === 'data') yield text(unfinished(head))
    yield text(`reset role;\n${endMark}${JSON.stringify(counts)}`)
    onCounts(counts)
  } finally {
    await client.query('rollback').catch(() => {})
  }
}

async function* writeTable(client: pg.ClientBase, { name, columns }: DumpTable): AsyncGenerator<Buffer, number> {
  // The owner goes round row security and triggers for the moment of loading; it needs no other right for that.
  const open = `alter table ${name} no force row level security; alter table ${name} disable trigger user;`
  const close = `alter table ${name} enable trigger user; alter table ${name} force row level security;`
  yield Buffer.from(`${open}\ndelete from ${name};\nCOPY ${name} (${columns.join(', ')}) FROM stdin;\n`)
  const rows = yield* copyOut(client, `COPY (select ${columns.join(', ')} from ${name}) TO STDOUT`)
  yield Buffer.from(`\\.\n${close}\n`)
  return rows
}

/** Where the counters of our tables stand, so that numbers go on and none is given twice. */
async function counters(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, a.attname as column, pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attidentity <> '' and not a.attisdropped and pg_get_userbyid(c.relowner) = 'attune_owner'`,
  )
  return rows
    .map(
      ({ table, column, sequence }) =>
        `alter table ${table} no force row level security;\nselect setval(${literal(sequence)}, coalesce(max(${column}), 0) + 1, false) from ${table};\nalter table ${table} force row level security;`,
    )
    .join('\n')
}

function unfinished({ backup, madeAt, lastBatch, people }: DumpHead): string {
  return `alter table policy.restorations no force row level security;
insert into policy.restorations (backup_id, backup_at, from_batch, people) values (${literal(backup)}, ${literal(madeAt)}, ${lastBatch}, ${literal(JSON.stringify(people))});
alter table policy.restorations force row level security;`
}

const literal = (text: string): string => pg.escapeLiteral(text)
