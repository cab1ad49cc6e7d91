// A form with a picture, as ODK Collect sends it: in one request, or in several when the pictures are many.
import { randomUUID } from 'node:crypto'
import type { QuestionOutline } from '@attune/forms'
import { getFormOfKind, type Programme } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { makeCollectApp } from '../../../test/collect-app.ts'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { onePixel, readyPractitioner, sendParts, sessionGiven, toXml, xmlPart, type Part } from '../../../test/submission.ts'
import { getProgramme } from '../../outside/programme-folder.ts'
import { open } from '../../store/keyring/seal.ts'
import { attachmentPlace } from '../../store/records/places.ts'

let test: TestAttune
let practitioner: Client
beforeAll(async () => {
  test = await startAttune({ mode: 'real', programme: withPictures(getProgramme(`${import.meta.dirname}/../../../../../programmes/vig-dcs`)) })
  practitioner = await readyPractitioner(test)
})
afterAll(() => test.stop())

function withPictures(programme: Programme): Programme {
  const question = (name: string): QuestionOutline => ({
    kind: 'question',
    name,
    path: `/data/${name}`,
    type: 'image',
    valueType: 'binary',
    label: { 'English (en)': name },
    hint: {},
    guidance: {},
    media: {},
    appearance: [],
    row: 1,
    required: false,
    requiredMessage: {},
    readonly: false,
    constraintMessage: {},
    parameters: {},
  })
  const forms = programme.forms.map((form) =>
    form.kind === 'client-record'
      ? {
          ...form,
          version: 'pictures',
          outline: { ...form.outline, version: 'pictures', children: [...form.outline.children, question('photo_a'), question('photo_b')] },
        }
      : form,
  )
  return { ...programme, forms }
}

const ask = <T>(question: string, values: unknown[] = []) => askDatabase<T>(test, question, values)
const picture = (fileName: string, more = Buffer.alloc(0)): Part => ({
  name: fileName,
  fileName,
  type: 'image/png',
  content: Buffer.concat([onePixel, more]),
})
const incomplete: Part = { name: '*isIncomplete*', content: 'yes' }
const xmlOf = (instanceId: string) =>
  xmlPart(
    toXml(
      getFormOfKind(test.attune.programme, 'client-record'),
      { ...sessionGiven(), photo_a: 'a.png', photo_b: 'b.png', client_code: code },
      { instanceId },
    ),
  )
let code = ''
const files = (recordId: string) =>
  ask<{ name_hash: Buffer; sealed: Buffer; client_id: string }>(
    'select a.*, r.client_id from answers.attachments a join answers.records r using (service_id, record_id) where record_id = $1',
    [recordId],
  )

beforeAll(() => {
  code = String(sessionGiven()['client_code'])
})

describe('pictures of a record', () => {
  it('are sealed with the client’s key together with the form', async () => {
    const instanceId = randomUUID()
    const reply = await sendParts(practitioner, [xmlOf(instanceId), picture('a.png'), picture('b.png')])
    expect(reply.status).toBe(201)
    const kept = await files(instanceId)
    expect(kept).toHaveLength(2)
    for (const { name_hash, sealed, client_id } of kept) {
      expect(sealed.includes(onePixel.subarray(0, 30))).toBe(false)
      const key = await test.attune.keyring.getClientKey('north', client_id)
      expect(open(key, attachmentPlace({ recordId: instanceId, clientId: client_id }, name_hash, 'content'), sealed).equals(onePixel)).toBe(true)
    }
  })

  it('may follow in further requests: one record, each picture once, and a repeated one changes nothing', async () => {
    const instanceId = randomUUID()
    const first = await sendParts(practitioner, [xmlOf(instanceId), picture('a.png'), incomplete])
    expect([first.status, (await files(instanceId)).length]).toEqual([201, 1])
    const again = await sendParts(practitioner, [xmlOf(instanceId), picture('a.png'), incomplete])
    expect([again.status, (await files(instanceId)).length]).toEqual([202, 1])
    const last = await sendParts(practitioner, [xmlOf(instanceId), picture('b.png')])
    expect([last.status, (await files(instanceId)).length]).toEqual([201, 2])
    expect(await ask('select count(*)::int as records from answers.records where record_id = $1', [instanceId])).toEqual([{ records: 1 }])
    expect(await ask('select count(*)::int as rows from scores.record_scores where record_id = $1', [instanceId])).toEqual([{ rows: 1 }])
  })

  it('are what their first bytes and their name agree on: markup, scripts, archives and pictures under another name are refused (ASVS 5.2.2)', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    const html = '<!doctype html><script>alert(1)</script>'
    const odd: [name: string, content: Buffer][] = [
      ['a.svg', Buffer.from(svg)],
      ['a.png', Buffer.from(svg)],
      ['a.html', Buffer.from(html)],
      ['a.png', Buffer.from(html)],
      ['a.png.html', onePixel],
      ['a.jpg', onePixel],
      ['a.png', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
      ['a.png', Buffer.concat([Buffer.from(html), onePixel])],
      ['a.png', Buffer.from('PK\u0003\u0004')],
      ['a.pdf', Buffer.from('%PDF-1.7')],
      ['a.gif', Buffer.from('GIF89a/*')],
      ['a.js', Buffer.from('alert(1)')],
      ['a.png', Buffer.alloc(0)],
      ['a', onePixel],
    ]
    for (const [name, content] of odd) {
      const instanceId = randomUUID()
      const xml = String(xmlOf(instanceId).content).replace('>a.png<', `>${name}<`)
      const reply = await sendParts(practitioner, [xmlPart(xml), { ...picture(name), content }, picture('b.png')])
      expect([reply.status, reply.body.code], `${name} ${content.subarray(0, 12).toString('latin1')}`).toEqual([422, 'submission-invalid'])
      expect(await files(instanceId), name).toEqual([])
    }
  })

  it('cannot be exchanged for others under the same name', async () => {
    const instanceId = randomUUID()
    await sendParts(practitioner, [xmlOf(instanceId), picture('a.png'), picture('b.png')])
    const changed = await sendParts(practitioner, [xmlOf(instanceId), picture('a.png', Buffer.from('more')), picture('b.png')])
    expect([changed.status, changed.body.code]).toEqual([409, 'submission-changed'])
    expect(await files(instanceId)).toHaveLength(2)
  })

  it('that the form names and nobody sent make the parcel invalid; two at once under one id are one record', async () => {
    const missing = await sendParts(practitioner, [xmlOf(randomUUID()), picture('a.png')])
    expect([missing.status, missing.body.code]).toEqual([422, 'submission-invalid'])
    const instanceId = randomUUID()
    const replies = await Promise.all([1, 2, 3].map(() => sendParts(practitioner, [xmlOf(instanceId), picture('a.png'), picture('b.png')])))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 202, 202])
    expect(await files(instanceId)).toHaveLength(2)
  })
})

