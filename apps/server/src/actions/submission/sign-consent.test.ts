import { createHash, randomUUID } from 'node:crypto'
import { documentsOf, documentText } from '@attune/policy'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { consentGiven, onePixel, sendConsent, sendSession, trainingAnswers } from '../../../test/submission.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

const ask = <T>(question: string, values: unknown[] = []) => askDatabase<T>(test, question, values)
const person = (name: string) => ({ email: `${name}@north.example.org`, serviceName: 'Service north' })
const consents = async () => (await ask<{ count: string }>('select count(*) from identity.practitioner_consents'))[0]!.count

describe('signing the practitioner consent', () => {
  it('DCS-099: each of the five fields is needed, and those five are all that is kept of the person', async () => {
    const who = person('jo')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    for (const field of ['first_name', 'surname', 'business_email', 'service_name', 'signature']) {
      const reply = await sendConsent(client, test.attune.programme, consentGiven(who, { [field]: undefined }))
      expect([reply.status, reply.body.fields[0].place], field).toEqual([422, `/data/signing/${field}`])
    }
    expect(await consents()).toBe('0')
    const instanceId = randomUUID()
    expect((await sendConsent(client, test.attune.programme, consentGiven(who), { instanceId })).status).toBe(201)
    const [kept] = await ask<{ sealed: Buffer }>('select sealed from identity.practitioner_consents where consent_id = $1', [instanceId])
    const opened = JSON.parse(
      test.attune.keyring.openIdentity({ table: 'identity.practitioner_consents', row: instanceId, field: 'sealed' }, kept!.sealed).toString(),
    )
    expect(Object.keys(opened).sort()).toEqual(['businessEmail', 'firstName', 'serviceName', 'signature', 'surname'])
    expect([opened.firstName, opened.surname, opened.businessEmail, opened.serviceName]).toEqual(['Robin', 'Example', who.email, 'Service north'])
    expect(Buffer.from(opened.signature.content, 'base64').equals(onePixel)).toBe(true)
    const columns = await ask<{ column_name: string }>(
      `select column_name from information_schema.columns where table_schema = 'identity' and table_name = 'practitioner_consents' and column_name ~ '(name|mail|phone|address|sign)' order by 1`,
    )
    expect(columns.map((column) => column.column_name)).toEqual(['signature_kind', 'signed_at'])
  })

  it('DCS-141: after signing, the register shows time, edition and signature, and the client form unlocks once the training is passed', async () => {
    const who = person('sam')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    const before = await client.get('/api/standing')
    expect(before.body.ready).toBe(false)
    expect(before.body.prefill).toEqual({ business_email: who.email, service_name: 'Service north' })
    const receipt = await sendConsent(client, test.attune.programme, consentGiven(who))
    expect(receipt.status).toBe(201)
    expect(receipt.body).toMatchObject({ formId: 'practitioner-consent', repeated: false, code: null })
    const [row] = await ask<{
      signed_at: Date
      edition: string
      terms_version: string
      policy_version: string
      signature_kind: string
      purposes: string[]
    }>(
      'select signed_at, edition, terms_version, policy_version, signature_kind, purposes from identity.practitioner_consents where consent_id = $1',
      [receipt.body.instanceId],
    )
    const { policyVersion } = test.attune.programme
    expect(row).toMatchObject({
      signed_at: test.clock.now(),
      edition: policyVersion.edition,
      terms_version: policyVersion.termsVersion,
      policy_version: policyVersion.text,
      signature_kind: 'drawn',
    })
    expect(row!.purposes).toContain('match-records')
    const signed = await client.get('/api/standing')
    expect(signed.body.items.filter((item: { met: boolean }) => !item.met).map((item: { gate: string }) => item.gate)).toEqual(['training-passed'])
    expect((await sendSession(test, client)).status).toBe(403)
    await client.post('/api/training', trainingAnswers(test.attune.programme))
    expect((await client.get('/api/standing')).body.ready).toBe(true)
    expect((await sendSession(test, client)).status).toBe(201)
  })

  it('DCS-142: the stored consent has the hashes of the summary and of the terms as they are published; without them, or with those of other texts, nothing is stored', async () => {
    const who = person('heron')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    // The published documents, as anybody prints them from the policy that the server hands out.
    const published = documentsOf((await test.stranger().get('/api/policy')).body)
    const hashOf = (id: string) =>
      createHash('sha256')
        .update(documentText(published.find((one) => one.id === id)!))
        .digest('hex')
    const hashes = { notice: hashOf('privacy-notice'), summary: hashOf('practitioner-summary'), terms: hashOf('terms-of-use') }
    const before = await consents()
    const unseen = await sendConsent(client, test.attune.programme, consentGiven(who), { shown: null })
    expect([unseen.status, unseen.body.fields]).toEqual([422, [{ place: 'documents', why: 'it does not say which texts were shown' }]])
    for (const which of ['notice', 'summary', 'terms'] as const) {
      const other = JSON.stringify({ ...hashes, [which]: 'a'.repeat(64) })
      const reply = await sendConsent(client, test.attune.programme, consentGiven(who), { shown: other })
      expect([reply.status, reply.body.code], which).toEqual([409, 'policy-changed'])
    }
    expect((await sendConsent(client, test.attune.programme, consentGiven(who), { shown: '{"notice":"x"}' })).status).toBe(400)
    expect(await consents()).toBe(before)
    const receipt = await sendConsent(client, test.attune.programme, consentGiven(who), { shown: JSON.stringify(hashes) })
    expect(receipt.status).toBe(201)
    const [row] = await ask<Record<string, string>>(
      `select encode(notice_sha256, 'hex') as notice, encode(summary_sha256, 'hex') as summary, encode(terms_sha256, 'hex') as terms from identity.practitioner_consents where consent_id = $1`,
      [receipt.body.instanceId],
    )
    expect(row).toEqual(hashes)
    const auditor = await test.as('auditor')
    const { body } = await auditor.get('/api/consents', { purpose: 'practitioner-audit' })
    expect(body.consents.find((one: { consentId: string }) => one.consentId === receipt.body.instanceId).shown).toEqual(hashes)
    const terms = JSON.stringify(published.find((one) => one.id === 'terms-of-use'))
    for (const { text } of test.attune.programme.policy.terms.statements) expect(terms).toContain(JSON.stringify(text).slice(1, -1))
  })

  it('an older edition no longer opens the form, also for somebody who was ready a moment ago', async () => {
    const who = person('lee')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    await sendConsent(client, test.attune.programme, consentGiven(who))
    await client.post('/api/training', trainingAnswers(test.attune.programme))
    expect((await sendSession(test, client)).status).toBe(201)
    await ask(
      `update identity.practitioner_consents set edition = '2024-01' where practitioner_id = (select practitioner_id from identity.practitioners where account_id = $1)`,
      [client.accountId],
    )
    const stale = await sendSession(test, client)
    expect([stale.status, stale.body.code]).toEqual([403, 'consent-missing'])
    await ask(
      `update identity.practitioner_consents set edition = $2, withdrawn_at = now() where practitioner_id = (select practitioner_id from identity.practitioners where account_id = $1)`,
      [client.accountId, test.attune.programme.policyVersion.edition],
    )
    expect((await sendSession(test, client)).status).toBe(403)
  })

  it('DCS-051: without the statement of understanding, or any other, the consent is refused and nothing is kept', async () => {
    const who = person('ash')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    const before = await consents()
    const { statements } = getFormOfKind(test.attune.programme, 'practitioner-consent').questions
    for (const [statement, question] of Object.entries(statements)) {
      const reply = await sendConsent(client, test.attune.programme, consentGiven(who, { [question]: undefined }))
      expect([reply.status, reply.body.fields[0].place], statement).toEqual([422, expect.stringMatching(new RegExp(`/${question}$`))])
    }
    expect(Object.keys(statements)).toEqual(expect.arrayContaining(['understanding', 'device']))
    expect(await consents()).toBe(before)
    const receipt = await sendConsent(client, test.attune.programme, consentGiven(who))
    const [kept] = await ask<{ terms_version: string; signed_at: Date }>(
      'select terms_version, signed_at from identity.practitioner_consents where consent_id = $1',
      [receipt.body.instanceId],
    )
    expect(kept).toEqual({ terms_version: test.attune.programme.policyVersion.termsVersion, signed_at: test.clock.now() })
  })

  it('DCS-052: with a new version of the terms the next submission is refused until the practitioner signs again', async () => {
    const who = person('rowan')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    await sendConsent(client, test.attune.programme, consentGiven(who))
    await client.post('/api/training', trainingAnswers(test.attune.programme))
    expect((await sendSession(test, client)).status).toBe(201)
    await ask(
      `update identity.practitioner_consents set terms_version = '2024-01' where practitioner_id = (select practitioner_id from identity.practitioners where account_id = $1)`,
      [client.accountId],
    )
    const refused = await sendSession(test, client)
    expect([refused.status, refused.body.code]).toEqual([403, 'terms-missing'])
    const shut = (await client.get('/api/standing')).body.items.filter((item: { met: boolean }) => !item.met)
    expect(shut.map(({ gate }: { gate: string }) => gate)).toEqual(['terms-accepted'])
    test.clock.pass(60_000)
    expect((await sendConsent(client, test.attune.programme, consentGiven(who))).status).toBe(201)
    expect((await sendSession(test, client)).status).toBe(201)
  })

  it('the word on the device runs out after a year, and signing again renews it', async () => {
    const who = person('fern')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    await sendConsent(client, test.attune.programme, consentGiven(who))
    await client.post('/api/training', trainingAnswers(test.attune.programme))
    await ask(
      `update identity.practitioner_consents set signed_at = signed_at - interval '13 months' where practitioner_id = (select practitioner_id from identity.practitioners where account_id = $1)`,
      [client.accountId],
    )
    const refused = await sendSession(test, client)
    // What was kept in memory was right a moment ago; the standing as it is now names the device.
    const shut = (await client.get('/api/standing')).body.items.filter((item: { met: boolean }) => !item.met)
    expect(shut.map(({ gate }: { gate: string }) => gate)).toEqual(['device-attested'])
    expect([refused.status, refused.body.code]).toEqual([403, 'device-not-attested'])
    expect((await sendConsent(client, test.attune.programme, consentGiven(who))).status).toBe(201)
    expect((await sendSession(test, client)).status).toBe(201)
  })

  it('DCS-050: one unit passed and one not leaves the training open and the form locked', async () => {
    const who = person('wren')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    await sendConsent(client, test.attune.programme, consentGiven(who))
    const { answers, ...training } = trainingAnswers(test.attune.programme)
    const { units } = test.attune.programme.policy.training
    expect(units.length).toBeGreaterThanOrEqual(2)
    for (const failed of units) {
      const wrong = Object.fromEntries(failed.questions.map(({ id }) => [id, 'none of these']))
      const reply = await client.post('/api/training', { ...training, answers: { ...answers, ...wrong } })
      expect([reply.status, reply.body.ready], failed.id).toEqual([200, false])
      expect((await sendSession(test, client)).status).toBe(403)
    }
    expect((await client.post('/api/training', { ...training, answers })).body.ready).toBe(true)
  })

  it('the same form twice, also at once, is one consent; another content under the same id is refused', async () => {
    const who = person('max')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    const instanceId = randomUUID()
    const before = await consents()
    const replies = await Promise.all([1, 2, 3].map(() => sendConsent(client, test.attune.programme, consentGiven(who), { instanceId })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 202, 202])
    expect((await sendConsent(client, test.attune.programme, consentGiven(who, { surname: 'Other' }), { instanceId })).status).toBe(409)
    expect(Number(await consents())).toBe(Number(before) + 1)
  })

  it('a signature that is no picture, or is missing from the parcel, is refused', async () => {
    const who = person('kit')
    const client = await test.as('practitioner', { serviceId: 'north', email: who.email })
    expect((await sendConsent(client, test.attune.programme, consentGiven(who), { file: Buffer.from('<svg onload="alert(1)"/>') })).status).toBe(422)
    expect((await sendConsent(client, test.attune.programme, consentGiven(who), { fileName: 'other.png' })).status).toBe(422)
  })

  it('a service that has not accepted the processor terms takes no consent', async () => {
    await ask(`insert into policy.services (service_id, name) values ('draft-service', 'A draft')`)
    const client = await test.as('practitioner', { serviceId: 'draft-service', email: 'early@example.org' })
    const reply = await sendConsent(client, test.attune.programme, consentGiven({ email: 'early@example.org', serviceName: 'A draft' }))
    expect([reply.status, reply.body.code]).toEqual([409, 'service-not-live'])
  })
})
