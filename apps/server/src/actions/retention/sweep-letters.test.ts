// Invitations and letters at the end of their time, which the policy says.
import { retentionSchedule } from '@attune/policy'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { programmeAfter } from '../../../test/changed-programme.ts'
import { jobs } from '../../jobs/table.ts'
import { giveGrant } from '../../store/grants.ts'
import { withActor } from '../../store/with-actor.ts'
import { invite } from '../invitation/invite.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune({
    at: '2025-11-01T10:00:00Z',
    programme: programmeAfter([
      'Invitations, taken up or not", starts: made, atMost: { days: 30 }',
      'Invitations, taken up or not", starts: made, atMost: { days: 20 }',
    ]),
  })
})
afterAll(() => test.stop())

const run = () => jobs.find(({ name }) => name === 'sweep-letters')!.run(test.attune, new AbortController().signal)
const count = async (table: string) =>
  (await askDatabase<{ count: number }>(test, `select count(*)::int as count from accounts.${table}`, [], 'accounts'))[0]!.count
const events = async (action: string) =>
  (await askDatabase<{ detail: object }>(test, `select detail from log.events where action = $1`, [action])).map(({ detail }) => detail)
const inviteOne = (email: string) =>
  invite(test.attune, {
    email,
    role: 'practitioner',
    serviceId: 'north',
    by: { role: 'system', serviceId: 'north' },
    origin: 'https://attune.example.org',
  })

it('go on the day that the policy says and not before, each kind with an event, whatever became of them', async () => {
  await inviteOne('one@example.org')
  await inviteOne('two@example.org')
  const { mail } = test.attune
  const letter = { to: 'three@example.org', subject: 'A letter that nobody took', text: 'Hello' }
  await withActor(test.attune.databases.accounts, { role: 'door' }, 'mail', (trx) => mail.put(trx, letter))
  test.clock.set('2025-11-20T12:00:00Z')
  expect(await run()).toEqual({ invitations: 0, letters: 0, grants: 0 })
  test.clock.set('2025-11-22T12:00:00Z')
  expect(await run()).toEqual({ invitations: 2, letters: 0, grants: 0 })
  expect([await count('invitations'), await count('outbox')]).toEqual([0, 3])
  test.clock.set('2025-12-02T12:00:00Z')
  expect(await run()).toEqual({ invitations: 0, letters: 3, grants: 0 })
  expect(await run()).toEqual({ invitations: 0, letters: 0, grants: 0 })
  expect(await count('outbox')).toBe(0)
  expect(await events('retention.remove-invitations')).toEqual([{ invitations: 2, rule: 'invitation', madeUntil: expect.any(String) }])
  expect(await events('retention.remove-letters')).toEqual([{ letters: 3, untaken: 1, rule: 'letter', madeUntil: expect.any(String) }])
})

it('an access that was given to somebody whose joining broke off, and who never came back, ends with the invitation', async () => {
  await inviteOne('broke.off@example.org')
  const [{ id } = { id: '' }] = await askDatabase<{ id: string }>(test, 'select invitation_id as id from accounts.invitations', [], 'accounts')
  const at = test.clock.now()
  await withActor(test.attune.databases.attune, { role: 'door' }, 'invite', (trx) =>
    giveGrant(trx, { accountId: id, role: 'practitioner', serviceId: 'north', seats: 2, at }),
  )
  expect((await run())['grants']).toBe(0)
  test.clock.pass(8 * 24 * 60 * 60_000)
  expect((await run())['grants']).toBe(1)
  expect(await askDatabase(test, 'select from policy.access_grants where account_id = $1 and ended_at is null', [id])).toEqual([])
  expect(await events('grant.end')).toEqual([{ grant: expect.any(String), because: 'joining-broke-off' }])
})

it('what the policy says of them is in the printed retention schedule', () => {
  const printed = JSON.stringify(retentionSchedule(test.attune.programme.policy))
  expect(printed).toMatch(/Invitations, taken up or not[^\]]*20 days/)
  expect(printed).toMatch(/Letters that no mail server has taken yet[^\]]*30 days/)
})
