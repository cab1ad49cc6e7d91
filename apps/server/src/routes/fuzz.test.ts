// Two thousand hostile requests to every route, by everybody: no fault, nothing from inside in a reply, memory flat, and the server as it was.
// `npm run fuzz` goes on for as long as one likes.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '@attune/policy'
import { anyRequest, findFault } from '../../../../tools/fuzz/requests.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'

const seed = 20_261_127
const requests = 2_000
let test: TestAttune
const people: Client[] = []
beforeAll(async () => {
  test = await startAttune()
  for (const role of roles) people.push(await test.as(role))
  people.push(test.stranger(), await test.as('administrator', { assurance: 'password' }), await readyPractitioner(test))
})
afterAll(() => test.stop())

describe('a hostile request', () => {
  it('is answered and does no harm, whoever sends it and wherever to (ASVS 1.2.4, 16.5.3)', { timeout: 300_000 }, async () => {
    const before = process.memoryUsage().heapUsed
    const property = fc.asyncProperty(anyRequest(), fc.nat({ max: people.length - 1 }), async ({ method, url, headers, body }, who) => {
      const reply = await people[who]!.request(method, url, { headers, ...(body !== undefined && { body }) })
      const fault = findFault({
        status: reply.status,
        contentType: String(reply.headers['content-type'] ?? ''),
        code: reply.body?.code,
        text: reply.text,
      })
      if (fault !== undefined) throw new Error(`${method} ${url}: ${fault}`)
    })
    await expect(fc.assert(property, { seed, numRuns: requests })).resolves.toBeUndefined()
    expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(300)
    expect(test.faults).toEqual([])
    expect((await sendSession(test, await readyPractitioner(test))).status).toBe(201)
  })
})
