// What arrives at the same moment is written together; nobody can tell, except by the clock.
import { randomUUID } from 'node:crypto'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { newCode, readyPractitioner, sendSession, sendXml, sessionGiven, toXml } from '../../../test/submission.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

const count = async (table: string, ids: readonly string[]) => {
  const [row] = await askDatabase<{ count: string }>(test, `select count(*) from ${table} where record_id = any ($1)`, [ids])
  return Number(row!.count)
}

describe('records that arrive together', () => {
  it('are all there once, each with its own author, scores and event, and read back as they were sent', async () => {
    const [one, other] = await Promise.all([readyPractitioner(test, 'north'), readyPractitioner(test, 'north')])
    const form = getFormOfKind(test.attune.programme, 'client-record')
    const sent = Array.from({ length: 40 }, (_, at) => ({
      instanceId: randomUUID(),
      by: at % 2 === 0 ? one : other,
      words: `Together ${at}: a shared smile.`,
      code: newCode(),
    }))
    const xml = (each: (typeof sent)[number]) =>
      toXml(form, sessionGiven({ client_code: each.code, narrative_child: each.words }), { instanceId: each.instanceId })
    const replies = await Promise.all(sent.map((each) => sendXml(each.by, xml(each))))
    expect(replies.map(({ status }) => status)).toEqual(sent.map(() => 201))
    const ids = sent.map(({ instanceId }) => instanceId)
    for (const table of ['answers.records', 'scores.record_scores', 'identity.record_authors'])
      expect([table, await count(table, ids)]).toEqual([table, 40])
    const events = await askDatabase<{ account_id: string; record: string }>(
      test,
      `select account_id, detail ->> 'recordId' as record from log.events where action = 'record.submit' and outcome = 'done' and detail ->> 'recordId' = any ($1)`,
      [ids],
    )
    expect(new Map(events.map((event) => [event.record, event.account_id]))).toEqual(
      new Map(sent.map((each) => [each.instanceId, each.by.accountId])),
    )
    expect(events).toHaveLength(40)
    const support = await test.as('data-support', { serviceId: 'north' })
    for (const each of [sent[0]!, sent[13]!, sent[39]!]) {
      const { body } = await support.get(`/api/records/${each.instanceId}`, { purpose: 'retrieve' })
      expect(body.answers.find((line: { name: string }) => line.name === 'narrative_child').value).toBe(each.words)
      expect(body.record.code).toBe(each.code)
    }
    const again = await Promise.all(sent.map((each) => sendXml(each.by, xml(each))))
    expect(again.map(({ status }) => status)).toEqual(sent.map(() => 202))
    expect(await count('answers.records', ids)).toBe(40)
  })

  it('do not carry one another away: a replay, changed content, a shut gate and one code for two are each answered for themselves', async () => {
    const practitioner = await readyPractitioner(test, 'north')
    const left = await readyPractitioner(test, 'north')
    await askDatabase(test, `update identity.practitioners set status = 'left' where account_id = $1 returning 1`, [left.accountId])
    const known = randomUUID()
    const code = newCode()
    await sendSession(test, practitioner, { client_code: code }, { instanceId: known })
    const shared = newCode()
    const twice = randomUUID()
    const replies = await Promise.all([
      ...Array.from({ length: 10 }, () => sendSession(test, practitioner)),
      sendSession(test, practitioner, { client_code: code, narrative_child: 'Something else.' }, { instanceId: known }),
      sendSession(test, left),
      sendSession(test, practitioner, { client_code: shared }),
      sendSession(test, practitioner, { client_code: shared, session_no: '2' }),
      sendSession(test, practitioner, { client_code: code, session_no: '2' }),
      sendSession(test, practitioner, { client_code: shared, narrative_child: 'Twice.' }, { instanceId: twice }),
      sendSession(test, practitioner, { client_code: shared, narrative_child: 'Twice.' }, { instanceId: twice }),
    ])
    const statuses = replies.map(({ status }) => status)
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 201))
    expect([statuses[10], statuses[12], statuses[13], statuses[14]]).toEqual([409, 201, 201, 201])
    expect(statuses[11]).toBeGreaterThanOrEqual(400)
    expect([...statuses.slice(15)].sort()).toEqual([201, 202])
    const [clients] = await askDatabase<{ count: string }>(
      test,
      'select count(distinct client_id) from answers.records where client_id in (select client_id from answers.records where record_id = $1)',
      [twice],
    )
    expect(Number(clients!.count)).toBe(1)
  })

  it('are of one client and one key when they are its first, and each is opened again', async () => {
    const practitioner = await readyPractitioner(test, 'north')
    const codes = [newCode(), newCode(), newCode()]
    const sent = Array.from({ length: 24 }, (_, at) => ({ instanceId: randomUUID(), code: codes[at % 3]!, words: `First words ${at}.` }))
    const replies = await Promise.all(
      sent.map(({ instanceId, code, words }) => sendSession(test, practitioner, { client_code: code, narrative_child: words }, { instanceId })),
    )
    expect(replies.map(({ status }) => status)).toEqual(sent.map(() => 201))
    const clients = await askDatabase<{ record_id: string; client_id: string }>(
      test,
      'select record_id, client_id from answers.records where record_id = any ($1)',
      [sent.map(({ instanceId }) => instanceId)],
    )
    const clientOf = new Map(clients.map((row) => [row.record_id, row.client_id]))
    expect(new Set(clientOf.values()).size).toBe(3)
    for (const { instanceId, code } of sent)
      expect(clientOf.get(instanceId)).toBe(clientOf.get(sent.find((first) => first.code === code)!.instanceId))
    const support = await test.as('data-support', { serviceId: 'north' })
    for (const { instanceId, code, words } of sent.slice(0, 6)) {
      const { body } = await support.get(`/api/records/${instanceId}`, { purpose: 'retrieve' })
      expect(body.record.code).toBe(code)
      expect(body.answers.find((line: { name: string }) => line.name === 'narrative_child').value).toBe(words)
    }
  })

  it('cost no more when the service has thousands of clients: nothing reads them all', async () => {
    const practitioner = await readyPractitioner(test, 'north')
    await askDatabase(
      test,
      `with many as (
        insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
        select 'north', gen_random_uuid(), sha256(n::text::bytea), '\\x00', 'form' from generate_series(1, 4000) n returning client_id
      ) insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices)
        select 'north', gen_random_uuid(), client_id, $1, current_date, now(), 'before', '2-4', '{}', '{}', '{}' from many`,
      [test.attune.programme.id],
    )
    const rowsRead = async () => {
      const [row] = await askDatabase<{ rows: string }>(
        test,
        "select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as rows from pg_stat_user_tables where (schemaname, relname) in (('answers', 'clients'), ('scores', 'record_scores'))",
      )
      return Number(row!.rows)
    }
    const sendMany = async () => {
      const replies = await Promise.all(Array.from({ length: 30 }, () => sendSession(test, practitioner, { client_code: newCode() })))
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201))
      // PostgreSQL hands its counts over at the end of a transaction, once a second at most.
      await new Promise((resolve) => setTimeout(resolve, 1100))
    }
    await sendMany()
    const before = await rowsRead()
    await sendMany()
    await sendMany()
    // Reading all once would be 4,000 rows already.
    expect((await rowsRead()) - before).toBeLessThan(2000)
  })
})
