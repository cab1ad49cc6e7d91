// Two servers on the same databases, one after the other, as when an operator starts again with a new edition of policy.yaml.
import { documentsOf } from '@attune/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { programmeAfter, secondEdition } from '../../test/changed-programme.ts'
import { makeRoot } from '../../test/root.ts'
import { consentGiven, readyPractitioner, sendConsent, sendSession } from '../../test/submission.ts'

const root = makeRoot()
let first: TestAttune
let second: TestAttune
beforeAll(async () => {
  first = await startAttune({ root, at: '2025-12-01T09:00:00Z' })
  second = await startAttune({
    root,
    admin: first.databases.admin,
    services: [],
    programme: programmeAfter(...secondEdition),
    at: '2025-12-01T09:20:00Z',
  })
})
afterAll(async () => {
  await second.stop()
  await first.stop()
})

/** The same browser, at the other server. */
function at(test: TestAttune, client: Client): Client {
  const other = test.stranger()
  for (const [name, value] of client.cookies) other.cookies.set(name, value)
  return other
}

describe('a second edition of the policy', () => {
  it('DCS-001: consents and records stay bound to the edition that was in force when they were made; what comes after carries the new one', async () => {
    const before = { email: 'wren@north.example.org', serviceName: 'Service north' }
    const practitioner = await readyPractitioner(first, 'north', { email: before.email, firstName: 'Wren' })
    const early = await sendSession(first, practitioner)
    expect(early.status).toBe(201)
    const support = await first.as('data-support', { serviceId: 'north' })
    expect((await support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })).status).toBe(200)

    const unsigned = await readyPractitioner(first, 'north', { firstName: 'Heron' })

    // The new edition asks for a new signature before anything more is taken in.
    const later = at(second, practitioner)
    const refused = await sendSession(second, later)
    expect([refused.status, refused.body.code]).toEqual([403, 'consent-missing'])
    expect(refused.body.detail).toContain('new edition of the policy')
    expect((await sendConsent(later, second.attune.programme, consentGiven(before, { first_name: 'Wren' }))).status).toBe(201)
    const late = await sendSession(second, later)
    expect(late.status).toBe(201)
    expect((await at(second, support).post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })).status).toBe(
      200,
    )

    const [old, now] = [first, second].map((test) => test.attune.programme.policyVersion)
    expect([old!.edition, now!.edition]).toEqual(['2025-06', '2025-12'])
    const auditor = await second.as('auditor')
    const { consents } = (await auditor.get('/api/consents', { purpose: 'practitioner-audit' })).body
    const wrens = consents.filter((one: { practitioner: string }) => one.practitioner.startsWith('Wren'))
    expect(wrens.map((one: Record<string, unknown>) => [one['edition'], one['policyVersion'], one['dueForRenewal']])).toEqual([
      ['2025-12', now!.text, false],
      ['2025-06', old!.text, false],
    ])
    const others = consents.filter((one: { practitioner: string }) => one.practitioner.startsWith('Heron'))
    expect(others.map((one: Record<string, unknown>) => [one['edition'], one['dueForRenewal']])).toEqual([['2025-06', true]])
    expect((await sendSession(second, at(second, unsigned))).status).toBe(403)
    expect(wrens[0].shown.notice).not.toBe(wrens[1].shown.notice)

    const reader = at(second, support)
    const versionOf = async (instanceId: string) => (await reader.get(`/api/records/${instanceId}`, { purpose: 'retrieve' })).body.policyVersion
    expect(await versionOf(early.body.instanceId)).toBe(old!.text)
    expect(await versionOf(late.body.instanceId)).toBe(now!.text)
    const downloads = await askDatabase<{ version: string }>(
      first,
      `select detail->>'policyVersion' as version from log.events where action = 'record.download' order by event_id`,
    )
    expect(downloads.map(({ version }) => version)).toEqual([old!.text, now!.text])
  })
})

describe('another operator in policy.yaml', () => {
  it('DCS-016: the contact of policy.yaml is in what every form page and sheet prints, on every document, and gets a copy of each request', async () => {
    const changed = await startAttune({ programme: programmeAfter(['dcs@example.org', 'new.desk@changed.example']) })
    try {
      expect((await changed.stranger().get('/api/programme')).body.contact.email).toBe('new.desk@changed.example')
      const documents = documentsOf((await changed.stranger().get('/api/policy')).body)
      expect(documents.length).toBeGreaterThan(5)
      for (const document of documents) {
        expect(document.footer, document.id).toContain('new.desk@changed.example')
        expect(JSON.stringify(document), document.id).not.toContain('dcs@example.org')
      }
      const lead = await changed.as('service-lead', { serviceId: 'north' })
      const filed = await lead.post('/api/rights', { type: 'whole-service' })
      expect(filed.status).toBe(201)
      const copies = changed.letters.filter(({ to, text }) => to === 'new.desk@changed.example' && text.includes(filed.body.reference))
      expect(copies).toHaveLength(1)
      expect(JSON.stringify(changed.letters)).not.toContain('dcs@example.org')
    } finally {
      await changed.stop()
    }
  })

  it('DCS-002: the form page, reports, letters and refusals show the new name, and none of them the former one', async () => {
    const renamed = await startAttune({ programme: programmeAfter(['AVIGuk', 'Northern Video Trust']) })
    try {
      const { body: programme } = await renamed.stranger().get('/api/programme')
      // What every form page, and the PDF that is saved from it, prints at its head and foot.
      expect([programme.operator, programme.contact.organisation]).toEqual(['Northern Video Trust', 'Northern Video Trust'])
      const analyst = await renamed.as('analyst')
      const lead = await renamed.as('service-lead', { serviceId: 'north' })
      expect((await analyst.get('/api/reports/national')).body.operator).toBe('Northern Video Trust')
      expect((await lead.get('/api/reports/service')).body.operator).toBe('Northern Video Trust')
      const refused = await lead.post('/api/invitations', { email: 'x@north.example.org', role: 'data-support', serviceId: 'north' })
      expect(refused.body.detail).toContain('Northern Video Trust gives the access')
      expect((await lead.post('/api/invitations', { email: 'x@north.example.org', role: 'practitioner', serviceId: 'north' })).status).toBe(201)
      expect(renamed.letters.map(({ text }) => text.includes('Northern Video Trust, DCS Data Policy'))).toEqual([true])
      const policy = (await renamed.stranger().get('/api/policy')).text
      expect(JSON.stringify([programme, renamed.letters, refused.body]) + policy.replaceAll(/"training":\{.*$/g, '')).not.toContain('AVIGuk')
    } finally {
      await renamed.stop()
    }
  })
})
