// The log as a database administrator with every right could touch it, and what the verification says then.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { createDatabases, type TestDatabases } from '../../../test/databases.ts'
import type { AttuneTables } from '../attune-tables.ts'
import { logEvent } from '../log-event.ts'
import { openDatabases, withClient, type OpenDatabases } from '../postgres-databases.ts'
import { withActor } from '../with-actor.ts'
import { forgetAction, forgetEvents, toForgetDetail } from './forget-events.ts'
import { openSigner, type SignedHead } from './head.ts'
import { isProven, proveEvent } from './prove-event.ts'
import { sealEverything, sealLog, type Sealed } from './seal-log.ts'
import { verifyLog, type LogFinding } from './verify-log.ts'

const signer = openSigner(Buffer.alloc(32, 7))
let made: TestDatabases
let databases: OpenDatabases<{ attune: AttuneTables; accounts: object; keyring: object }>

beforeAll(async () => {
  made = await createDatabases()
  databases = openDatabases(made.admin, made.loginPassword)
})
afterAll(async () => {
  await databases.close()
  await made.drop()
})
const admin = (statement: string, values: unknown[] = []) =>
  withClient(made.admin.attune, async (client) => (await client.query(statement, values)).rows)

const write = (count: number, action = 'record.read') =>
  withActor(databases.attune, { role: 'system' }, 'test', async (trx) => {
    for (let index = 0; index < count; index++)
      await logEvent(trx, { serviceId: 'north', role: 'system', action, outcome: 'done', detail: { index } })
  })

