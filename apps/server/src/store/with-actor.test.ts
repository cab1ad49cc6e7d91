import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, type TestDatabases } from '../../test/databases.ts'
import { openDatabases, withClient, type OpenDatabases } from './postgres-databases.ts'
import { isRowRefused, isUniqueViolation } from './postgres-errors.ts'
import { withActor, withReader } from './with-actor.ts'

type Tables = { attune: { 'policy.services': { service_id: string; name: string } }; accounts: object; keyring: object }

let made: TestDatabases
let databases: OpenDatabases<Tables>

beforeAll(async () => {
  made = await createDatabases()
  databases = openDatabases<Tables>(made.admin, made.loginPassword, { size: 2 })
  await withActor(databases.attune, { role: 'system' }, 'set-up', (trx) =>
    trx
      .insertInto('policy.services')
      .values([
        { service_id: 'north', name: 'North' },
        { service_id: 'south', name: 'South' },
      ])
      .execute(),
  )
})
afterAll(async () => {
  await databases.close()
  await made.drop()
})

const names = (service: string | undefined) =>
  withActor(databases.attune, { role: 'service-lead', ...(service !== undefined && { serviceId: service }) }, 'report', async (trx) =>
    (await trx.selectFrom('policy.services').select('service_id').execute()).map((row) => row.service_id),
  )

describe('withActor', () => {
  it('shows a service lead the own service and nothing else', async () => {
    expect(await names('north')).toEqual(['north'])
    expect(await names(undefined)).toEqual([])
    expect(await names("north' or true --")).toEqual([])
  })

  it('leaves nothing of the actor on the connection', async () => {
    await Promise.all([names('north'), names('south')])
    const { rows } = await databases.attune.pool.query(`select current_user as who, current_setting('app.service', true) as service`)
    expect(rows[0]).toEqual({ who: 'attune_app', service: '' })
    await expect(databases.attune.pool.query('select * from policy.services')).rejects.toSatisfy(isRowRefused)
  })

  it('keeps nothing of work that fails, even when the work swallows the error', async () => {
    const add = (fails: () => Promise<unknown>) =>
      withActor(databases.attune, { role: 'system' }, 'set-up', async (trx) => {
        await trx.insertInto('policy.services').values({ service_id: 'west', name: 'West' }).execute()
        await fails()
      })
    await expect(add(() => Promise.reject(new Error('changed my mind')))).rejects.toThrow('changed my mind')
    await expect(add(() => sqlError().catch(() => {}))).resolves.toBeUndefined()
    const swallowed = withActor(databases.attune, { role: 'system' }, 'set-up', async (trx) => {
      await trx.insertInto('policy.services').values({ service_id: 'east', name: 'East' }).execute()
      await sql`select 1 / 0`.execute(trx).catch(() => {})
    })
    await expect(swallowed).rejects.toThrow('nothing was kept')
    expect(await all()).toEqual(['north', 'south', 'west'])
  })

  it('gives a reader a handle on which PostgreSQL refuses every write', async () => {
    const write = withReader(databases.attune, { role: 'system' }, 'set-up', (trx) =>
      sql`insert into policy.services (service_id, name) values ('x-x', 'X')`.execute(trx as never),
    )
    await expect(write).rejects.toMatchObject({ code: '25006' })
  })

  it('tells a broken uniqueness rule from other errors', async () => {
    const again = withActor(databases.attune, { role: 'system' }, 'set-up', (trx) =>
      trx.insertInto('policy.services').values({ service_id: 'north', name: 'N' }).execute(),
    )
    await expect(again).rejects.toSatisfy((error) => isUniqueViolation(error, 'services_pkey') && !isUniqueViolation(error, 'other'))
  })

  it('says that the database is away when its connections are cut, and works again afterwards', async () => {
    const cut = withActor(databases.attune, { role: 'system' }, 'set-up', async (trx) => {
      await sql`select 1`.execute(trx)
      await withClient(made.admin.attune, (client) =>
        client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = $1', ['attune_app']),
      )
      await sql`select 1`.execute(trx)
    })
    await expect(cut).rejects.toMatchObject({ code: 'database-away' })
    expect(await names('south')).toEqual(['south'])
  })

  it('keeps 64-bit counts as numbers and days as written', async () => {
    const row = await withReader(databases.attune, { role: 'system' }, 'set-up', (trx) =>
      sql<{
        n: number
        day: string
      }>`select count(*) as n, date '2026-03-29' as day from policy.services where service_id in ('north', 'south')`.execute(trx as never),
    )
    expect(row.rows[0]).toEqual({ n: 2, day: '2026-03-29' })
  })
})

const all = () =>
  withReader(databases.attune, { role: 'system' }, 'set-up', async (trx) =>
    (await trx.selectFrom('policy.services').select('service_id').orderBy('service_id').execute()).map((row) => row.service_id),
  )
const sqlError = () => databases.attune.pool.query('select 1 / 0')
