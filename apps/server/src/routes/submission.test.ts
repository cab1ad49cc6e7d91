import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendParts, sendSession, sendXml, sessionGiven, toMultipart, toXml, xmlPart, type Part } from '../../test/submission.ts'

let test: TestAttune
let practitioner: Awaited<ReturnType<typeof readyPractitioner>>
let url: string
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test)
  url = await test.listen()
})
afterAll(() => test.stop())

const form = () => getFormOfKind(test.attune.programme, 'client-record')
const records = async () =>
  (
    await askDatabase<{ count: string }>(
      test,
      "select (select count(*) from answers.records)::text || '/' || (select count(*) from answers.clients) as count",
    )
  )[0]!.count
const cookie = () => [...practitioner.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** Sends bytes over a real connection, in pieces and without a length. */
function stream(body: readonly Buffer[], headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${url}/submission`, { method: 'POST', headers: { cookie: cookie(), origin: url, ...headers } }, (reply) => {
      let text = ''
      reply.on('data', (piece: Buffer) => (text += piece))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
    })
    call.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)))
    for (const piece of body) call.write(piece)
    call.end()
  })
}

describe('the OpenRosa routes', () => {
  it('HEAD answers 204 with the protocol’s headers and no body', async () => {
    const reply = await practitioner.request('HEAD', '/submission')
    expect([reply.status, reply.text]).toEqual([204, ''])
    expect(reply.headers).toMatchObject({ 'x-openrosa-version': '1.0', 'x-openrosa-accept-content-length': String(10 * 1024 * 1024) })
  })

  it('a client that does not ask for JSON gets the protocol’s XML: 201, then 202, with the same headers', async () => {
    const xml = toXml(form(), sessionGiven())
    const send = () => sendParts(practitioner, [xmlPart(xml)], { accept: 'text/xml' })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status]).toEqual([201, 202])
    expect(first.headers['content-type']).toContain('text/xml')
    expect(first.headers['x-openrosa-version']).toBe('1.0')
    expect(first.text).toContain('nature="submit_success"')
    expect(first.text).not.toContain('bath')
  })

  it('works without an Origin header, as other programs than browsers send', async () => {
    const { payload, contentType } = toMultipart([xmlPart(toXml(form(), sessionGiven()))])
    const reply = await practitioner.request('POST', '/submission', { body: payload, headers: { 'content-type': contentType, origin: undefined } })
    expect(reply.status).toBe(201)
    const foreign = await practitioner.request('POST', '/submission', {
      body: payload,
      headers: { 'content-type': contentType, origin: 'https://evil.example' },
    })
    expect(foreign.status).toBe(403)
  })

  it('a form sent in two requests with *isIncomplete* is one record', async () => {
    const instanceId = randomUUID()
    const xml = xmlPart(toXml(form(), sessionGiven(), { instanceId }))
    const first = await sendParts(practitioner, [xml, { name: '*isIncomplete*', content: 'yes' }])
    const second = await sendParts(practitioner, [xml])
    expect([first.status, second.status]).toEqual([201, 202])
    expect(second.body.instanceId).toBe(instanceId)
  })
})

describe('the practitioner’s own consent', () => {
  it('DCS-015: opens the form no longer once it is withdrawn, and nothing is kept of what is sent then', async () => {
    const leaving = await readyPractitioner(test)
    expect((await sendSession(test, leaving)).status).toBe(201)
    await askDatabase(
      test,
      `update identity.practitioner_consents set withdrawn_at = now() where practitioner_id = (select practitioner_id from identity.practitioners where account_id = $1)`,
      [leaving.accountId],
    )
    const before = await records()
    const reply = await sendSession(test, leaving)
    expect([reply.status, reply.body.code]).toEqual([403, 'consent-missing'])
    expect(await records()).toBe(before)
  })
})

describe('bad parcels', () => {
  const good = () => xmlPart(toXml(form(), sessionGiven()))
  const named = (fileName: string): Part => ({ name: 'file', fileName, type: 'image/png', content: 'x' })
  const cases: [string, () => Part[], number, string][] = [
    ['no form in it', () => [{ name: 'other', content: 'x' }], 400, 'submission-malformed'],
    ['two forms in it', () => [good(), good()], 400, 'submission-malformed'],
    ['XML that is cut off', () => [xmlPart('<data id="client-session"')], 400, 'submission-malformed'],
    ['a document type', () => [xmlPart('<!DOCTYPE data [<!ENTITY a "a">]><data>&a;</data>')], 400, 'submission-malformed'],
    ['nesting without end', () => [xmlPart('<a>'.repeat(50_000))], 400, 'submission-malformed'],
    ['a path in a file name', () => [good(), named('../../etc/passwd.png')], 400, 'submission-malformed'],
    ['a Windows path in a file name', () => [good(), named('C:\\\\x.png')], 400, 'submission-malformed'],
    ['a hidden file name', () => [good(), named('.htaccess')], 400, 'submission-malformed'],
    ['the same file name twice', () => [good(), named('a.png'), named('a.png')], 400, 'submission-malformed'],
    ['a hundred and eleven parts', () => [good(), ...Array.from({ length: 111 }, (_, at) => named(`a${at}.png`))], 413, 'too-large'],
    ['XML of more than five megabytes', () => [xmlPart(`<data>${'x'.repeat(5 * 1024 * 1024)}</data>`)], 413, 'too-large'],
    ['a form that is unknown', () => [xmlPart(toXml(form(), sessionGiven(), { formId: 'another-form' }))], 404, 'form-unknown'],
    ['a version that is unknown', () => [xmlPart(toXml(form(), sessionGiven(), { version: '1999' }))], 422, 'form-version-unknown'],
    ['an id that is no uuid', () => [xmlPart(toXml(form(), sessionGiven(), { instanceId: 'one' }))], 422, 'submission-invalid'],
  ]
  it.each(cases)('%s: refused as a problem, and nothing is stored (ASVS 5.3.2)', async (_, parts, status, code) => {
    const before = await records()
    const reply = await sendParts(practitioner, parts())
    expect([reply.status, reply.body?.code]).toEqual([status, code])
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(await records()).toBe(before)
  })

  it('a form of another programme is refused', async () => {
    await askDatabase(
      test,
      `insert into policy.form_versions (form_id, form_version, programme_id, kind, xml, xml_hash, outline, questions) values ('elsewhere', '1', 'another', 'client-record', '', '', '{}', '{}')`,
    )
    await new Promise((resolve) => setTimeout(resolve, 5_100))
    const reply = await sendXml(practitioner, toXml(form(), sessionGiven(), { formId: 'elsewhere', version: '1' }))
    expect([reply.status, reply.body.code]).toEqual([404, 'programme-wrong'])
  })

  it('another content type, no boundary and a cut-off body are refused', async () => {
    const before = await records()
    const send = (type: string, payload: string) => practitioner.request('POST', '/submission', { body: payload, headers: { 'content-type': type } })
    expect((await send('application/json', '{}')).status).toBe(415)
    expect((await send('text/xml', '<data/>')).status).toBe(415)
    expect((await send('multipart/form-data', 'x')).status).toBe(400)
    const { payload, contentType } = toMultipart([xmlPart(toXml(form(), sessionGiven()))])
    const cut = await practitioner.request('POST', '/submission', {
      body: payload.subarray(0, payload.length - 60),
      headers: { 'content-type': contentType },
    })
    expect([cut.status, cut.body.code]).toEqual([400, 'submission-malformed'])
    expect(await records()).toBe(before)
  })

  it('more than ten megabytes are refused by their length, and as they stream in without one; the server goes on (ASVS 5.2.1)', async () => {
    const before = await records()
    const big = Buffer.alloc(1024 * 1024, 'x')
    const head = Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n')
    const declared = await practitioner.request('POST', '/submission', {
      body: Buffer.concat([head, ...Array.from({ length: 11 }, () => big)]),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    expect([declared.status, declared.body.code]).toEqual([413, 'too-large'])
    const streamed = await stream([head, ...Array.from({ length: 12 }, () => big)], {
      'content-type': 'multipart/form-data; boundary=b',
      'transfer-encoding': 'chunked',
    })
    expect([streamed.status, JSON.parse(streamed.text).code]).toEqual([413, 'too-large'])
    expect(await records()).toBe(before)
    expect((await sendSession(test, practitioner)).status).toBe(201)
  })
})
