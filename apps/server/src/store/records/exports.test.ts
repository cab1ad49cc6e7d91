import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { withActor } from '../with-actor.ts'
import { addExport } from './exports.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

it('a copy is noted with whom it holds, whether their ids come as text or as bytes', async () => {
  const support = { role: 'data-support', serviceId: 'north', accountId: randomUUID() } as const
  const ids = Array.from({ length: 1_000 }, () => randomUUID())
  const bytes = Buffer.from(ids.join('').replaceAll('-', ''), 'hex')
  const noted = [ids, bytes, [], Buffer.alloc(0)]
  await withActor(test.attune.databases.attune, support, 'download', async (trx) => {
    for (const [at, clientIds] of noted.entries())
      await addExport(trx, { ...support, at: new Date(), sha256: String(at).repeat(64), records: clientIds.length, withheld: 0, clientIds })
  })
  const kept = await askDatabase<{ client_ids: string[] }>(test, `select client_ids from log.exports where account_id = $1 order by sha256`, [
    support.accountId,
  ])
  expect(kept.map(({ client_ids }) => client_ids)).toEqual([ids, ids, [], []])
})
