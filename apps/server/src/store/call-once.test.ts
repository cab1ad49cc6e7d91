// Lines: connections that act for one actor. Asked with the database itself, as the application's own login.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, type TestDatabases } from '../../test/databases.ts'
import { askOnLine, callOnLine, type Statement } from './call-once.ts'
import { openDatabases, withClient, type OpenDatabases } from './postgres-databases.ts'
import { isRowRefused } from './postgres-errors.ts'

type Tables = { attune: object; accounts: object; keyring: object }

let made: TestDatabases
let databases: OpenDatabases<Tables>
beforeAll(async () => {
  made = await createDatabases()
  databases = openDatabases<Tables>(made.admin, made.loginPassword, { size: 2 })
})
afterAll(async () => {
  await databases.close()
  await made.drop()
})

const who: Statement = {
  name: 'who',
  text: `select current_user as who, current_setting('app.purpose') as purpose, coalesce(current_setting('app.service', true), '') as service`,
  values: [],
}
const add = (id: string): Statement => ({
  name: 'add',
  text: `insert into policy.services (service_id, name) values ($1, $1) returning service_id`,
  values: [id],
})

describe('a line', () => {
  it('acts as its role and purpose from its first statement, whoever asks on the other connections', async () => {
    const asked = Array.from({ length: 12 }, (_, at) =>
      at % 2 === 0 ? askOnLine(databases.attune, { role: 'door' }, 'sign-in', who) : callOnLine(databases.attune, { role: 'system' }, 'set-up', who),
    )
    const replies = (await Promise.all(asked)).flat()
    expect(replies).toEqual(
      asked.map((_, at) =>
        at % 2 === 0 ? { who: 'acting_door', purpose: 'sign-in', service: '' } : { who: 'acting_system', purpose: 'set-up', service: '' },
      ),
    )
    const { rows } = await databases.attune.pool.query('select current_user as who')
    expect(rows).toEqual([{ who: 'attune_app' }])
  })

  it('keeps what a call wrote, and refuses every write to who only asks', async () => {
    expect(await callOnLine(databases.attune, { role: 'system' }, 'set-up', add('north'))).toEqual([{ service_id: 'north' }])
    await expect(askOnLine(databases.attune, { role: 'system' }, 'set-up', add('south'))).rejects.toMatchObject({ code: '25006' })
    await expect(callOnLine(databases.attune, { role: 'door' }, 'sign-in', add('south'))).rejects.toSatisfy(isRowRefused)
    const { rows } = await withClient(made.admin.attune, (client) => client.query('select service_id from policy.services'))
    expect(rows).toEqual([{ service_id: 'north' }])
  })

  it('is another one after its connection was lost', async () => {
    const me = { name: 'me', text: 'select pg_backend_pid() as pid, current_user as who', values: [] }
    const ask = () => askOnLine<{ pid: number; who: string }>(databases.attune, { role: 'door' }, 'sign-in', me)
    const [before] = await ask()
    await withClient(made.admin.attune, (client) =>
      client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()',
        ['attune'],
      ),
    )
    await expect
      .poll(() =>
        ask().then(
          ([now]) => now!.pid !== before!.pid && now!.who,
          () => 'away',
        ),
      )
      .toBe('acting_door')
  })

  it('is a trip like any other where tables are spread over machines: only SET LOCAL is handed on to them', async () => {
    await withClient(made.admin.attune, async (client) => {
      await client.query('set allow_system_table_mods = on')
      // What Citus itself leaves there, as far as it is looked at.
      await client.query(`insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        select 99999, 'citus', oid, 'pg_catalog'::regnamespace, false, '13' from pg_roles where rolname = current_user`)
    })
    const spread = openDatabases<Tables>(made.admin, made.loginPassword, { size: 2 })
    try {
      let trips = 0
      spread.attune.pool.on('acquire', () => trips++)
      expect(await callOnLine(spread.attune, { role: 'system', serviceId: 'north' }, 'set-up', who)).toEqual([
        { who: 'acting_system', purpose: 'set-up', service: 'north' },
      ])
      expect(await callOnLine(spread.attune, { role: 'system' }, 'set-up', add('west'))).toEqual([{ service_id: 'west' }])
      await expect(askOnLine(spread.attune, { role: 'system' }, 'set-up', add('east'))).rejects.toMatchObject({ code: '25006' })
      // Whether tables are spread is asked once.
      expect(trips).toBe(4)
    } finally {
      await spread.close()
    }
  })
})
