// Bad input at the desks where people decide: impossible days, decisions without reasons, the same person twice, words that name somebody. Each is
// answered as a problem, says nothing back of what was typed, and leaves everything as it was: no decision is half done.
import { randomUUID } from 'node:crypto'
import { problems, type ProblemCode } from '@attune/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../test/attune.ts'
import { fingerprint } from '../../test/fingerprint.ts'
import { openDesk, reasons, type Desk } from '../../test/rights-desk.ts'
import { newCode } from '../../test/submission.ts'

const planted = 'Zebediah Quillfeather'
const naming = `Please look after ${planted}, born on 3 May 2019.`
const blank = '            '
const code = newCode()
let desk: Desk
const ids = { record: '', other: '', confirmed: '', received: '', proposed: '', put: '', breach: '', ownGrant: '' }
type Who = 'administrator' | 'lead' | 'practitioner' | 'auditor'
let people: { readonly [who in Who]: Client }

beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
  const { test, administrator, lead, practitioner } = desk
  people = { administrator, lead, practitioner, auditor: await test.as('auditor') }
  ids.record = await desk.sent(code, { session_on: '2025-07-20', signed_on: '2025-07-01' })
  const otherCode = newCode()
  ids.other = await desk.sent(otherCode)
  ids.confirmed = (await desk.file({ type: 'rectify', code, identityCheck: 'known-in-person' })).requestId
  ids.received = (await desk.file({ type: 'access', code: otherCode })).requestId
  ids.proposed = (await desk.file({ type: 'delete', code: otherCode, identityCheck: 'known-in-person' })).requestId
  expect((await desk.decide(ids.proposed)).body.state).toBe('proposed')
  const put = await administrator.post('/api/retention/decisions', putOff({}))
  expect([put.status, put.text]).toEqual([201, expect.any(String)])
  ids.put = put.body.decisionId
  const breach = await administrator.post('/api/breaches', incident({}))
  expect([breach.status, breach.text]).toEqual([201, expect.any(String)])
  ids.breach = breach.body.breachId
  const all = (await administrator.get('/api/people')).body.people as { grantId: string; accountId: string }[]
  ids.ownGrant = all.find(({ accountId }) => accountId === administrator.accountId)!.grantId
})
afterAll(() => desk.test.stop())

const putOff = (more: object) => ({
  serviceId: 'north',
  kind: 'put-off',
  sessionFrom: '2025-07-20',
  sessionUntil: '2025-07-20',
  untilOn: '2030-07-20',
  reason: 'An evaluation of these years runs until then.',
  ...more,
})
const incident = (more: object) => ({
  foundAt: '2025-11-21T09:00:00Z',
  happenedFrom: '2025-11-20',
  happenedUntil: '2025-11-21',
  kind: 'lost',
  what: 'A tablet was left on a bus.',
  services: ['north'],
  accounts: [],
  ...more,
})
const decided = (more: object) => ({ outcome: 'grant', reasons, ...more })
const corrected = (more: object) => ({
  requestId: ids.confirmed,
  reason: 'The family says that it was otherwise.',
  answers: { goal_1: 'Sleep' },
  ...more,
})
const assessed = (more: object) => ({ likelihood: 2, severity: 2, risk: 'unlikely', reasons: 'Locked, and wiped from afar.', ...more })
const confirmed = () => `/api/rights/${ids.confirmed}`
const proposed = () => `/api/rights/${ids.proposed}`
const record = () => `/api/records/${ids.record}/correction`
const breach = () => `/api/breaches/${ids.breach}`

