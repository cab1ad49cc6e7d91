// Kobo's read API as its clients use it: pykobo and KoboExtractor themselves where this machine has a Python with them (ATTUNE_PYTHON, or python3),
// and everywhere the same calls as their sources make. Records have repeats and files.
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { agreeWithKobo } from '../../test/kobo-agreement.ts'
import { onePixel, readyPractitioner, sendParts, sendSession, sessionGiven, toXml, xmlPart, type Part } from '../../test/submission.ts'
import { unzip } from '../../test/unzip.ts'
import { getVisitsProgramme } from '../../test/visits-programme.ts'
import { toKoboUid } from '../present/kobo.ts'
import { importRecords } from '../actions/import/import-records.ts'
import { emptyMapping } from '../actions/import/mapping.ts'
import { nearOf } from '../outside/import/ask-server.ts'
import { openKoboServer } from '../outside/import/live-sources.ts'
import { readSourceFile } from '../outside/import/read-source-file.ts'

let test: TestAttune
let other: TestAttune
let address = ''
let token = ''
const whole = randomUUID()
const withheld = randomUUID()
const picture = (name: string, more = ''): Part => ({
  name,
  fileName: name,
  type: 'image/png',
  content: Buffer.concat([onePixel, Buffer.from(more)]),
})

beforeAll(async () => {
  ;[test, other] = await Promise.all([startAttune({ programme: getVisitsProgramme() }), startAttune({ programme: getVisitsProgramme() })])
  const sender = await readyPractitioner(test)
  const form = getFormOfKind(test.attune.programme, 'client-record')
  const visits = [
    ['2025-07-01', 'First & best.', 'v1.png', ['They waited.', 'They laughed.']],
    ['2025-07-02', 'Second.', '', []],
  ] as const
  const inXml = visits.map(
    ([on, note, photo, steps]) =>
      `<visits><visit_on>${on}</visit_on><visit_note>${note.replace('&', '&amp;')}</visit_note><visit_photo>${photo}</visit_photo>${steps.map((step) => `<steps><step_note>${step}</step_note></steps>`).join('')}</visits>`,
  )
  const xml = (given: Record<string, string>, instanceId: string) =>
    toXml(form, { ...sessionGiven({ photo: 'the door.png', ...given }) }, { instanceId }).replace(
      /<home>.*<\/home>/,
      `<home>${inXml.join('')}</home>`,
    )
  for (const [given, instanceId] of [
    [{}, whole],
    [{ service_copy: 'no' }, withheld],
  ] as const) {
    const sent = await sendParts(sender, [xmlPart(xml(given, instanceId)), picture('the door.png', 'door'), picture('v1.png', 'visit')])
    expect(sent.status, sent.text).toBe(201)
  }
  for (let day = 10; day < 20; day++) expect((await sendSession(test, sender, { session_on: `2025-08-${day}` })).status).toBe(201)
  const support = await test.as('data-support')
  token = (await support.post('/api/read-tokens', { name: 'Script', acceptResponsibility: true }, { purpose: 'download' })).body.token
  address = await test.listen()
})
afterAll(() => Promise.all([test.stop(), other.stop()]))

const ask = (path: string) => fetch(`${address}${path}`, { headers: { authorization: `Token ${token}` } })
const downloads = async () =>
  Number((await askDatabase<{ n: string }>(test, `select count(*) as n from log.events where action = 'record.download' and outcome = 'done'`))[0]!.n)
const findRecord = async () => {
  const { results } = (await (await ask('/api/v2/assets/client-session/data.json')).json()) as { results: Record<string, unknown>[] }
  return results.find((row) => row['_uuid'] === whole)!
}
type Attachment = { readonly download_url: string; readonly question_xpath: string; readonly filename: string }

