// Whom letters go to: people whose access is in force today, and nobody whose review has lapsed, whose role has ended or whose account is closed.
import { getContact } from '@attune/policy'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { disableAccount } from '../../store/accounts/accounts.ts'
import { endGrantsOf } from '../../store/grants.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { withActor } from '../../store/with-actor.ts'
import { settleOutside } from '../right/settle-outside.ts'
import { findRecipients } from './find-recipients.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune({ at: '2025-11-21T10:00:00Z' })
})
afterAll(() => test.stop())

const found = async () => (await findRecipients(test.attune, ['administrator'], 'operator')).map(({ email }) => email).sort()
const review = (accountId: string, on: string) =>
  askDatabase(test, `update policy.access_grants set review_on = $2 where account_id = $1 returning 1`, [accountId, on])

it('DCS-070: an access whose review has lapsed gets no letters, from the day after on', async () => {
  const late = await test.as('administrator', { email: 'late@example.org' })
  const [ended, closed] = [await test.as('administrator'), await test.as('administrator')]
  await test.as('administrator', { email: 'here@example.org' })
  await withActor(test.attune.databases.attune, { role: 'system' }, 'set-up', (trx) =>
    endGrantsOf(trx, { accountId: ended.accountId, endedBy: null, at: test.clock.now() }),
  )
  await withActor(test.attune.databases.accounts, { role: 'door' }, 'set-up', (trx) => disableAccount(trx, closed.accountId, test.clock.now()))
  await review(late.accountId, '2025-11-21')
  expect(await found()).toEqual(['here@example.org', 'late@example.org'])
  test.clock.set('2025-11-22T10:00:00Z')
  expect(await found()).toEqual(['here@example.org'])
})

it('what no administrator can be told goes to the contact that is printed everywhere', async () => {
  await askDatabase(test, `update policy.access_grants set review_on = '2025-11-01' where role = 'administrator'`)
  await withActor(test.attune.databases.attune, { role: 'system' }, 'set-up', (trx) =>
    addNotice(trx, {
      serviceId: 'operator',
      kind: 'backup-late',
      about: 'today',
      toRole: 'administrator',
      facts: { lines: 'records: none has been made yet' },
      at: test.clock.now(),
    }),
  )
  await settleOutside(test.attune)
  expect(test.letters.map(({ to, subject }) => [to, subject])).toEqual([[getContact(test.attune.programme.policy).email, 'A backup is late']])
})
