// A loss and its repair, from outside: real files, a PostgreSQL of its own, other people's keys, and whatever a thief could try.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBackup, startBackupBench, type BackupBench } from '../../../test/backups.ts'
import { startAttune } from '../../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../../test/submission.ts'
import type { DatabaseTables } from '../../attune.ts'
import { openAttune } from '../../open-attune.ts'
import { swapIn } from '../../store/backup/databases-beside.ts'
import { openKeyring } from '../../store/keyring/keyring.ts'
import { open, type SealingKey } from '../../store/keyring/seal.ts'
import { answersPlace } from '../../store/records/places.ts'
import { openDatabases, prepareDatabases, withClient, type AdminConnections } from '../../store/postgres-databases.ts'
import { makeBackup } from './make-backup.ts'
import { finishRestore, loadBeside, takeOver, type Loaded } from './restore-backup.ts'
import { rotateKeys } from './rotate-keys.ts'

let bench: BackupBench
beforeAll(async () => {
  bench = await startBackupBench()
}, 120_000)
afterAll(() => bench.stop())

const marker = (name: string) => `The ${name} sentence by the river Teifi`
const query = <Row extends object>(admin: AdminConnections, database: 'attune' | 'keyring' | 'accounts', statement: string) =>
  withClient(admin[database], async (client) => (await client.query(statement)).rows as Row[])

/** The server's own parts opened once more, over a database that was loaded. */
async function openAgain(admin: AdminConnections, restoring: boolean) {
  const { environment, programme, clock, mail } = bench.test.attune
  await prepareDatabases(admin, bench.test.databases.loginPassword)
  return openAttune({
    ...{ environment, programme, clock, mail, admin, root: bench.root, restoring, backups: bench.test.attune.backups, anchors: [] },
    faults: bench.test.attune.faults,
    loginPassword: bench.test.databases.loginPassword,
    version: 'test',
  })
}

const sums = (admin: AdminConnections) =>
  query(
    admin,
    'attune',
    `select service_id, measure, scale, pair, period, age_group, mode, support, sum(n)::int as n, sum(sx)::int as sx, sum(sy)::int as sy from sums.changes_now
     group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8`,
  )
const scores = (admin: AdminConnections) =>
  query(
    admin,
    'attune',
    'select record_id, session_on, time_point, age_group, scales, scores, choices, counted from scores.record_scores order by record_id',
  )

