import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { findOtherPostgres, startOtherPostgres } from '../../test/other-postgres.ts'
import { toTotpCode } from '../actions/session/totp.ts'
import { databaseNames, withClient } from './postgres-databases.ts'
import { isRowRefused } from './postgres-errors.ts'
import { withActor } from './with-actor.ts'

const binaries = findOtherPostgres()

describe.runIf(binaries !== undefined)('on another major version of PostgreSQL', () => {
  let other: Awaited<ReturnType<typeof startOtherPostgres>>
  let attune: TestAttune
  beforeAll(async () => {
    other = await startOtherPostgres(binaries!)
    attune = await startAttune({ server: other.server })
  })
  afterAll(async () => {
    await attune.stop()
    await other.stop()
  })

  it('all migrations apply, and every table has row security that binds its owner too', async () => {
    for (const name of databaseNames) {
      const { rows } = await withClient(attune.databases.admin[name], (client) =>
        client.query(`select current_setting('server_version_num')::int / 10000 as major, count(*)::int as tables, count(*) filter (where relrowsecurity and relforcerowsecurity)::int as closed
          from pg_class where relkind in ('r', 'p') and pg_get_userbyid(relowner) = 'attune_owner'`),
      )
      expect(rows[0]).toEqual({ major: binaries!.major, tables: expect.any(Number), closed: rows[0].tables })
      expect(rows[0].tables).toBeGreaterThan(2)
    }
  })

  it('a lead sees the own service, and the login alone sees nothing', async () => {
    const { attune: database } = attune.attune.databases
    const seen = await withActor(database, { role: 'service-lead', serviceId: 'north' }, 'report', (trx) =>
      trx.selectFrom('policy.services').select('service_id').execute(),
    )
    expect(seen).toEqual([{ service_id: 'north' }])
    await expect(database.pool.query('select 1 from policy.services')).rejects.toSatisfy(isRowRefused)
  })

  it('people sign in, keys are made and rotated', async () => {
    const person = await attune.as('data-support', { assurance: 'password' })
    const { secret } = (await person.post('/api/factors/totp')).body
    expect((await person.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })).status).toBe(200)
    expect((await person.get('/api/records', { purpose: 'retrieve' })).body).toMatchObject({ records: [], total: 0 })
    const { keyring } = attune.attune
    const key = await keyring.getClientKey('north', person.accountId)
    await keyring.rotate()
    expect((await keyring.getClientKey('north', person.accountId)).bytes.equals(key.bytes)).toBe(true)
  })
})
