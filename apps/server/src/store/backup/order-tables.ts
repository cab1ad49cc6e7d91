// The tables of a backup, those that others refer to first.
import type pg from 'pg'

export type DumpTable = { readonly name: string; readonly columns: readonly string[] }

/** Built again by a restore (scores, sums), or of use only to the server that runs just now. */
const leftOut = [
  'migrations.applied',
  'accounts.sessions',
  'accounts.challenges',
  'accounts.provider_visits',
  'accounts.tries',
  'jobs.schedules',
  'hooks.deliveries',
]
const leftOutSchemas = ['scores', 'sums']
/** Numbers of transactions mean nothing on another server. */
const leftOutColumns: { readonly [table: string]: readonly string[] } = { 'log.events': ['xact'], 'log.batches': ['upto'] }

export const isInBackup = (table: string): boolean => !leftOut.includes(table) && !leftOutSchemas.includes(table.split('.')[0]!)

export async function orderTables(client: pg.ClientBase): Promise<DumpTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] | null }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(f.confrelid::regclass::text) from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and pg_get_userbyid(c.relowner) = 'attune_owner' order by 1`,
  )
  const left = rows.filter(({ name }) => isInBackup(name))
  const ordered: DumpTable[] = []
  while (left.length > 0) {
    const at = left.findIndex(({ needs }) => !(needs ?? []).some((need) => left.some(({ name }) => name === need)))
    if (at < 0) throw new Error('Tables refer to each other in a circle, so a backup cannot put one of them first.')
    const [{ name, columns }] = left.splice(at, 1) as [(typeof left)[number]]
    ordered.push({ name, columns: columns.filter((column) => !leftOutColumns[name]?.includes(column)) })
  }
  return ordered
}
