// Whether this installation is the demo or real. It is written once; the two never mix, because a demo signs anybody in.
import { sql } from 'kysely'
import { operatorServiceId } from '@attune/contract'
import type { AccountsTables } from './accounts/accounts-tables.ts'
import type { AttuneTables } from './attune-tables.ts'
import type { Database } from './pool.ts'
import { withActor, withReader } from './with-actor.ts'

export type Mode = 'demo' | 'real'
type Databases = { attune: Database<AttuneTables>; accounts: Database<AccountsTables> }

const system = { role: 'system' } as const

export async function findMode(database: Database<AttuneTables>): Promise<Mode | undefined> {
  return withReader(database, system, 'start', async (trx) => (await trx.selectFrom('policy.installation').select('mode').executeTakeFirst())?.mode)
}

/** Settles the mode, once and for all. `wanted` undefined takes what is there, and `fallback` for a fresh one. Throws a sentence when the two disagree. */
export async function settleMode(databases: Databases, wanted: Mode | undefined, fallback: Mode): Promise<Mode> {
  const known = await findMode(databases.attune)
  if (known === 'real' && wanted === 'demo')
    throw new Error(
      'This is a real installation, so the demo does not start on it. Nothing was changed. Unset ATTUNE_DEMO, or set ATTUNE_HOME to an empty folder for a demo.',
    )
  if (known === 'demo' && wanted === 'real')
    throw new Error(
      'This folder holds the demo, and a demo never becomes real: anybody could sign in to it. Nothing was changed. Set ATTUNE_HOME to an empty folder, then run "npx attune init".',
    )
  if (known !== undefined) return known
  const mode = wanted ?? fallback
  if (mode === 'demo' && (await hasPeople(databases)))
    throw new Error(
      'There are people or services in this installation already, so the demo does not start on it. Nothing was changed. Set ATTUNE_HOME to an empty folder for a demo.',
    )
  return withActor(databases.attune, system, 'start', async (trx) => {
    await trx
      .insertInto('policy.installation')
      .values({ mode })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return (await trx.selectFrom('policy.installation').select('mode').executeTakeFirstOrThrow()).mode
  })
}

async function hasPeople({ attune, accounts }: Databases): Promise<boolean> {
  const people = await withReader(accounts, { role: 'door' }, 'start', (trx) => sql`select 1 from accounts.accounts limit 1`.execute(trx as never))
  const services = await withReader(attune, system, 'start', (trx) =>
    trx.selectFrom('policy.services').select('service_id').where('service_id', '<>', operatorServiceId).limit(1).execute(),
  )
  return people.rows.length > 0 || services.length > 0
}

/** The operator stands among the services as one that holds no records; the grants of its people hang on it. */
export async function recordOperator(database: Database<AttuneTables>, name: string): Promise<void> {
  await withActor(database, system, 'start', (trx) =>
    trx
      .insertInto('policy.services')
      .values({ service_id: operatorServiceId, name, status: 'operator' })
      .onConflict((conflict) => conflict.column('service_id').doNothing())
      .execute(),
  )
}
