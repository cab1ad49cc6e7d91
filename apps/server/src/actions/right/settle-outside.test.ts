// Letters of the rights desk, when their sending is broken off.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newCode } from '../../../test/submission.ts'
import { openDesk, type Desk } from '../../../test/rights-desk.ts'
import { settleOutside } from './settle-outside.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
})
afterAll(() => desk.test.stop())

it('a letter whose sending was broken off is sent by the next run, once', async () => {
  const { test } = desk
  const { mail } = test.attune
  const code = newCode()
  await desk.sent(code)
  await settleOutside(test.attune)
  const { send } = mail
  const before = test.letters.length
  mail.send = () => Promise.reject(new Error('broken off'))
  // Filing tells people at once; whoever filed is not kept waiting by a letter that could not go.
  await desk.support.post('/api/rights', { type: 'access', code, identityCheck: 'known-in-person' })
  await settleOutside(test.attune).catch(() => {})
  mail.send = send
  expect(test.letters.length).toBe(before)
  await settleOutside(test.attune)
  const sent = test.letters.length
  expect(sent).toBeGreaterThan(before)
  await settleOutside(test.attune)
  expect(test.letters.length).toBe(sent)
})