describe('pictures from a collecting app', () => {
  const instance = (instanceId: string, pictures = [picture('a.png'), picture('b.png')]) => ({
    name: 'Client session',
    xml: String(xmlOf(instanceId).content),
    files: pictures,
  })
  const connect = async () => {
    const { server, user, token } = (await practitioner.post('/api/devices', { name: 'Phone' })).body
    return makeCollectApp(test, { server, user, token })
  }

  it('arrive in as many requests as the app makes of them, and again without a change', async () => {
    const app = await connect()
    const instanceId = randomUUID()
    expect((await app.send(instance(instanceId), { filesPerRequest: 1 })).statuses).toEqual([201, 201])
    expect(await files(instanceId)).toHaveLength(2)
    expect((await app.send(instance(instanceId), { filesPerRequest: 1 })).statuses).toEqual([202, 202])
    expect(await files(instanceId)).toHaveLength(2)
  })

  it('of which one request was lost are not complete until it came: the app sends them again and the record stays one', async () => {
    const app = await connect()
    const instanceId = randomUUID()
    expect(await app.send(instance(instanceId), { filesPerRequest: 1, lose: 1 })).toMatchObject({ ok: false, statuses: [201] })
    expect(await files(instanceId)).toHaveLength(1)
    expect((await app.send(instance(instanceId), { filesPerRequest: 1 })).statuses).toEqual([202, 201])
    expect(await files(instanceId)).toHaveLength(2)

    const other = randomUUID()
    // The first request never arrives and an app goes on all the same: the last one alone is refused and leaves nothing.
    const alone = await app.send({ ...instance(other), files: [picture('b.png')] })
    expect([alone.ok, alone.statuses, await files(other)]).toEqual([false, [422], []])
    expect(await ask('select count(*)::int as records from answers.records where record_id = $1', [other])).toEqual([{ records: 0 }])
    expect((await app.send(instance(other), { filesPerRequest: 1 })).statuses).toEqual([201, 201])
    expect(await ask('select count(*)::int as records from answers.records where record_id = $1', [other])).toEqual([{ records: 1 }])
  })

  it('with letters of other languages in their names are found under them', async () => {
    const app = await connect()
    const instanceId = randomUUID()
    const names = ['llun-tŷ-é.png', '写真.png']
    const xml = xmlPart(
      toXml(
        getFormOfKind(test.attune.programme, 'client-record'),
        { ...sessionGiven(), photo_a: names[0]!, photo_b: names[1]!, client_code: code },
        { instanceId },
      ),
    )
    expect((await app.send({ name: 'Sesiwn', xml: String(xml.content), files: names.map((name) => picture(name)) })).statuses).toEqual([201])
    expect(await files(instanceId)).toHaveLength(2)
  })
})