describe('a backup and its way back', () => {
  it('DCS-156, DCS-067: what was deleted after the backup stays deleted, and one person alone or without an incident gets nothing', async () => {
    const { test, people, read, files } = bench
    const [kept, gone] = [newCode(), newCode()]
    const practitioner = await readyPractitioner(test, 'north')
    const phq = (...items: number[]) => ({ measures_used: ['phq-9'], ...itemsGiven('phq9', items), phq9_complete: 'OK' })
    const first = await sendSession(test, practitioner, { client_code: kept, narrative_child: marker('kept'), ...phq(3, 2, 1, 3, 2, 1, 3, 2, 1) })
    expect(first.status, first.text).toBe(201)
    const later = { time_point: 'after', session_no: '2', session_on: '2025-09-10' }
    expect((await sendSession(test, practitioner, { client_code: kept, ...later, ...phq(1, 1, 1, 1, 1, 1, 1, 1, 1) })).status).toBe(201)
    const lost = await sendSession(test, practitioner, { client_code: gone, narrative_child: marker('gone'), ...phq(2, 2, 2, 2, 2, 2, 2, 2, 2) })
    expect(lost.status).toBe(201)
    const { admin } = test.databases
    const [{ client_id: goneId }] = (await query<{ client_id: string }>(
      admin,
      'attune',
      `select client_id from answers.records where record_id = '${lost.body.instanceId}'`,
    )) as [{ client_id: string }]
    const leaver = await readyPractitioner(test, 'north', { email: 'leaver@example.org' })
    const made = await makeBackup(test.attune, { kind: 'data', cycle: 'platform' })

    // Erased for good: key and rows, as a deletion does it.
    await test.attune.keyring.destroyClientKey('north', goneId)
    await query(
      admin,
      'attune',
      `delete from scores.record_scores where client_id = '${goneId}'; delete from answers.records where client_id = '${goneId}'; delete from answers.clients where client_id = '${goneId}'`,
    )
    await test.attune.keyring.addTombstones([{ kind: 'account', serviceId: '', id: leaver.accountId }])
    const before = { sums: await sums(admin), scores: await scores(admin) }
    expect(before.scores).toHaveLength(2)

    const file = () => Readable.from([read('platform', made.name)])
    const load = (incident: string, ...keys: { identity: string }[]) =>
      loadBeside(admin, file(), { incident, identities: keys.map(({ identity }) => identity) })
    await expect(load('', people.ana, people.cai)).rejects.toThrow('number of the incident')
    await expect(load('INC-7', people.ana)).rejects.toThrow('only Ana’s was')
    await expect(load('INC-7', people.ana, people.ana)).rejects.toThrow('only Ana’s was')
    await expect(load('INC-7', people.cai, people.dilys)).rejects.toThrow('None of these recovery keys opens this file')
    expect(await query(admin, 'attune', `select datname from pg_database where datname like '%restoring'`)).toEqual([])

    const loaded: Loaded = await load('INC-7', people.ana, people.dilys)
    expect([...loaded.approvers].sort()).toEqual(['Ana', 'Dilys'])
    expect(await query(loaded.admin, 'attune', `select from answers.records where record_id = '${lost.body.instanceId}'`)).toHaveLength(1)
    expect(await scores(loaded.admin)).toEqual([])
    // Whoever loads a backup by hand does not get a server to open on it.
    await expect(openAgain(loaded.admin, false)).rejects.toThrow('is not ready')

    const restoring = await openAgain(loaded.admin, true)
    const report = await finishRestore(restoring, { incident: 'INC-7', approvers: loaded.approvers })
    expect(report).toEqual({ erasedAgain: 2, recordsErasedAgain: 1, records: 2, scored: 2 })
    await restoring.databases.close()
    expect(await query(loaded.admin, 'attune', `select from answers.records where record_id = '${lost.body.instanceId}'`)).toEqual([])
    expect(await query(loaded.admin, 'attune', `select from answers.clients where client_id = '${goneId}'`)).toEqual([])
    const leaverRows = `select p.sealed is null and c.sealed is null as blank from identity.practitioners p join identity.practitioner_consents c using (practitioner_id) where p.account_id = '${leaver.accountId}'`
    expect(await query(loaded.admin, 'attune', leaverRows)).toEqual([{ blank: true }])
    expect(await scores(loaded.admin)).toEqual(before.scores)
    expect(await sums(loaded.admin)).toEqual(before.sums)
    // It was being made when it was taken; put back, it is verified, and the screen of backups can say since when.
    expect(
      await query(loaded.admin, 'attune', `select state, verified_at is not null as dated from policy.backups where backup_id = '${made.backupId}'`),
    ).toEqual([{ state: 'verified', dated: true }])

    await test.attune.databases.close()
    const aside = await takeOver(admin, loaded, test.clock.now())
    expect(aside).toContain('_before_')
    const again = await startAgain()
    const support = await again.as('data-support', { serviceId: 'north' })
    const list = await support.get('/api/records', { purpose: 'retrieve' })
    expect(list.text).toContain(kept)
    expect(list.text).not.toContain(gone)
    expect((await support.get(`/api/records/${first.body.instanceId}`, { purpose: 'retrieve' })).text).toContain(marker('kept'))
    const auditor = await again.as('administrator')
    const event = (await auditor.get('/api/events')).body.events.find(({ action }: { action: string }) => action === 'backup.restore')
    for (const word of ['incident INC-7', 'Ana', 'Dilys', 'erasedAgain 2']) expect(event.detail).toContain(word)
    expect(files('platform')).toContain(made.name)
    await again.stop()
  }, 120_000)

  async function startAgain() {
    const { test } = bench
    const started = await startAttune({
      server: bench.server.superuser,
      root: bench.root,
      admin: test.databases.admin,
      services: [],
      at: '2025-11-21T11:00:00Z',
    })
    return started
  }
})

