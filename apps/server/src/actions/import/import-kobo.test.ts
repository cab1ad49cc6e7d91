// A Kobo server on this machine that answers as Kobo's API v2 does, and what becomes of its records here.
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { questionsOf } from '@attune/forms'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { agreeWithKobo } from '../../../test/kobo-agreement.ts'
import { itemsGiven, newCode, readyPractitioner, sessionGiven, type Given } from '../../../test/submission.ts'
import { importCommand } from '../../../../../tools/import.ts'
import { importKobo } from './import-kobo.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'attune-kobo-'))
const temporary = path.join(folder, 'tmp')
const records: Record<string, unknown>[] = []
const asked: { url: string; authorization: string | undefined }[] = []
let kobo: Server
let test: TestAttune
let support: Client
beforeAll(async () => {
  mkdirSync(temporary)
  vi.stubEnv('TMPDIR', temporary)
  kobo = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://kobo')
    asked.push({ url: url.pathname, authorization: request.headers.authorization })
    if (request.headers.authorization !== 'Token of-the-form') return reply.writeHead(401).end('{}')
    const [start, limit] = [Number(url.searchParams.get('start')), Number(url.searchParams.get('limit'))]
    const newestFirst = [...records].reverse()
    reply.setHeader('content-type', 'application/json')
    reply.end(JSON.stringify({ count: records.length, next: null, previous: null, results: newestFirst.slice(start, start + limit) }))
  })
  await new Promise<void>((resolve) => kobo.listen(0, '127.0.0.1', resolve))
  test = await startAttune()
  await readyPractitioner(test, 'north', { email: 'robin@north.example' })
  support = await test.as('data-support')
  test.attune.environment.near.push('127.0.0.1')
  test.attune.environment.kobo = {
    url: `http://127.0.0.1:${(kobo.address() as AddressInfo).port}`,
    token: 'of-the-form',
    asset: 'aXY1',
    facts: 'refuse',
  }
}, 120_000)
afterAll(async () => {
  await test.stop()
  kobo.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** `npx attune import connected` under these settings, on the server of this test. */
async function runNow(settings: Record<string, string>) {
  const said = { out: '', err: '' }
  const code = await importCommand(
    ['connected'],
    { write: (text: string) => (said.out += text) },
    { write: (text: string) => (said.err += text) },
    { env: { ATTUNE_HOME: folder, ...settings }, lend: (work) => work(test.attune) },
  )
  return { code, ...said }
}

/** A record as Kobo gives it: answers under "group/question", all of them text, with Kobo's own facts around them. */
function koboRecord(given: Given, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { outline } = getFormOfKind(test.attune.programme, 'client-record')
  const answers = questionsOf(outline).flatMap(({ name, path: place }) => {
    const value = given[name]
    return value === undefined ? [] : [[place.slice(outline.rootName.length + 2), typeof value === 'string' ? value : value.join(' ')]]
  })
  const id = randomUUID()
  return {
    _id: records.length + 1,
    _uuid: id,
    'meta/instanceID': `uuid:${id}`,
    'formhub/uuid': 'f'.repeat(32),
    __version__: 'vKobo',
    _xform_id_string: 'aXY1',
    _submission_time: '2025-08-01T10:00:00',
    _submitted_by: 'collector',
    _attachments: [],
    _geolocation: [null, null],
    'sender/practitioner_email': 'robin@north.example',
    'sender/practitioner_name': 'Robin Example',
    ...Object.fromEntries(answers),
    ...more,
  }
}

describe('a Kobo server', () => {
  it('DCS-061: without an agreement in force with whoever runs it the connector asks it nothing, and says why', async () => {
    await expect(importKobo(test.attune)).rejects.toThrow(/No recipient of the policy stands behind "kobo"/)
    agreeWithKobo(test, '2025-11-20')
    await expect(importKobo(test.attune)).rejects.toThrow(/DPA-KOBO with Kobo ran out on 2025-11-20/)
    const { live } = (await (await test.as('auditor')).get('/api/assurance')).body
    expect(live.find(({ id }: { id: string }) => id === 'agreements')).toMatchObject({
      state: 'attention',
      says: expect.stringContaining('Kobo (stopped: kobo)'),
    })
    expect(asked).toEqual([])
    agreeWithKobo(test, '2026-11-20')
  })

  it('DCS-007: its records appear with the same codes, ids and scores, and no file is written on the way', async () => {
    const sent = [
      { code: newCode(), items: [0, 1, 2, 3, 0, 1, 2], total: 9 },
      { code: newCode(), items: [3, 3, 3, 3, 3, 3, 3], total: 21 },
    ].map(({ code, items, total }) => {
      const measure = { measures_used: ['gad-7'], ...itemsGiven('gad7', items), gad7_complete: 'yes', gad7_total: String(total) }
      const record = koboRecord(sessionGiven({ client_code: code, ...measure }))
      records.push(record)
      return { recordId: record['_uuid'] as string, code, total }
    })
    const seen: string[] = []
    const watchers = [folder, temporary].map((each) => watch(each, (_event, name) => seen.push(String(name))))
    expect(await importKobo(test.attune)).toEqual({ read: 2, taken: 2, files: 0, known: 0, changed: 0, held: 0 })
    for (const watcher of watchers) watcher.close()
    expect(seen).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
    const listed = (await support.get('/api/records', { purpose: 'retrieve' })).body.records as { recordId: string; code: string; scores: object }[]
    for (const { recordId, code, total } of sent) {
      const found = listed.find((record) => record.recordId === recordId)
      expect([found?.code, found?.scores]).toEqual([code, expect.objectContaining({ 'gad-7': total })])
    }
    expect(new Set(asked.map(({ url }) => url))).toEqual(new Set(['/api/v2/assets/aXY1/data.json']))
  })

  it('is read again without doubling anything, through the same gates as every record; what is held back is counted by its reason and comes in later', async () => {
    records.push(koboRecord(sessionGiven({ client_code: newCode(), client_consented: 'no' })))
    records.push(koboRecord(sessionGiven({ client_code: newCode() }), { 'sender/practitioner_email': 'stranger@north.example' }))
    records.push(koboRecord(sessionGiven({ client_code: newCode() }), { 'details/client_name': 'Planted Name' }))
    expect(await importKobo(test.attune)).toMatchObject({ read: 5, taken: 0, known: 2, held: 3 })
    const events = await askDatabase<{ detail: Record<string, number> }>(
      test,
      `select detail from log.events where action = 'kobo.import' order by event_id`,
    )
    expect(events.at(-1)!.detail).toMatchObject({ held: 3, 'practitioner-unknown': 1, 'question-unknown': 1 })
    expect(JSON.stringify(await askDatabase(test, 'select detail from log.events'))).not.toMatch(/Planted|stranger/)
    // What was decided against there, or lies there encrypted, is not taken in here either.
    records.push(koboRecord(sessionGiven({ client_code: newCode() }), { _validation_status: { uid: 'validation_status_not_approved' } }))
    records.push(koboRecord({}, { encryptedXmlFile: 'submission.xml.enc' }))
    expect(await importKobo(test.attune)).toMatchObject({ read: 7, taken: 0, known: 2, held: 5 })
    records.splice(-2)
    await readyPractitioner(test, 'north', { email: 'stranger@north.example' })
    expect(await importKobo(test.attune)).toMatchObject({ taken: 1, held: 2 })
  })

  it('looks through free text before anything is stored, as an import by hand does, and does with a personal fact what the settings say', async () => {
    const found = koboRecord(sessionGiven({ client_code: newCode(), narrative_child: 'Ffion Prosser rang from 07700 900222.' }))
    records.push(found)
    const before = await importKobo(test.attune)
    expect(before).toMatchObject({ taken: 0, held: 3 })
    const [event] = await askDatabase<{ detail: object }>(
      test,
      `select detail from log.events where action = 'kobo.import' order by event_id desc limit 1`,
    )
    expect(event!.detail).toMatchObject({ facts: 'refuse', 'personal-fact': 1, seen: 2 })
    test.attune.environment.kobo = { ...test.attune.environment.kobo!, facts: 'strip' }
    expect(await importKobo(test.attune)).toMatchObject({ taken: 1, held: 2 })
    const read = (await support.get(`/api/records/${String(found['_uuid'])}`, { purpose: 'retrieve' })).text
    expect(read).toMatch(/\[[a-z ]+\] rang from \[[a-z ]+\]/i)
    expect(read).not.toMatch(/Prosser|07700/)
    // Where facts are refused again, what is here stays counted as here.
    test.attune.environment.kobo = { ...test.attune.environment.kobo, facts: 'refuse' }
    expect(await importKobo(test.attune)).toMatchObject({ taken: 0, known: before.known + 1, held: 2 })
  })

  it('counts a record that was edited there since, and leaves it here as it is', async () => {
    const edited = records.find((record) => record['session/session_no'] === '1')!
    const had = edited['session/session_no']
    edited['session/session_no'] = '3'
    const { read, known } = await importKobo(test.attune)
    const { url, token, asset } = test.attune.environment.kobo!
    expect(await runNow({ ATTUNE_KOBO_URL: url, ATTUNE_KOBO_TOKEN: token, ATTUNE_KOBO_ASSET: asset })).toEqual({
      code: 1,
      out: `${read} ${read === 1 ? 'record' : 'records'} read: 0 taken in, ${known} here already, 1 changed there since, 2 held back.\n`,
      err: 'The log says why (kobo.import). What was held back is tried again.\n',
    })
    edited['session/session_no'] = had
  })

  it('is not read by hand where none is connected', async () => {
    asked.length = 0
    const { code, out, err } = await runNow({})
    expect([code, out, asked.length]).toEqual([2, '', 0])
    expect(err).toContain('No Kobo server is connected: ATTUNE_KOBO_URL is not set')
  })

  it('that answers otherwise than Kobo, or refuses the token, is told as such and nothing is taken in', async () => {
    const { kobo: settings } = test.attune.environment
    test.attune.environment.kobo = { ...settings!, token: 'another' }
    await expect(importKobo(test.attune)).rejects.toThrow('The server does not take this token (401).')
    test.attune.environment.kobo = settings!
    for (const wrong of ['not json', '{"results": 5}', '{"results": [1]}']) {
      const odd = createServer((_request, reply) => reply.end(wrong))
      await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
      test.attune.environment.kobo = { ...settings!, url: `http://127.0.0.1:${(odd.address() as AddressInfo).port}` }
      await expect(importKobo(test.attune)).rejects.toThrow(/^The server answered something other than/)
      odd.close()
    }
    test.attune.environment.kobo = settings!
  })
})
