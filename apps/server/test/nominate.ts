// Somebody whom a service has put forward, so that an administrator can give them access.
import type { Reply, TestAttune } from './attune.ts'

/** A new person of the service `from`, nominated by a lead of `serviceId` under the address that they sign in with. */
export async function nominee(test: TestAttune, serviceId: string, { from = 'south', jobTitle = 'Data analyst' } = {}) {
  const email = `${crypto.randomUUID()}@example.org`
  const person = await test.as('practitioner', { serviceId: from, email })
  const reply = await nominate(test, serviceId, email, jobTitle)
  if (reply.status !== 201) throw new Error(reply.text)
  return person
}

export async function nominate(test: TestAttune, serviceId: string, email: string, jobTitle = 'Data analyst'): Promise<Reply> {
  const lead = await test.as('service-lead', { serviceId })
  return lead.post('/api/nominations', { email, displayName: 'A Person', jobTitle })
}
