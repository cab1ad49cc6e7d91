import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { nominee } from '../../test/nominate.ts'
import { passTimeTo } from '../../test/pass-time.ts'
import { runGrantReviews } from '../actions/person/run-grant-reviews.ts'

let attune: TestAttune
let administrator: Client

beforeAll(async () => {
  attune = await startAttune()
  administrator = await attune.as('administrator', { email: 'admin@example.org' })
})
afterAll(() => attune.stop())

const give = (accountId: string, serviceId = 'north') => administrator.post('/api/grants', { accountId, role: 'data-support', serviceId })
const people = (count: number, serviceId = 'north') => Promise.all(Array.from({ length: count }, () => nominee(attune, serviceId)))

describe('seats for data support', () => {
  it('DCS-122: a third person for a service’s data is refused with 409; when one of the two is revoked the third gets the seat', async () => {
    const [first, second, third] = await people(3)
    const grant = (await give(first!.accountId)).body
    expect((await give(second!.accountId)).status).toBe(201)
    const refused = await give(third!.accountId)
    expect([refused.status, refused.body.code]).toEqual([409, 'grant-limit'])
    expect((await third!.get('/api/records', { purpose: 'retrieve' })).status).toBe(403)

    expect((await administrator.request('DELETE', `/api/grants/${grant.grantId}`)).status).toBe(200)
    const given = await give(third!.accountId)
    expect(given.status).toBe(201)
    await third!.post('/api/session/grant', { grantId: given.body.grantId })
    expect((await third!.get('/api/records', { purpose: 'retrieve' })).status).toBe(200)
    expect((await first!.get('/api/records', { purpose: 'retrieve', headers: { 'attune-grant': grant.grantId } })).status).toBe(403)
  })

  it('are two also when six are given at the same moment', async () => {
    await attune.addService('busy')
    const replies = await Promise.all((await people(6, 'busy')).map(({ accountId }) => give(accountId, 'busy')))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 201, 409, 409, 409, 409])
  })
})

describe('the review of an access', () => {
  it('DCS-070: opens thirty days ahead with a letter; late it is red on the home screen, told by letter and gives nothing until somebody looks', async () => {
    await attune.addService('quiet')
    const [person] = await people(1, 'quiet')
    const { grantId, reviewOn } = (await give(person!.accountId, 'quiet')).body
    expect(reviewOn).toBe('2026-11-21')
    // Accesses of the other tests come up on the same day; one of them is enough to look at.
    const mark = async () => (await administrator.get('/api/marks')).body.marks.find(({ place }: { place: string }) => place === '/people')
    const waiting = (await administrator.get('/api/nominations')).body.nominations.length
    const letters = (words: string) => attune.letters.filter(({ to, subject }) => to === 'admin@example.org' && subject === words)
    await passTimeTo(attune, '2026-10-21T05:00:00Z')
    expect(await runGrantReviews(attune.attune)).toEqual({ opened: 0, late: 0 })
    expect(await mark()).toEqual({ place: '/people', open: waiting, overdue: 0 })
    await passTimeTo(attune, '2026-10-22T05:00:00Z')
    const { opened, late } = await runGrantReviews(attune.attune)
    expect([opened > 0, late]).toEqual([true, 0])
    expect(await runGrantReviews(attune.attune)).toEqual({ opened: 0, late: 0 })
    expect(letters('Access is due to be looked at again').map(({ text }) => text)).toEqual([expect.stringContaining('by 21 November 2026')])
    expect(await mark()).toEqual({ place: '/people', open: waiting + opened, overdue: 0 })

    await passTimeTo(attune, '2026-11-22T05:00:00Z')
    expect(await runGrantReviews(attune.attune)).toEqual({ opened: 0, late: opened })
    expect(await runGrantReviews(attune.attune)).toEqual({ opened: 0, late: 0 })
    expect(letters('Access has ended because nobody has looked at it again')).toHaveLength(1)
    expect(await mark()).toEqual({ place: '/people', open: waiting + opened, overdue: opened })
    const read = () => person!.get('/api/records', { purpose: 'retrieve', headers: { 'attune-grant': grantId } }).then(({ status }) => status)
    expect(await read()).toBe(403)
    // A session neither offers it nor takes it up.
    const offered = async () => (await person!.get('/api/session')).body.grants.map((grant: { grantId: string }) => grant.grantId)
    expect(await offered()).not.toContain(grantId)
    expect((await person!.post('/api/session/grant', { grantId })).status).toBe(404)
    expect((await administrator.post(`/api/grants/${grantId}/review`, { verdict: 'keep' })).status).toBe(200)
    expect(await read()).toBe(200)
    expect(await offered()).toContain(grantId)
    expect(await mark()).toEqual({ place: '/people', open: waiting + opened - 1, overdue: opened - 1 })
    expect((await administrator.get('/api/events')).body.events.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['grant.review-open', 'grant.review-overdue', 'grant.review']),
    )
  })
})
