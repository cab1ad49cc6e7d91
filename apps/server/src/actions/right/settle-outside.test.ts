// What decisions call for outside the main database, when it is broken off.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { newCode } from '../../../test/submission.ts'
import { openDesk, type Desk } from '../../../test/rights-desk.ts'
import type { Attune } from '../../attune.ts'
import { jobs } from '../../jobs/table.ts'
import { settleOutside } from './settle-outside.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
})
afterAll(() => desk.test.stop())

/** The same server, broken in one place. */
const breakOff = (change: Partial<Attune>) => Object.assign(desk.test.attune, change)
const brokenOff = () => Promise.reject(new Error('broken off'))
const clock = () => jobs.find(({ name }) => name === 'settle-rights')!.run(desk.test.attune, new AbortController().signal)

it('a letter whose sending was broken off is sent by the next run, once', async () => {
  const { test } = desk
  const { mail } = test.attune
  const code = newCode()
  await desk.sent(code)
  await settleOutside(test.attune)
  const before = test.letters.length
  breakOff({ mail: { ...mail, send: brokenOff } })
  // Filing tells people at once; whoever filed is told that it is filed, whatever becomes of the letters.
  const filed = await desk.support.post('/api/rights', { type: 'access', code, identityCheck: 'known-in-person' })
  expect([filed.status, filed.body.state]).toEqual([201, 'confirmed'])
  expect(test.faults.filter((line) => line.includes('"where":"settle"'))).toHaveLength(1)
  await expect(settleOutside(test.attune)).rejects.toThrow('broken off')
  breakOff({ mail })
  expect(test.letters.length).toBe(before)
  await clock()
  const sent = test.letters.length
  expect(sent).toBeGreaterThan(before)
  await clock()
  expect(test.letters.length).toBe(sent)
})

it('a letter that went out before its notice was marked goes out no second time', async () => {
  const { test } = desk
  const filed = await desk.file({ type: 'access', code: newCode(), identityCheck: 'known-in-person' })
  await clock()
  const about = () => test.letters.filter(({ text }) => text.includes(filed.reference)).length
  const before = about()
  expect(before).toBeGreaterThan(0)
  await askDatabase(test, `update rights.notices set sent_at = null where facts ->> 'reference' = $1`, [filed.reference])
  await clock()
  expect(about()).toBe(before)
})

it('a decision whose key could not be destroyed stands and is answered; the clock destroys the key', async () => {
  const { test } = desk
  const { keyring } = test.attune
  const code = newCode()
  await desk.sent(code)
  const filed = await desk.file({ type: 'delete', code, identityCheck: 'known-in-person' })
  expect((await desk.decide(filed.requestId)).status).toBe(200)
  breakOff({ keyring: { ...keyring, destroyClientKey: brokenOff } })
  const agreed = await desk.agree(filed.requestId)
  breakOff({ keyring })
  expect([agreed.status, agreed.body.state]).toEqual([200, 'done'])
  const left = () => askDatabase(test, `select from rights.erasures where outside_id is not null`)
  expect(await left()).toHaveLength(1)
  // The letters do not wait for the key.
  expect(test.letters.some(({ subject, text }) => subject === 'Data of a client was deleted' && text.includes(filed.reference))).toBe(true)
  await clock()
  expect(await left()).toHaveLength(0)
})