describe('a client erased for good', () => {
  let own: BackupBench
  beforeAll(async () => {
    own = await startBackupBench()
  }, 120_000)
  afterAll(() => own.stop())

  it('ASVS 11.2.2: opens in no earlier backup, not with any key there ever was, while everybody else does; and no key or word is in a raw file', async () => {
    const { test, people, root, rawFiles } = own
    const { attune } = test
    const { admin } = test.databases
    const practitioner = await readyPractitioner(test, 'north')
    const records: { recordId: string; clientId: string; key: SealingKey }[] = []
    for (const name of ['gone', 'kept']) {
      const { body } = await sendSession(test, practitioner, { narrative_child: marker(name) })
      const [{ client_id: clientId }] = (await query<{ client_id: string }>(
        admin,
        'attune',
        `select client_id from answers.records where record_id = '${body.instanceId}'`,
      )) as [{ client_id: string }]
      records.push({ recordId: body.instanceId, clientId, key: (await attune.keyring.findClientKeys('north', [clientId])).get(clientId)! })
    }
    const [gone, kept] = records as [(typeof records)[0], (typeof records)[0]]
    const data = await makeBackup(attune, { kind: 'data', cycle: 'platform' })
    const keys = await makeBackup(attune, { kind: 'keyring', cycle: 'platform' })
    // What a thief could have put by on that day: both backups and the sealed secret beside them.
    const taken = {
      data: own.read('platform', data.name),
      keys: own.read('keys', keys.name),
      secrets: own.files('keys').filter((name) => name.endsWith('.secret.age')),
    }
    expect(taken.secrets).toHaveLength(1)

    /** With both old backups opened by their people, and the root key and every secret that stands. */
    const openOld = async ({ recordId, clientId }: (typeof records)[0]) => {
      const loadedKeys = await loadBeside(admin, Readable.from([taken.keys]), {
        incident: 'INC-1',
        identities: [people.cai.identity, people.dilys.identity],
      })
      const loaded = await loadBeside(admin, Readable.from([taken.data]), {
        incident: 'INC-1',
        identities: [people.ana.identity, people.bryn.identity],
      })
      await prepareDatabases({ ...loadedKeys.admin, attune: loaded.admin.attune }, test.databases.loginPassword, ['attune', 'keyring'])
      const databases = openDatabases<DatabaseTables>({ ...loadedKeys.admin, attune: loaded.admin.attune }, test.databases.loginPassword)
      try {
        const [row] = await query<{ answers_sealed: Buffer }>(
          loaded.admin,
          'attune',
          `select answers_sealed from answers.records where record_id = '${recordId}'`,
        )
        for (const keyring of [() => openKeyring(databases.keyring, root, Date.now), async () => attune.keyring]) {
          const key = await keyring().then(
            (opened) => opened.findClientKeys('north', [clientId]),
            () => undefined,
          )
          const found = key?.get(clientId)
          if (found !== undefined) return open(found, answersPlace({ recordId, clientId }), row!.answers_sealed).toString()
        }
        return undefined
      } finally {
        await databases.close()
      }
    }
    expect(await openOld(gone)).toContain(marker('gone'))

    const keyBytes = Buffer.from(gone.key.bytes)
    await attune.keyring.destroyClientKey('north', gone.clientId)
    await rotateKeys(attune)
    expect(await openOld(gone)).toBeUndefined()
    expect(await openOld(kept)).toContain(marker('kept'))
    // The copy of the old secret went with it; only the one of today lies there.
    const now = own.files('keys').filter((name) => name.endsWith('.secret.age'))
    expect(now).toHaveLength(1)
    expect(now).not.toEqual(taken.secrets)

    const raw = Buffer.concat(await rawFiles())
    const standing = [...(await attune.keyring.copySecrets()).values()]
    const secretsAndWords = [keyBytes, root.key.bytes, ...standing, Buffer.from(marker('gone')), Buffer.from(marker('kept'))]
    const spellings = secretsAndWords.flatMap((bytes) => [
      bytes,
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('base64').slice(0, -4)),
    ])
    expect(spellings.filter((bytes) => raw.includes(bytes)).length).toBe(0)
    expect(raw.includes(Buffer.from(gone.recordId)) || raw.includes(Buffer.from('north'))).toBe(true)
    const plain = (await openBackup(taken.data, people.bryn.identity)) + (await openBackup(taken.keys, people.cai.identity))
    expect(spellings.filter((bytes) => plain.includes(bytes.toString('latin1'))).length).toBe(0)
  }, 120_000)
})

it('takes the live database’s place whole or not at all', async () => {
  const { admin } = bench.test.databases
  const nowhere = { ...admin.attune, database: `${admin.attune.database}_nowhere` }
  await expect(swapIn(admin, 'attune', nowhere, new Date())).rejects.toThrow()
  expect(await query(admin, 'attune', 'select 1 as one')).toEqual([{ one: 1 }])
})
