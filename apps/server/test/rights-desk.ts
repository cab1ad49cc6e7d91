// People of the rights desk and what they do there, for tests.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { startAttune, type Client, type Reply, type TestAttune } from './attune.ts'
import { readyPractitioner, sendSession, type Given } from './submission.ts'

type Person = Client & { accountId: string }

export type Desk = {
  readonly test: TestAttune
  readonly administrator: Person
  readonly colleague: Person
  readonly lead: Person
  readonly southLead: Person
  readonly support: Person
  readonly southSupport: Person
  readonly practitioner: Person
  /** Sends a session of north's practitioner and returns its record id. */
  readonly sent: (code: string, more?: Given, who?: Person) => Promise<string>
  /** Files a request; the service has made sure who asks. */
  readonly file: (body: object, who?: Client) => Promise<Reply['body']>
  readonly decide: (requestId: string, body?: object, who?: Client) => Promise<Reply>
  readonly agree: (requestId: string, who?: Client) => Promise<Reply>
  /** Files, decides with yes and, where it needs one, has a second person agree. */
  readonly grant: (filing: object, decision?: object, who?: Client) => Promise<Reply['body']>
  readonly listed: (code: string, who?: Client) => Promise<{ recordId: string }[]>
}

export const reasons = 'The service knows the person and the request is clear.'

export async function openDesk(at: string): Promise<Desk> {
  const test = await startAttune({ at })
  const administrator = await test.as('administrator')
  const colleague = await test.as('administrator')
  const lead = await test.as('service-lead', { serviceId: 'north', email: 'lead@example.org' })
  const southLead = await test.as('service-lead', { serviceId: 'south', email: 'south.lead@example.org' })
  const support = await test.as('data-support', { serviceId: 'north' })
  const southSupport = await test.as('data-support', { serviceId: 'south' })
  const practitioner = await readyPractitioner(test, 'north')
  const sent: Desk['sent'] = async (code, more = {}, who = practitioner) => {
    const recordId = randomUUID()
    const reply = await sendSession(test, who, { client_code: code, ...more }, { instanceId: recordId })
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)])
    return recordId
  }
  const file: Desk['file'] = async (body, who = lead) => {
    const reply = await who.post('/api/rights', body)
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)])
    return reply.body
  }
  const decide: Desk['decide'] = (requestId, body = {}, who = administrator) =>
    who.post(`/api/rights/${requestId}/decision`, { outcome: 'grant', reasons, ...body })
  const agree: Desk['agree'] = (requestId, who = colleague) => who.post(`/api/rights/${requestId}/agreement`, { agrees: true })
  const grant: Desk['grant'] = async (filing, decision = {}, who = lead) => {
    const filed = await file({ ...(who !== practitioner && { identityCheck: 'known-in-person' }), ...filing }, who)
    const decided = await decide(filed.requestId, decision)
    expect([decided.status, decided.text]).toEqual([200, expect.any(String)])
    if (decided.body.state !== 'proposed') return decided.body
    const agreed = await agree(filed.requestId)
    expect([agreed.status, agreed.text]).toEqual([200, expect.any(String)])
    return agreed.body
  }
  const listed: Desk['listed'] = async (code, who = support) => (await who.get(`/api/records?code=${code}`, { purpose: 'retrieve' })).body.records
  return { test, administrator, colleague, lead, southLead, support, southSupport, practitioner, sent, file, decide, agree, grant, listed }
}