describe('a record with repeats and files, read in the manner of Kobo', () => {
  it('has its repeats as lists of rows, by the whole names of the answers', async () => {
    const record = await findRecord()
    expect(record['home/visits_count']).toBe('2')
    expect(record['home/visits']).toEqual([
      {
        'home/visits/visit_on': '2025-07-01',
        'home/visits/visit_note': 'First & best.',
        'home/visits/visit_photo': 'v1.png',
        'home/visits/steps_count': '2',
        'home/visits/steps': [{ 'home/visits/steps/step_note': 'They waited.' }, { 'home/visits/steps/step_note': 'They laughed.' }],
      },
      { 'home/visits/visit_on': '2025-07-02', 'home/visits/visit_note': 'Second.' },
    ])
  })

  it('gives each file out to the same token, as a copy that is noted, and those of a client who agreed to no copies to nobody', async () => {
    const attachments = (await findRecord())['_attachments'] as Attachment[]
    expect(attachments.map(({ question_xpath }) => question_xpath)).toEqual(['photo', 'home/visits[1]/visit_photo'])
    const before = await downloads()
    const contents: string[] = []
    for (const { download_url } of attachments) {
      const reply = await fetch(download_url, { headers: { authorization: `Token ${token}` } })
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
      contents.push(
        Buffer.from(await reply.arrayBuffer())
          .subarray(onePixel.length)
          .toString(),
      )
    }
    expect([contents, (await downloads()) - before]).toEqual([['door', 'visit'], 2])
    const place = '/api/v2/assets/client-session/data'
    for (const path of [
      `${place}/${whole}/attachments/3/`,
      `${place}/${whole}/attachments/0/`,
      `${place}/x/attachments/1/`,
      `${place}/${withheld}/attachments/1/`,
    ])
      expect((await ask(path)).status, path).toBe(404)
    expect((await fetch(attachments[0]!.download_url)).status).toBe(401)
    expect(await downloads()).toBe(before + 2)
  })

  it('can be taken over by another installation as it is: repeats, files and all', async () => {
    await readyPractitioner(other, 'north', { email: 'ana@example.org' })
    agreeWithKobo(other, '2026-11-20')
    const server = { address, authorization: `Token ${token}`, near: nearOf(address) }
    const taking = { people: {}, practitioner: 'ana@example.org', mapping: emptyMapping, facts: 'keep', files: 'take', dryRun: false } as const
    const report = await importRecords(other.attune, await openKoboServer(server, 'client-session'), { serviceId: 'north', ...taking })
    expect(report).toMatchObject({ read: 11, stored: 11, files: 2, leftOut: [], refused: [] })
    const [kept] = await askDatabase<{ n: string }>(other, 'select count(*) as n from answers.attachments where record_id = $1', [whole])
    expect(Number(kept!.n)).toBe(2)
  })
})