/** Seals what was written. A transaction of another test, in another database of this server, may hold it up for a moment. */
async function sealSoon(): Promise<Sealed> {
  for (;;) {
    const sealed = await sealLog(databases.sealer, signer)
    if (sealed !== undefined) return sealed
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function head(): Promise<SignedHead> {
  const proof = await proveEvent(databases.sealer, signer, await lastEvent())
  return proof!.head
}
const lastEvent = async (): Promise<number> => Number((await admin('select max(event_id) as id from log.events'))[0].id)

/** What the verification says after a change, which is then undone. */
async function afterTampering(statements: string[], anchors: readonly SignedHead[] = []): Promise<readonly LogFinding[]> {
  await admin('create schema kept; create table kept.events as select * from log.events; create table kept.batches as select * from log.batches')
  try {
    for (const statement of statements) await admin(statement)
    return (await verifyLog(databases.sealer, signer, { anchors })).findings
  } finally {
    await admin(`delete from log.events; delete from log.batches; insert into log.events overriding system value select * from kept.events;
      insert into log.batches select * from kept.batches; drop schema kept cascade`)
  }
}

describe('the sealed log', () => {
  beforeEach(async () => {
    await admin('truncate log.events, log.batches, log.anchors')
    for (let batch = 0; batch < 3; batch++) {
      await write(5)
      await sealSoon()
    }
  })

  it('verifies as it is, and has nothing left to seal', async () => {
    expect(await sealLog(databases.sealer, signer)).toBeUndefined()
    const { findings, batches, events, waiting } = await verifyLog(databases.sealer, signer, { anchors: [await head()] })
    expect({ findings, batches, events, waiting }).toEqual({ findings: [], batches: 3, events: 15, waiting: 0 })
  })

  it('loses the events of whole batches when their time is over, and nothing younger; the verification tells that from a deletion', async () => {
    const years = (count: number) => new Date(Date.now() - count * 365.25 * 24 * 60 * 60_000)
    const counted = async () => Number((await admin('select count(*) as count from log.events'))[0].count)
    // The first batch is made seven years old, one event of the second as well: that one stays until its whole batch may go.
    await admin(`update log.events set at = at - interval '7 years' where event_id in (select unnest(event_ids) from log.batches where batch = 0)
      or event_id = (select min(unnested) from log.batches, unnest(event_ids) unnested where batch = 1)`)
    await admin(`update log.batches set sealed_at = sealed_at - interval '7 years' where batch = 0`)
    await expect(forgetEvents(databases.sealer, years(0.9))).rejects.toThrow()
    expect([await forgetEvents(databases.sealer, years(8)), await counted()]).toEqual([0, 15])
    expect([await forgetEvents(databases.sealer, years(6)), await counted()]).toEqual([5, 10])
    expect(await forgetEvents(databases.sealer, years(6))).toBe(0)
    await expect(
      withActor(databases.attune, { role: 'system' }, 'test', (trx) => sql`select log.forget_events(now() - interval '6 years')`.execute(trx)),
    ).rejects.toThrow()
  })

  it('holds an ended batch to its seal; the same gap is a deletion while its time is not over', async () => {
    await admin('delete from log.events where event_id in (select unnest(event_ids) from log.batches where batch = 0)')
    const [sealed] = await admin('select sealed_at from log.batches where batch = 0')
    const kinds = async (keptSince?: Date) => {
      const { findings } = await verifyLog(databases.sealer, signer, { anchors: [await head()], ...(keptSince && { keptSince }) })
      return findings.map(({ kind }) => kind)
    }
    expect(await kinds(new Date(sealed.sealed_at.getTime() + 1))).toEqual([])
    expect(await kinds(sealed.sealed_at)).toEqual(Array.from({ length: 5 }, () => 'event-deleted'))
    expect(await kinds()).toEqual(Array.from({ length: 5 }, () => 'event-deleted'))
    await admin(`update log.batches set leaf_hashes = sha256('x'::bytea) || substr(leaf_hashes, 33) where batch = 0`)
    expect(await kinds(new Date(sealed.sealed_at.getTime() + 1))).toContain('batch-changed')
  })

  it('takes an end for due that was signed when it came, however long the policy keeps events now, and none that somebody else wrote', async () => {
    await admin('delete from log.events where event_id in (select unnest(event_ids) from log.batches where batch = 0)')
    const [sealed] = await admin('select sealed_at from log.batches where batch = 0')
    const after = new Date(sealed.sealed_at.getTime() + 1)
    const kinds = async (detail?: object) => {
      if (detail !== undefined)
        await withActor(databases.attune, { role: 'system' }, 'test', (trx) =>
          logEvent(trx, { serviceId: 'operator', role: 'system', action: forgetAction, outcome: 'done', detail: { ...detail } }),
        )
      return (await verifyLog(databases.sealer, signer, { anchors: [] })).findings.map(({ kind }) => kind)
    }
    const deleted = Array.from({ length: 5 }, () => 'event-deleted')
    const { keptSince, signature } = toForgetDetail(signer, after)
    expect(await kinds()).toEqual(deleted)
    expect(await kinds({ keptSince })).toEqual(deleted)
    expect(await kinds({ keptSince: 'yesterday', signature })).toEqual(deleted)
    expect(await kinds(toForgetDetail(openSigner(Buffer.alloc(32, 8)), after))).toEqual(deleted)
    expect(await kinds({ keptSince, signature: toForgetDetail(signer, new Date(0)).signature })).toEqual(deleted)
    // Signed, but of a time before the batch.
    expect(await kinds(toForgetDetail(signer, sealed.sealed_at))).toEqual(deleted)
    expect(await kinds({ keptSince, signature })).toEqual([])
  })

  it('SYS-036: shows an event that was edited in the database', async () => {
    expect(await afterTampering([`update log.events set outcome = 'refused' where event_id = (select min(event_id) + 6 from log.events)`])).toEqual([
      { kind: 'event-changed', batch: 1, event: expect.any(Number) },
    ])
    expect((await verifyLog(databases.sealer, signer, { anchors: [] })).findings).toEqual([])
  })

  it('ASVS 16.4.2: shows an edit whose hash was edited too, a deletion, a reordering, a forged event and changed times', async () => {
    const first = (await lastEvent()) - 14
    const kinds = async (...statements: string[]) => [...new Set((await afterTampering(statements)).map(({ kind }) => kind))]
    expect(await kinds(`delete from log.events where event_id = ${first}`)).toEqual(['event-deleted'])
    // The hash in the batch replaced by that of the edited event, as somebody who knows the code would do; the signature does not follow.
    expect(
      await kinds(
        `update log.events set role = 'door' where event_id = ${first}`,
        `update log.batches set leaf_hashes = sha256('x'::bytea) || substr(leaf_hashes, 33) where batch = 0`,
      ),
    ).toEqual(expect.arrayContaining(['batch-changed']))
    // Event and entry taken out together.
    expect(
      await kinds(
        `delete from log.events where event_id = ${first}`,
        `update log.batches set leaf_hashes = substr(leaf_hashes, 33), event_ids = event_ids[2:] where batch = 0`,
      ),
    ).toEqual(expect.arrayContaining(['batch-changed', 'signature-broken']))
    // Two events change places.
    expect(
      await kinds(
        `update log.events e set detail = o.detail, at = o.at from log.events o where e.event_id in (${first}, ${first + 1}) and o.event_id = ${first} + ${first} + 1 - e.event_id`,
      ),
    ).toEqual(['event-changed'])
    expect(await kinds(`update log.batches set event_ids = array[event_ids[2], event_ids[1]] || event_ids[3:] where batch = 0`)).toEqual([
      'events-reordered',
    ])
    // Neither does the root of all batches follow from what lies there, nor the signature.
    expect(await kinds(`update log.batches set tree_root = sha256('x'::bytea) where batch = 1`)).toEqual(['signature-broken', 'batch-changed'])
    expect(await kinds(`delete from log.batches where batch = 1`)).toEqual(expect.arrayContaining(['batch-missing', 'event-forged']))
    const forge = (columns: string, values: string) =>
      `insert into log.events (service_id, role, action, outcome${columns}) values ('north', 'system', 'record.read', 'done'${values})`
    expect(await kinds(forge(', xact', `, '3'::xid8`))).toEqual(['event-forged'])
    expect(await kinds(forge(', at', `, now() - interval '2 days'`))).toEqual(['event-forged'])
    expect(await kinds(`update log.events set at = at - interval '1 hour' where event_id = ${first + 7}`)).toEqual(['event-changed'])
    expect(await kinds(`update log.batches set sealed_at = sealed_at - interval '1 day' where batch = 2`)).toEqual(
      expect.arrayContaining(['signature-broken', 'clock-went-back']),
    )
  })

  it('ASVS 16.4.3: shows by a head that lies elsewhere that the end was cut off or the whole was made again', async () => {
    const anchor = await head()
    const cut = [`delete from log.events where event_id > (select min(event_id) + 9 from log.events)`, 'delete from log.batches where batch = 2']
    expect((await afterTampering(cut)).map(({ kind }) => kind)).toEqual([])
    expect(await afterTampering(cut, [anchor])).toEqual([{ kind: 'log-truncated', batch: 2, more: '5 events' }])
    await admin('truncate log.events, log.batches')
    for (let batch = 0; batch < 3; batch++) {
      await write(5, 'record.other')
      await sealSoon()
    }
    expect((await verifyLog(databases.sealer, signer, { anchors: [anchor] })).findings).toEqual([{ kind: 'history-differs', batch: 2 }])
    const false_ = { ...anchor, total: 14 }
    expect((await verifyLog(databases.sealer, signer, { anchors: [false_] })).findings).toEqual([{ kind: 'anchor-broken', batch: 2 }])
  })

  it('shows events that carry a time at which the clock was wrong', async () => {
    await withClient(made.admin.attune, (client) =>
      client.query(
        `insert into log.events (service_id, role, action, outcome, at) values ('north', 'system', 'record.read', 'done', now() + interval '3 hours')`,
      ),
    )
    await sealSoon()
    expect((await verifyLog(databases.sealer, signer, { anchors: [] })).findings).toEqual([
      { kind: 'time-implausible', batch: 3, event: await lastEvent() },
    ])
  })

  it('proves each event by a few hashes, and no other', async () => {
    const proof = (await proveEvent(databases.sealer, signer, (await lastEvent()) - 7))!
    expect(isProven(proof)).toBe(true)
    expect(isProven({ ...proof, event: { ...proof.event, purpose: 'audit' } })).toBe(false)
    expect(isProven({ ...proof, head: { ...proof.head, treeRoot: proof.batch.batchRoot } })).toBe(false)
    expect(isProven({ ...proof, head: await headOfOther(proof.head) })).toBe(false)
    expect(await proveEvent(databases.sealer, signer, (await lastEvent()) + 1)).toBeUndefined()
  })

  it('waits for a transaction that is still open, and then takes what it wrote', async () => {
    const slow = new pg.Client({ ...made.admin.attune })
    await slow.connect()
    await slow.query('begin')
    await slow.query(`insert into log.events (service_id, role, action, outcome) values ('north', 'system', 'record.slow', 'done')`)
    await write(2)
    expect(await sealLog(databases.sealer, signer)).toBeUndefined()
    await slow.query('commit')
    await slow.end()
    expect((await sealSoon()).head).toMatchObject({ events: 3, total: 18 })
    expect((await verifyLog(databases.sealer, signer, { anchors: [] })).findings).toEqual([])
  })

  it('puts many events into one batch, though it reads and hashes a few at a time', async () => {
    await admin(
      `insert into log.events (service_id, role, action, outcome, detail) select 'north', 'system', 'record.read', 'done', jsonb_build_object('index', n) from generate_series(1, 1001) n`,
    )
    expect((await sealSoon()).head).toMatchObject({ events: 1001, total: 1016 })
    expect((await verifyLog(databases.sealer, signer, { anchors: [await head()] })).findings).toEqual([])
    expect(isProven((await proveEvent(databases.sealer, signer, (await lastEvent()) - 300))!)).toBe(true)
  })

  it('seals each event once with sixteen writers, some of whom roll back, and three sealers at work', async () => {
    let writing = true
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let round = 0; round < 12; round++) {
        if ((round + writer) % 5 === 0)
          await withActor(databases.attune, { role: 'system' }, 'test', async (trx) => {
            await logEvent(trx, { serviceId: 'south', role: 'system', action: 'record.undone', outcome: 'done' })
            throw new Error('undone')
          }).catch(() => {})
        else await write(3)
      }
    })
    const sealers = Array.from({ length: 3 }, async () => {
      while (writing) await sealLog(databases.sealer, signer)
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(sealers)
    const [{ count }] = await admin('select count(*)::int as count from log.events')
    // What a transaction of another test, in another database, may have begun before is waited for as well.
    const sealed = async () => {
      await sealEverything(databases.sealer, signer)
      const { findings, events, waiting } = await verifyLog(databases.sealer, signer, { anchors: [] })
      return { findings, events, waiting }
    }
    await expect.poll(sealed, { timeout: 20_000 }).toEqual({ findings: [], events: count, waiting: 0 })
  })

  it('ASVS 16.4.2: the application can neither read a batch’s making nor change, remove or forge an event, and the sealer can only add', async () => {
    const attempt = async (user: string, password: string, statements: string[]) => {
      const client = new pg.Client({ ...made.admin.attune, user, password })
      await client.connect()
      const refused: string[] = []
      for (const statement of statements) await client.query(statement).catch((error: { code: string }) => refused.push(error.code))
      await client.query('rollback').catch(() => {})
      await client.end()
      return refused
    }
    const insert = (columns: string, values: string) =>
      `insert into log.events (service_id, role, action, outcome, ${columns}) values ('n', 'r', 'a', 'done', ${values})`
    const tries = [
      'select * from log.events',
      'select * from log.batches',
      `update log.events set outcome = 'done'`,
      'delete from log.events',
      'truncate log.events',
      'delete from log.batches',
      'update log.batches set total = 0',
      insert('at', `'2020-01-01'`),
      insert('xact', `'3'`),
    ]
    const roles = ['practitioner', 'service_lead', 'data_support', 'analyst', 'intake', 'door'].map((role) => `acting_${role}`)
    for (const role of roles) {
      const refused = await attempt('attune_app', made.loginPassword, [`set role ${role}`, ...tries])
      expect(refused, role).toEqual(Array(tries.length).fill('42501'))
    }
    // The screen's view for the operator's people, and the facts of an incident for the system.
    for (const role of ['acting_administrator', 'acting_auditor', 'acting_system'])
      expect(await attempt('attune_app', made.loginPassword, [`set role ${role}`, ...tries.slice(1)]), role).toEqual(
        Array(tries.length - 1).fill('42501'),
      )
    const sealer = databases.sealer.pool.options as { user: string; password: string }
    expect(await attempt(sealer.user, sealer.password, tries.slice(2))).toEqual(Array(tries.length - 2).fill('42501'))
  })
})

/** A head with the signature of somebody else's key. */
async function headOfOther(mine: SignedHead): Promise<SignedHead> {
  const other = openSigner(Buffer.alloc(32, 8))
  const { signature: _signature, ...rest } = mine
  return { ...rest, signature: other.sign(mine).toString('base64') }
}
