// Grants that are asked for ahead of the session: nobody acts a moment longer under one that has ended or was changed for another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../../test/submission.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

const read = { purpose: 'retrieve' }

describe('the grant of the last request', () => {
  it('counts for the next one only while it lives', async () => {
    const support = await test.as('data-support', { serviceId: 'north' })
    for (let times = 0; times < 3; times++) expect((await support.get('/api/records', read)).status).toBe(200)
    await askDatabase(test, `update policy.access_grants set ended_at = now() where account_id = $1 returning 1`, [support.accountId])
    expect((await support.get('/api/records', read)).status).toBe(403)
    await askDatabase(test, `update policy.access_grants set ended_at = null where account_id = $1 returning 1`, [support.accountId])
    expect((await support.get('/api/records', read)).status).toBe(200)
  })

  it('gives way to the one that the request names, and to the one that the session chose since', async () => {
    const [north, south] = await Promise.all([test.as('data-support', { serviceId: 'north' }), test.as('data-support', { serviceId: 'south' })])
    // One account with both grants.
    await askDatabase(test, `update policy.access_grants set account_id = $1 where account_id = $2 returning 1`, [north.accountId, south.accountId])
    const grants = await askDatabase<{ grant_id: string; service_id: string }>(
      test,
      'select grant_id, service_id from policy.access_grants where account_id = $1 order by service_id',
      [north.accountId],
    )
    expect(grants.map((grant) => grant.service_id)).toEqual(['north', 'south'])
    await sendSession(test, await readyPractitioner(test, 'north'))
    const records = async (headers = {}) => {
      const reply = await north.get('/api/records', { ...read, headers })
      expect(reply.status, reply.text).toBe(200)
      return reply.body.records.length as number
    }
    expect([await records(), await records()]).toEqual([1, 1])
    expect([await records({ 'attune-grant': grants[1]!.grant_id }), await records()]).toEqual([0, 1])
    expect((await north.post('/api/session/grant', { grantId: grants[1]!.grant_id })).status).toBe(200)
    expect([await records(), await records()]).toEqual([0, 0])
    expect((await north.post('/api/session/grant', { grantId: grants[0]!.grant_id })).status).toBe(200)
    expect(await records()).toBe(1)
  })
})