describe('an export of records with repeats', () => {
  const order = async (options: object) => {
    const made = await fetch(`${address}/api/v2/assets/client-session/exports/`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(options),
    })
    const { result } = (await made.json()) as { result: string }
    return Buffer.from(await (await fetch(result, { headers: { authorization: `Token ${token}` } })).arrayBuffer())
  }
  /** The sheets of a workbook by name: rows of texts. */
  const sheetsOf = (bytes: Buffer): Map<string, string[][]> => {
    const files = unzip(bytes)
    const names = [
      ...files
        .get('xl/workbook.xml')!
        .toString()
        .matchAll(/<sheet name="([^"]*)"/g),
    ].map(([, name]) => name!)
    return new Map(
      names.map((name, at) => {
        const xml = files.get(`xl/worksheets/sheet${at + 1}.xml`)!.toString()
        const rows = [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
          [...row!.matchAll(/<c(?: [^>]*)?(?:\/>|>(.*?)<\/c>)/gs)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
        )
        return [name, rows]
      }),
    )
  }
  /** Rows as pandas reads them: by their headings. */
  const recordsIn = (rows: string[][]) => rows.slice(1).map((row) => Object.fromEntries(rows[0]!.map((head, at) => [head, row[at]])))
  /** Those of the record with repeats; each other one has an empty row. */
  const ofWhole = (rows: string[][]) => recordsIn(rows).filter((row) => [row['_uuid'], row['_submission__uuid']].includes(whole))

  it('has a sheet for each repeat, also inside another, whose rows say whose they are', async () => {
    const sheets = sheetsOf(await order({ type: 'xls', lang: '_xml' }))
    const title = getFormOfKind(test.attune.programme, 'client-record').title
    expect([...sheets.keys()]).toEqual([title, 'visits', 'steps'])
    const [records, visits, steps] = [...sheets.values()] as [string[][], string[][], string[][]]
    expect(records[0]).not.toContain('visit_on')
    expect(visits[0]).toEqual([
      ...['visit_on', 'visit_note', 'visit_photo', '_index', '_parent_table_name', '_parent_index'],
      ...['_id', '_uuid', '_submission_time', '_validation_status', '_notes', '_status', '_submitted_by', '__version__', '_tags'].map(
        (name) => `_submission_${name}`,
      ),
    ])
    const [main] = ofWhole(records)
    expect(ofWhole(visits)).toMatchObject([
      { visit_on: '2025-07-01', visit_note: 'First &amp; best.', visit_photo: 'v1.png', _parent_table_name: title, _parent_index: main!['_index'] },
      { visit_on: '2025-07-02', visit_note: 'Second.', visit_photo: '', _parent_table_name: title, _parent_index: main!['_index'] },
    ])
    expect(recordsIn(visits).map((row) => row['_index'])).toEqual(recordsIn(visits).map((_, at) => String(at + 1)))
    const [first] = ofWhole(visits)
    expect(ofWhole(steps).map((row) => [row['step_note'], row['_parent_table_name'], row['_parent_index']])).toEqual([
      ['They waited.', 'visits', first!['_index']],
      ['They laughed.', 'visits', first!['_index']],
    ])
    expect(recordsIn(records)).toHaveLength(11)
  })

  it('has groups and repeats in front where asked for, and of the repeats those whose fields were named', async () => {
    const named = sheetsOf(
      await order({ type: 'xls', lang: '_xml', hierarchy_in_labels: true, group_sep: '.', fields: ['home/visits/steps/step_note', '_uuid'] }),
    )
    const [records, visits, steps] = [...named.values()] as [string[][], string[][], string[][]]
    expect([records[0], visits[0]!.slice(0, 2), steps[0]!.slice(0, 2)]).toEqual([
      ['_uuid', '_index'],
      ['_index', '_parent_table_name'],
      ['home.visits.steps.step_note', '_index'],
    ])
    expect([...sheetsOf(await order({ type: 'xls', lang: '_xml', fields: ['_uuid'] })).keys()]).toHaveLength(1)
  })

  it('as CSV is the records alone, as Kobo makes it', async () => {
    const text = (await order({ type: 'csv', lang: '_xml' })).toString()
    expect(text).not.toContain('visit_on')
    expect(text).not.toContain('First')
    expect(text.trim().split('\r\n')).toHaveLength(12)
  })

  it('as a workbook is taken over by another installation with every row in its place', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'attune-export-'))
    const file = path.join(folder, 'export.xlsx')
    const third = await startAttune({ programme: getVisitsProgramme() })
    try {
      await writeFile(file, await order({ type: 'xls', lang: '_xml', hierarchy_in_labels: true }))
      await readyPractitioner(third, 'north', { email: 'ana@example.org' })
      const taking = { people: {}, practitioner: 'ana@example.org', mapping: emptyMapping, facts: 'keep', files: 'leave', dryRun: false } as const
      const report = await importRecords(third.attune, await readSourceFile('kobo', file), { serviceId: 'north', ...taking })
      expect(report).toMatchObject({ read: 11, stored: 11, refused: [] })
      const support = await third.as('data-support')
      const { text } = await support.get(`/api/records/${whole}`, { purpose: 'retrieve' })
      for (const words of ['First & best.', 'They waited.', 'They laughed.', 'Second.']) expect(text).toContain(words)
    } finally {
      await third.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

const python = process.env['ATTUNE_PYTHON'] ?? 'python3'
const has = (modules: string) => spawnSync(python, ['-c', `import ${modules}`]).status === 0
const run = (script: string) =>
  new Promise<unknown>((resolve, reject) => {
    const child = spawn(python, ['-c', `import json, sys\nurl, token = sys.argv[1:3]\n${script}`, address, token])
    let [out, err] = ['', '']
    child.stdout.on('data', (text: Buffer) => (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => (err += text.toString()))
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(out.trim().split('\n').at(-1)!)) : reject(new Error(err.slice(-2_000)))))
  })