type Case = readonly [what: string, who: Who, path: () => string, body: () => object | undefined, status: number]
const filed = (what: string, body: object, status: number, who: Who = 'lead'): Case => [
  what,
  who,
  () => '/api/rights',
  () => ({ type: 'access', code, identityCheck: 'known-in-person', ...body }),
  status,
]
const cases: readonly Case[] = [
  filed('a request received on 30 February', { receivedOn: '2025-02-30' }, 400),
  filed('a request received tomorrow', { receivedOn: '2025-11-22' }, 422),
  filed('a request with words that name a client', { words: naming }, 422),
  filed('a request with a name for a code', { code: planted }, 422),
  filed('a request of a kind that is none', { type: 'forget' }, 400),
  ['a confirmation that says not how', 'lead', () => `/api/rights/${ids.received}/confirm`, () => ({}), 400],
  ['a confirmation of what is confirmed', 'lead', () => `${confirmed()}/confirm`, () => ({ identityCheck: 'known-in-person' }), 409],
  ['a decision without reasons', 'administrator', () => `${confirmed()}/decision`, () => decided({ reasons: '' }), 422],
  ['a decision whose reasons are blank', 'administrator', () => `${confirmed()}/decision`, () => decided({ reasons: blank }), 422],
  ['a decision whose reasons name somebody', 'administrator', () => `${confirmed()}/decision`, () => decided({ reasons: naming }), 422],
  ['a decision before anybody has made sure who asks', 'administrator', () => `/api/rights/${ids.received}/decision`, () => decided({}), 409],
  ['a second decision', 'administrator', () => `${proposed()}/decision`, () => decided({}), 409],
  ['an agreement by whoever proposed', 'administrator', () => `${proposed()}/agreement`, () => ({ agrees: true }), 403],
  ['an agreement to nothing', 'administrator', () => `${confirmed()}/agreement`, () => ({ agrees: true }), 409],
  ['a clock started that was not stopped', 'administrator', () => `${confirmed()}/clock`, () => ({ step: 'resume' }), 409],
  ['a clock stopped without saying what is asked', 'administrator', () => `${confirmed()}/clock`, () => ({ step: 'pause' }), 422],
  ['a clock stopped to ask about somebody by name', 'administrator', () => `${confirmed()}/clock`, () => ({ step: 'pause', reasons: naming }), 422],
  ['two months more for no reason', 'administrator', () => `${confirmed()}/clock`, () => ({ step: 'extend', reasons: blank }), 422],
  [
    'two months more for a reason that names somebody',
    'administrator',
    () => `${confirmed()}/clock`,
    () => ({ step: 'extend', reasons: naming }),
    422,
  ],
  ['the end of a restriction that there is not', 'administrator', () => `${confirmed()}/lift`, () => ({ reasons }), 409],
  ['a correction without a reason', 'administrator', record, () => corrected({ reason: '' }), 400],
  ['a correction whose reason is blank', 'administrator', record, () => corrected({ reason: blank }), 400],
  ['a correction whose reason names somebody', 'administrator', record, () => corrected({ reason: naming }), 422],
  ['a correction of nothing', 'administrator', record, () => corrected({ answers: {} }), 422],
  ['a correction to 30 February', 'administrator', record, () => corrected({ answers: { session_on: '2025-02-30' } }), 422],
  ['a correction to a day to come', 'administrator', record, () => corrected({ answers: { session_on: '2025-12-24' } }), 422],
  ['a correction of the code', 'administrator', record, () => corrected({ answers: { client_code: newCode() } }), 422],
  ['a correction of another client', 'administrator', () => `/api/records/${ids.other}/correction`, () => corrected({}), 409],
  ['a correction for a request that is not confirmed', 'administrator', record, () => corrected({ requestId: ids.received }), 409],
  ['records put off without a reason', 'administrator', () => '/api/retention/decisions', () => putOff({ reason: '' }), 422],
  ['records put off for a blank reason', 'administrator', () => '/api/retention/decisions', () => putOff({ reason: blank }), 422],
  ['records put off for a reason that names somebody', 'administrator', () => '/api/retention/decisions', () => putOff({ reason: naming }), 422],
  ['records of 30 February put off', 'administrator', () => '/api/retention/decisions', () => putOff({ sessionFrom: '2025-02-30' }), 400],
  ['records put off to 30 February', 'administrator', () => '/api/retention/decisions', () => putOff({ untilOn: '2030-02-30' }), 400],
  ['days back to front', 'administrator', () => '/api/retention/decisions', () => putOff({ sessionFrom: '2025-07-21' }), 422],
  ['records of a service that there is not', 'administrator', () => '/api/retention/decisions', () => putOff({ serviceId: 'nowhere' }), 404],
  ['an agreement by whoever asked to put off', 'administrator', () => `/api/retention/decisions/${ids.put}/agreement`, () => ({ agrees: true }), 403],
  ['an incident found tomorrow', 'administrator', () => '/api/breaches', () => incident({ foundAt: '2025-11-22T09:00:00Z' }), 400],
  ['an incident on 30 February', 'administrator', () => '/api/breaches', () => incident({ happenedFrom: '2025-02-30' }), 400],
  ['an incident that ended before it began', 'administrator', () => '/api/breaches', () => incident({ happenedFrom: '2025-11-22' }), 400],
  ['an incident without words', 'administrator', () => '/api/breaches', () => incident({ what: blank }), 400],
  ['an incident whose words name somebody', 'administrator', () => '/api/breaches', () => incident({ what: naming }), 422],
  ['an incident at no service', 'administrator', () => '/api/breaches', () => incident({ services: [] }), 400],
  ['an incident at a service that there is not', 'administrator', () => '/api/breaches', () => incident({ services: ['nowhere'] }), 404],
  ['a risk without reasons', 'administrator', () => `${breach()}/assessment`, () => assessed({ reasons: blank }), 400],
  ['a risk whose reasons name somebody', 'administrator', () => `${breach()}/assessment`, () => assessed({ reasons: naming }), 422],
  ['a risk of six', 'administrator', () => `${breach()}/assessment`, () => assessed({ severity: 6 }), 400],
  [
    'the regulator told before it was found',
    'administrator',
    () => `${breach()}/regulator`,
    () => ({ toldAt: '2025-11-20T09:00:00Z', reference: 'IC-1' }),
    400,
  ],
  ['the regulator told tomorrow', 'administrator', () => `${breach()}/regulator`, () => ({ toldAt: '2025-11-22T09:00:00Z', reference: 'IC-1' }), 400],
  ['an incident closed that nobody has assessed', 'administrator', () => `${breach()}/close`, () => ({ lessons: 'Nothing to learn here.' }), 409],
  ['an incident closed with lessons that name somebody', 'administrator', () => `${breach()}/close`, () => ({ lessons: naming }), 422],
  ['an incident closed without lessons', 'administrator', () => `${breach()}/close`, () => ({ lessons: blank }), 400],
  ['a verdict that is none', 'auditor', () => `/api/audit-texts/${randomUUID()}/verdict`, () => ({ verdict: 'perhaps' }), 400],
  ['a verdict on nothing', 'auditor', () => `/api/audit-texts/${randomUUID()}/verdict`, () => ({ verdict: 'clear' }), 404],
  ['an audit closed that there is not', 'auditor', () => `/api/audits/${randomUUID()}/close`, () => undefined, 404],
  ['one’s own access let go on', 'administrator', () => `/api/grants/${ids.ownGrant}/review`, () => ({ verdict: 'keep' }), 403],
  [
    'a practitioner moved to a service that there is not',
    'administrator',
    () => '/api/moves',
    () => ({ accountId: desk.practitioner.accountId, fromServiceId: 'north', toServiceId: 'nowhere' }),
    404,
  ],
  [
    'a practitioner moved to where they are',
    'administrator',
    () => '/api/moves',
    () => ({ accountId: desk.practitioner.accountId, fromServiceId: 'north', toServiceId: 'north' }),
    400,
  ],
  ['a nominee without a job', 'lead', () => '/api/nominations', () => ({ email: 'a@example.org', displayName: 'A', jobTitle: blank }), 400],
  ['a nominee without an address', 'lead', () => '/api/nominations', () => ({ email: planted, displayName: 'A', jobTitle: 'Analyst' }), 400],
  ['someone who leaves and does not say so', 'practitioner', () => '/api/leaving', () => ({ leaving: false }), 400],
]

describe('the desks', () => {
  let untouched: string | undefined
  it.each(cases)('refuse %s (%s) and change nothing', async (_what, who, path, body, status) => {
    const before = (untouched ??= await fingerprint(desk.test))
    const given = body()
    const reply = await people[who].request('POST', path(), {
      ...(given !== undefined && { body: given }),
      ...(path().includes('audit-texts') && { purpose: 'audit' }),
    })
    expect([reply.status, reply.text]).toEqual([status, expect.any(String)])
    expect(reply.headers['content-type']).toContain('application/problem+json')
    const known = problems[reply.body.code as ProblemCode]
    expect([known.title, known.status]).toEqual([reply.body.title, status])
    expect(reply.text).not.toMatch(/Zebediah|Quillfeather/)
    expect(await fingerprint(desk.test)).toBe(before)
  })
})
