import { afterAll, beforeAll, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { logRefusal } from '../session/sign-in.ts'
import { forgetOldEvents, sealAndAnchor, verifyWholeLog } from './keep-log.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

/** The same server under a policy that keeps the log for so many years. */
function keeping(years: number): TestAttune['attune'] {
  const { attune } = test
  const retention = attune.programme.policy.retention.map((rule) => (rule.id === 'log' ? { ...rule, atMost: { years } } : rule))
  return { ...attune, programme: { ...attune.programme, policy: { ...attune.programme.policy, retention } } }
}
const deleted = async (years: number) => (await verifyWholeLog(keeping(years))).findings.filter(({ kind }) => kind === 'event-deleted').length
const said = () =>
  askDatabase<{ detail: Record<string, string> }>(test, `select detail from log.events where action = 'log.forget' order by event_id`)

it('events that went when their time was over are no deletion once the policy keeps the log for longer', async () => {
  await logRefusal(test.attune, undefined, 'session.begin', 'password')
  // A transaction of another test, in another database of this PostgreSQL, may hold a seal up for a moment.
  while ((await askDatabase(test, 'select batch from log.batches')).length === 0) await sealAndAnchor(test.attune)
  const whole = `event_id in (select unnest(event_ids) from log.batches)`
  const moved = await askDatabase(test, `update log.events set at = at - interval '9 years' where ${whole} returning event_id`)
  await askDatabase(test, `update log.batches set sealed_at = sealed_at - interval '9 years' returning batch`)
  expect(moved.length).toBeGreaterThan(0)
  // Of the batches that were moved the times no longer fit their signatures; what is asked here is whether something was deleted.
  expect(await deleted(6)).toBe(0)
  expect(await forgetOldEvents(keeping(30))).toBe(0)
  expect(await said()).toEqual([])

  expect(await forgetOldEvents(keeping(6))).toBe(moved.length)
  expect(await forgetOldEvents(keeping(6))).toBe(0)
  const [event, ...others] = await said()
  expect(others).toEqual([])
  expect(event!.detail).toMatchObject({ policyVersion: test.attune.programme.policyVersion.text })
  expect(new Date(event!.detail['keptSince']!).getTime()).toBeLessThan(Date.now() - 5 * 365 * 24 * 60 * 60_000)
  expect(await deleted(30)).toBe(0)

  await askDatabase(test, `update log.events set detail = detail || '{"signature": "AAAA"}' where action = 'log.forget' returning event_id`)
  expect(await deleted(30)).toBe(moved.length)
  expect(await deleted(6)).toBe(0)
})