/** What a script finds with pykobo; without it, by the calls that pykobo 0.1.7 makes (manager.py, form.py). */
async function withPykobo(): Promise<unknown> {
  if (has('pykobo'))
    return run(`
from pykobo import Manager
uid = [form.uid for form in Manager(url=url, api_version=2, token=token).get_forms()][0]
form = Manager(url=url, api_version=2, token=token).get_form(uid)
form.fetch_data()
form.fetch_attachments(['photo'])
form.fetch_media()
visits = form.repeats['visits']
urls = [u for u in form.data['media_photo'] if isinstance(u, str)]
print(json.dumps([form.metadata['num_submissions'], len(form.data), sorted(visits['visit_note'].dropna()), len(urls), len(form.media)]))`)
  const list = (await (await ask('/api/v2/assets.json')).json()) as {
    results: { uid: string; asset_type: string; url: string; data: string; deployment__submission_count: number; summary: { geo: boolean } }[]
  }
  const form = list.results.filter(({ asset_type }) => asset_type !== 'empty').find(({ uid }) => uid === toKoboUid('client-session'))!
  const { content } = (await (await ask(form.url.slice(address.length))).json()) as { content: { survey: { type: string; $autoname?: string }[] } }
  expect(content.survey.filter(({ type }) => type === 'begin_repeat').map((row) => row.$autoname)).toEqual(['visits', 'steps'])
  const { results } = (await (await ask(form.data.slice(address.length))).json()) as { results: Record<string, unknown>[] }
  const rows = results.flatMap((row) =>
    Object.entries(row).flatMap(([key, value]) =>
      !key.startsWith('_') && Array.isArray(value) && key.endsWith('visits') ? (value as Record<string, string>[]) : [],
    ),
  )
  const urls = results.filter((row) => (row['_attachments'] as Attachment[]).some(({ filename }) => filename.split('/').at(-1) === row['photo']))
  const base = form.url.slice(address.length).split('/').slice(0, -1).join('/')
  const media = (await (await ask(`${base}/${toKoboUid('client-session')}/files/?format=json`)).json()) as { results: unknown[] }
  return [
    form.deployment__submission_count,
    results.length,
    rows.flatMap((row) => row['home/visits/visit_note'] ?? []).sort(),
    urls.length,
    media.results.length,
  ]
}

/** The same with KoboExtractor, or by the calls that koboextractor 0.2.1 makes. */
async function withKoboExtractor(): Promise<unknown> {
  if (has('koboextractor'))
    return run(`
from koboextractor import KoboExtractor
kobo = KoboExtractor(token, url + '/api/v2')
uid = kobo.list_assets()['results'][0]['uid']
asset = kobo.get_asset(uid)
choices = kobo.get_choices(asset)
questions = kobo.get_questions(asset=asset, unpack_multiples=True)
pages = [kobo.get_data(uid, start=start, limit=4)['results'] for start in (0, 4, 8)]
later = kobo.get_data(uid, submitted_after='2099-01-01T00:00:00')['count']
labelled = kobo.label_result(unlabeled_result=pages[0][0], choice_lists=choices, questions=questions, unpack_multiples=True)
print(json.dumps([[len(page) for page in pages], len(set(row['_id'] for page in pages for row in page)), later, questions['groups']['home']['groups']['visits']['repeat'], 'results' in labelled]))`)
  const list = (await (await ask('/api/v2/assets.json')).json()) as { results: { uid: string }[] }
  const uid = list.results[0]!.uid
  const { content } = (await (await ask(`/api/v2/assets/${uid}.json`)).json()) as { content: { survey: { type: string; name?: string }[] } }
  const pages = await Promise.all(
    [0, 4, 8].map(async (start) => {
      const reply = await ask(`/api/v2/assets/${uid}/data.json?${start === 0 ? '' : `start=${start}&`}limit=4`)
      return ((await reply.json()) as { results: { _id: number }[] }).results
    }),
  )
  const query = encodeURI('{"_submission_time": {"$gt": "2099-01-01T00:00:00"}}')
  const later = ((await (await ask(`/api/v2/assets/${uid}/data.json?query=${query}`)).json()) as { count: number }).count
  const repeats = content.survey.some(({ type, name }) => type === 'begin_repeat' && name === 'visits')
  return [pages.map((page) => page.length), new Set(pages.flat().map(({ _id }) => _id)).size, later, repeats, true]
}

describe('scripts that were written for Kobo', () => {
  it(`read form, records, repeats and files with pykobo${has('pykobo') ? '' : ' (by its calls: it is not installed here)'}`, async () => {
    expect(await withPykobo()).toEqual([11, 11, ['First & best.', 'Second.'], 1, 0])
  })

  it(`read form, pages and what is new with KoboExtractor${has('koboextractor') ? '' : ' (by its calls: it is not installed here)'}`, async () => {
    expect(await withKoboExtractor()).toEqual([[4, 4, 3], 11, 0, true, true])
  })
})
