// Repeats and files of records that come from KoboToolbox: out of a workbook with a sheet for each repeat and a folder of files, out of the JSON of
// its API, and from a running server that gives each file out by itself.
import { createServer, type Server } from 'node:http'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { questionsOf } from '@attune/forms'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCommand } from '../../../../../tools/import.ts'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { toWorkbookFile } from '../../../test/broken-workbooks.ts'
import { agreeWithKobo } from '../../../test/kobo-agreement.ts'
import { newCode, onePixel, readyPractitioner, sessionGiven } from '../../../test/submission.ts'
import { getVisitsProgramme } from '../../../test/visits-programme.ts'
import { open } from '../../store/keyring/seal.ts'
import { attachmentPlace } from '../../store/records/places.ts'
import { importKobo } from './import-kobo.ts'

const email = 'ana@example.org'
const scanned: Buffer[] = []
let test: TestAttune
let support: Client
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attune-whole-records-'))
  const scanner = { check: async (files: readonly Uint8Array[]) => void scanned.push(...files.map((file) => Buffer.from(file))), close: () => {} }
  test = await startAttune({ programme: getVisitsProgramme(), scanner: scanner as never })
  await readyPractitioner(test, 'north', { email })
  agreeWithKobo(test, '2026-11-20')
  support = await test.as('data-support', { serviceId: 'north' })
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => runFor('kobo', ...args)
async function runFor(kind: 'kobo' | 'odk', ...args: string[]) {
  const said = { out: '', err: '' }
  const code = await importCommand(
    [kind, '--service', 'north', '--practitioner', email, ...args],
    { write: (text: string) => (said.out += text) },
    { write: (text: string) => (said.err += text) },
    { env: { ATTUNE_IMPORT_TOKEN: 'secret' }, lend: (work) => work(test.attune) },
  )
  return { code, ...said }
}

const idOf = (last: number) => `2a1f0b6e-0000-4000-8000-${String(last).padStart(12, '0')}`
/** A complete session by the keys of an export: groups with slashes. */
function sessionBy(more: Record<string, string> = {}): Record<string, string> {
  const { outline } = getFormOfKind(test.attune.programme, 'client-record')
  const given = sessionGiven({ client_code: newCode() })
  return Object.fromEntries([
    ...questionsOf(outline).flatMap(({ name, path: place }) => {
      const value = given[name]
      return value === undefined ? [] : [[place.slice('/data/'.length), typeof value === 'string' ? value : value.join(' ')]]
    }),
    ...Object.entries(more),
  ])
}
const answersOf = async (recordId: string) => (await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).text
const filesOf = (recordId: string) =>
  askDatabase<{ name_hash: Buffer; sealed: Buffer; client_id: string }>(
    test,
    'select a.*, r.client_id from answers.attachments a join answers.records r using (service_id, record_id) where record_id = $1',
    [recordId],
  )
/** What is kept, opened with the client's key. */
const contentsOf = async (recordId: string) => {
  const found = await filesOf(recordId)
  const opened = found.map(async ({ name_hash, sealed, client_id }) => {
    const key = await test.attune.keyring.getClientKey('north', client_id)
    return open(key, attachmentPlace({ recordId, clientId: client_id }, name_hash, 'content'), sealed).toString('base64')
  })
  return (await Promise.all(opened)).sort()
}
const pixel = (more: string) => Buffer.concat([onePixel, Buffer.from(more)])
const base64 = (...files: Buffer[]) => files.map((file) => file.toString('base64')).sort()

describe('a workbook of KoboToolbox with its folder of files', () => {
  const book = async (name: string, note = 'They read together.', more: Record<string, string[][]> = {}) => {
    const session = sessionBy({ photo: 'front door.png', _uuid: idOf(1), _index: '1', mood: 'bright' })
    const second = { ...sessionBy(), _uuid: idOf(2), _index: '2' }
    const keys = Object.keys(session)
    const file = path.join(folder, name)
    const sheets = {
      Sessions: [keys, Object.values(session), keys.map((key) => (second as Record<string, string>)[key] ?? '')],
      visits: [
        ['visit_on', 'visit_note', 'visit_photo', 'weather', '_index', '_parent_table_name', '_parent_index', '_submission__uuid'],
        ['2025-07-01', 'First.', 'a.png', 'wet', '1', 'Sessions', '1', idOf(1)],
        ['2025-07-02', note, '', '', '2', 'Sessions', '1', idOf(1)],
        ['2025-07-03', 'Alone.', 'c.png', '', '3', 'Sessions', '2', idOf(2)],
        ['2025-07-04', 'Of nobody.', '', '', '4', 'Sessions', '9', idOf(9)],
      ],
      steps: [
        ['home/visits/steps/step_note', '_index', '_parent_table_name', '_parent_index'],
        ['They waited.', '1', 'visits', '2'],
        ['They laughed.', '2', 'visits', '2'],
      ],
      notes_of_the_office: [['a'], ['b']],
      ...more,
    }
    await writeFile(file, toWorkbookFile(sheets))
    return file
  }
  const lay = async (id: string, name: string, content: Buffer) => {
    await mkdir(path.join(folder, 'files/account/attachments', id), { recursive: true })
    await writeFile(path.join(folder, 'files/account/attachments', id, name), content)
  }
  const attachments = ['--attachments', '']

  beforeAll(async () => {
    attachments[1] = path.join(folder, 'files')
    await lay(idOf(1), 'front_door.png', pixel('photo'))
    await lay(idOf(1), 'a.png', pixel('a'))
    await lay(idOf(1), 'another.png', pixel('of no answer'))
    await lay(idOf(2), 'c.png', pixel('c'))
    await lay(idOf(3), 'x.png', pixel('x'))
  })

  it('without its folder is not taken where an answer names a file, unless files are to stay behind', async () => {
    const file = await book('sessions.xlsx')
    const { code, out } = await run('--data', file, '--dry-run')
    expect([code, out]).toEqual([1, expect.stringContaining('2 records read: 0 would be taken over')])
    expect(out).toContain('1 × a file that it names is not there: photo, visit_photo')
    expect((await run('--data', file, '--dry-run', '--no-attachments')).out).toContain('2 records read: 2 would be taken over, 0 were here already')
  })

  it('is looked at in a dry run with its files, and what found no place is named', async () => {
    scanned.length = 0
    const { code, out } = await run('--data', await book('sessions.xlsx'), ...attachments, '--dry-run')
    expect([code, out]).toEqual([0, expect.stringContaining('2 records read: 2 would be taken over with 3 files')])
    for (const said of [
      'mood (1)',
      'weather (1)',
      `${idOf(1)} (1)`,
      'the sheet "notes_of_the_office"',
      'of the sheet "visits", rows that are of no record: 1',
      `folders of files that are of no record: ${idOf(3)}`,
    ])
      expect(out).toContain(said)
    expect(await askDatabase(test, 'select record_id from answers.records')).toEqual([])
    expect(scanned.map((file) => file.toString('base64')).sort()).toEqual(base64(pixel('photo'), pixel('a'), pixel('c')))
  })

  it('becomes records with their repeats inside and their files sealed, once', async () => {
    const file = await book('kept.xlsx')
    expect((await run('--data', file, ...attachments)).out).toContain('2 records read: 2 taken over with 3 files')
    const first = await answersOf(idOf(1))
    expect(first.match(/First\.|They read together\.|They waited\.|They laughed\./g)).toEqual([
      'First.',
      'They read together.',
      'They waited.',
      'They laughed.',
    ])
    expect(first).not.toMatch(/Alone|Of nobody/)
    expect(await answersOf(idOf(2))).toContain('Alone.')
    expect(await contentsOf(idOf(1))).toEqual(base64(pixel('photo'), pixel('a')))
    expect(await contentsOf(idOf(2))).toEqual(base64(pixel('c')))
    scanned.length = 0
    expect((await run('--data', file, ...attachments)).out).toContain('2 records read: 0 taken over, 2 were here already')
    // What is here is not fetched again.
    expect(scanned).toEqual([])
    expect(await filesOf(idOf(1))).toHaveLength(2)
  })

  it('brings in what another run left behind, and refuses a file that is not the picture that its name says', async () => {
    const file = path.join(folder, 'one.json')
    const record = { ...sessionBy({ photo: 'p.png' }), _uuid: idOf(5) }
    await writeFile(file, JSON.stringify([record]))
    await lay(idOf(5), 'p.png', Buffer.from('<html>'))
    const refused = await run('--data', file, ...attachments)
    expect(refused.out).toContain('1 × files: there is a file that is not a picture of the kind that its name says')
    expect(await filesOf(idOf(5))).toEqual([])
    await lay(idOf(5), 'p.png', Buffer.concat([onePixel, Buffer.alloc(10 * 1024 * 1024)]))
    expect((await run('--data', file, ...attachments)).out).toContain('a file of it could not be had: It is longer than all of a submission may be.')
    await lay(idOf(5), 'p.png', pixel('p'))
    expect((await run('--data', file, ...attachments)).out).toContain('1 taken over with 1 file,')
    await askDatabase(test, 'delete from answers.attachments where record_id = $1', [idOf(5)])
    await run('--data', file, ...attachments)
    expect(await contentsOf(idOf(5))).toEqual(base64(pixel('p')))
  })
})

describe('records with repeats in the JSON of the API', () => {
  const visits = (note: string, step: string) => ({
    'home/visits': [
      { 'home/visits/visit_on': '2025-07-01', 'home/visits/visit_note': note, 'home/visits/steps': [{ 'home/visits/steps/step_note': step }] },
    ],
  })

  it('have the detector look into them, however deep, before anything is stored', async () => {
    const file = path.join(folder, 'facts.json')
    const record = { ...sessionBy(), ...visits('Ffion Prosser came.', 'She rang from 07700 900222.'), _uuid: idOf(6) }
    await writeFile(file, JSON.stringify({ results: [record] }))
    const refused = await run('--data', file)
    expect(refused.out).toContain('1 × a personal fact is seen in visit_note, step_note')
    expect((await run('--data', file, '--facts', 'strip')).out).toMatch(/1 taken over[\s\S]*visit_note: 1 × PERSON[\s\S]*step_note: 1 × CONTACT/)
    expect(await answersOf(idOf(6))).toMatch(/\[a person\] came\.[\s\S]*She rang from \[a contact\]/)
  })

  it('are filled from a repeat of another name by the mapping; a repeat that is not asked here is named, and answers do not cross its border', async () => {
    const file = path.join(folder, 'named.json')
    const record = {
      ...sessionBy({ visit_note: 'Outside of any visit.' }),
      _uuid: idOf(7),
      calls: [{ 'calls/when': '2025-07-05', 'calls/visit_note': 'By telephone.', 'calls/photo': 'p.png' }],
      pets: [{ 'pets/name': 'x' }],
    }
    await writeFile(file, JSON.stringify([record]))
    const mapping = path.join(folder, 'repeats.yaml')
    await writeFile(mapping, 'repeats: { vists: calls }\nset: { photo: p.png }')
    expect((await run('--data', file, '--mapping', mapping)).err).toMatch(
      /"set", "photo": is a file[\s\S]*"repeats", "vists": the form has no such repeat/,
    )
    await writeFile(mapping, 'repeats: { visits: calls }\nquestions: { visit_on: calls/when }')
    const { out } = await run('--data', file, '--mapping', mapping)
    expect(out).toContain('1 taken over')
    for (const said of ['pets (1)', 'calls/photo (1)', '  visit_note (1)']) expect(out).toContain(said)
    const read = await answersOf(idOf(7))
    expect(read).toMatch(/2025-07-05[\s\S]*By telephone\./)
    expect(read).not.toContain('Outside')
  })
})

describe('a running server', () => {
  const asked: string[] = []
  const kept = new Map<string, Buffer>()
  let record: Record<string, unknown> = {}
  let kobo: Server
  let address = ''
  beforeAll(async () => {
    kobo = createServer((request, reply) => {
      const { pathname } = new URL(request.url ?? '/', 'http://kobo')
      asked.push(pathname)
      if (request.headers.authorization !== 'Token secret') return reply.writeHead(401).end('{}')
      if (pathname.includes('/attachments/')) {
        const file = kept.get(pathname.split('/').at(-2)!)
        return file === undefined ? reply.writeHead(404).end() : reply.setHeader('content-type', 'image/png').end(file)
      }
      reply.setHeader('content-type', 'application/json')
      reply.end(JSON.stringify(pathname.includes('data.json') ? { count: 1, next: null, previous: null, results: [record] } : { content: {} }))
    })
    await new Promise<void>((resolve) => kobo.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(kobo.address() as AddressInfo).port}`
    const file = (uid: string, question_xpath: string, name: string) => ({
      uid,
      question_xpath,
      filename: `account/attachments/f0/${idOf(8)}/${name}`,
      media_file_basename: name,
      mimetype: 'image/png',
      // As a server behind another name says it: the token goes to the one that was named.
      download_url: `https://kc.example.org/api/v2/assets/aXY1/data/8/attachments/${uid}/`,
      is_deleted: uid === 'gone',
    })
    record = {
      ...sessionBy({ photo: 'p.png' }),
      _id: 8,
      _uuid: idOf(8),
      'home/visits': [
        { 'home/visits/visit_on': '2025-07-01', 'home/visits/visit_photo': 'taken.png' },
        { 'home/visits/visit_on': '2025-07-02', 'home/visits/visit_photo': 'taken again.png' },
      ],
      _attachments: [
        file('one', 'photo', 'p.png'),
        file('two', 'home/visits[1]/visit_photo', 'taken_x1.png'),
        file('three', 'home/visits[2]/visit_photo', 'taken_x2.png'),
        file('gone', 'photo', 'old.png'),
      ],
    }
  })
  afterAll(() => kobo.close())

  it('is asked for each file by its token, at its own address, and not at all for files of records that are here', async () => {
    kept.set('one', pixel('one')).set('two', pixel('two'))
    const missing = await run('--url', address, '--asset', 'aXY1')
    expect(missing.out).toContain('a file of it could not be had: The server knows nothing at this address (404)')
    kept.set('three', pixel('three'))
    expect((await run('--url', address, '--asset', 'aXY1')).out).toContain('1 taken over with 3 files')
    expect(await contentsOf(idOf(8))).toEqual(base64(pixel('one'), pixel('two'), pixel('three')))
    asked.length = 0
    expect((await run('--url', address, '--asset', 'aXY1')).out).toContain('1 were here already')
    expect(asked.filter((each) => each.includes('/attachments/'))).toEqual([])
  })

  it('gives repeats and files to the connector of the night as well', async () => {
    await readyPractitioner(test, 'south', { email: 'robin@south.example' })
    const attachments = (record['_attachments'] as object[]).slice(0, 3)
    record = { ...record, ...sessionBy({ photo: 'p.png' }), _uuid: idOf(10), practitioner_email: 'robin@south.example', _attachments: attachments }
    test.attune.environment.near.push('127.0.0.1')
    test.attune.environment.kobo = { url: address, token: 'secret', asset: 'aXY1', facts: 'refuse' }
    expect(await importKobo(test.attune)).toMatchObject({ read: 1, taken: 1, files: 3, held: 0 })
    expect(await askDatabase(test, 'select service_id from answers.attachments where record_id = $1', [idOf(10)])).toEqual(
      ['south', 'south', 'south'].map((service_id) => ({ service_id })),
    )
    // A record that says who sent it is taken at its word by hand as well: that person works for another service.
    expect((await run('--url', address, '--asset', 'aXY1')).out).toContain('1 were here already')
    record = { ...record, ...sessionBy({ photo: 'p.png' }), _uuid: idOf(11) }
    expect((await run('--url', address, '--asset', 'aXY1')).out).toContain('1 × nobody here is its practitioner')
  })
})

describe('ODK Central', () => {
  /** A session as Central nests it: answers in their groups, its own words in front. */
  const nested = (id: string, more: Record<string, unknown>, files: number) => {
    const groups: Record<string, Record<string, string>> = {}
    for (const [key, value] of Object.entries(sessionBy())) {
      const [group, name] = key.split('/') as [string, string]
      ;(groups[group] ??= {})[name] = value
    }
    const system = { submitterName: 'Ana', attachmentsPresent: files, attachmentsExpected: files, reviewState: null, deletedAt: null }
    return { __id: `uuid:${id}`, __system: system, ...groups, ...more }
  }
  const withFiles = (id: string) =>
    nested(
      id,
      { photo: '1558330537199.png', home: { visits: [{ visit_on: '2025-07-01', visit_photo: 'v one.png', visit_note: 'They waited.' }] } },
      2,
    )

  describe('running', () => {
    const asked: string[] = []
    const kept = new Map<string, Buffer>()
    let central: Server
    let url = ''
    beforeAll(async () => {
      const rows = [withFiles(idOf(21)), nested(idOf(22), {}, 0)]
      central = createServer((request, reply) => {
        const { pathname } = new URL(request.url ?? '/', 'http://central')
        asked.push(decodeURIComponent(pathname))
        if (request.headers.authorization !== 'Bearer secret') return reply.writeHead(401).end('{}')
        const json = (value: unknown) => reply.setHeader('content-type', 'application/json').end(JSON.stringify(value))
        if (pathname.endsWith('.svc/Submissions')) return json({ '@odata.count': 2, value: rows })
        const listed = ['1558330537199.png', 'v one.png', 'audit.csv']
        if (pathname.endsWith('/attachments')) return json(listed.map((name) => ({ name, exists: name === 'audit.csv' || kept.has(name) })))
        const file = kept.get(decodeURIComponent(pathname.split('/').at(-1)!))
        return file === undefined ? reply.writeHead(404).end('{}') : reply.setHeader('content-type', 'image/png').end(file)
      })
      await new Promise<void>((resolve) => central.listen(0, '127.0.0.1', resolve))
      url = `http://127.0.0.1:${(central.address() as AddressInfo).port}/v1/projects/1/forms/sessions`
    })
    afterAll(() => central.close())
    const files = () => asked.filter((each) => each.endsWith('.png'))

    it('lists what came with a record and gives each file out to the token, once; a record without its file is not taken', async () => {
      kept.set('1558330537199.png', pixel('odk'))
      const missing = await runFor('odk', '--url', url)
      expect([missing.code, missing.out]).toEqual([1, expect.stringContaining('1 × a file that it names is not there: visit_photo')])
      kept.set('v one.png', pixel('visit'))
      scanned.length = 0
      const dry = await runFor('odk', '--url', url, '--dry-run')
      expect([dry.code, dry.out]).toEqual([
        0,
        expect.stringMatching(/1 would be taken over with 2 files, 1 were here already[\s\S]*Nothing was kept/),
      ])
      // How the form was filled in is no file that was left behind.
      expect(dry.out).not.toContain('Files that no answer taken over names')
      expect(await filesOf(idOf(21))).toEqual([])
      expect(scanned.map((file) => file.toString('base64')).sort()).toEqual(base64(pixel('odk'), pixel('visit')))
      expect((await runFor('odk', '--url', url)).out).toContain('1 taken over with 2 files')
      expect(await contentsOf(idOf(21))).toEqual(base64(pixel('odk'), pixel('visit')))
      const place = `/v1/projects/1/forms/sessions/submissions/uuid:${idOf(21)}/attachments`
      expect(asked).toEqual(expect.arrayContaining([place, `${place}/1558330537199.png`, `${place}/v one.png`]))
      expect(asked.some((each) => each.endsWith('audit.csv') || each.includes(`${idOf(22)}/attachments`))).toBe(false)
      asked.length = 0
      const again = await runFor('odk', '--url', url)
      expect([again.code, again.out, files()]).toEqual([0, expect.stringContaining('0 taken over, 2 were here already'), []])
    })

    it('is asked for no list of files when they are to stay there', async () => {
      asked.length = 0
      await runFor('odk', '--url', url, '--no-attachments')
      expect(asked.filter((each) => each.includes('attachments'))).toEqual([])
    })
  })

  it('packs the files of all records into one folder, of which each takes those that it names', async () => {
    const media = path.join(folder, 'media')
    await mkdir(path.join(media, idOf(24)), { recursive: true })
    await writeFile(path.join(media, '1558330537199.png'), pixel('media'))
    await writeFile(path.join(media, 'v one.png'), pixel('second'))
    await writeFile(path.join(media, 'of nobody.png'), pixel('nobody'))
    await writeFile(path.join(media, idOf(24), 'p.png'), pixel('own folder'))
    const file = path.join(folder, 'central.json')
    await writeFile(file, JSON.stringify({ value: [withFiles(idOf(23)), nested(idOf(24), { photo: 'p.png' }, 1)] }))
    const without = await runFor('odk', '--data', file)
    expect(without.out).toContain('2 not taken')
    const { code, out } = await runFor('odk', '--data', file, '--attachments', media)
    expect([code, out]).toEqual([0, expect.stringContaining('2 records read: 2 taken over with 3 files')])
    expect(out).toContain('files that no record names: 1')
    expect(out).not.toContain('Files that no answer taken over names')
    expect(await contentsOf(idOf(23))).toEqual(base64(pixel('media'), pixel('second')))
    expect(await contentsOf(idOf(24))).toEqual(base64(pixel('own folder')))
  })

  it('in a CSV names its files too', async () => {
    const media = path.join(folder, 'media')
    const answers = Object.entries(sessionBy({ photo: '1558330537199.png' }))
    const file = path.join(folder, 'central.csv')
    const heads = answers.map(([key]) => key.replaceAll('/', '-'))
    await writeFile(file, `KEY,${heads.join(',')}\nuuid:${idOf(25)},${answers.map(([, value]) => `"${value}"`).join(',')}\n`)
    const { code, out } = await runFor('odk', '--data', file, '--attachments', media)
    expect([code, out]).toEqual([0, expect.stringContaining('1 taken over with 1 file,')])
    expect(await contentsOf(idOf(25))).toEqual(base64(pixel('media')))
  })

  it('in CSV files brings its repeats along from the files beside the first, also repeats in repeats', async () => {
    const place = path.join(folder, 'central-zip')
    await mkdir(place)
    const lay = (name: string, rows: readonly (readonly string[])[]) =>
      writeFile(path.join(place, name), rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'))
    const answers = Object.entries(sessionBy())
    const key = `uuid:${idOf(26)}`
    const visit = (at: number) => `${key}/home/visits[${at}]`
    await lay('sessions.csv', [
      ['SubmissionDate', ...answers.map(([name]) => name.replaceAll('/', '-')), 'SET-OF-visits', 'KEY'],
      ['2025-08-01T10:00:00.000Z', ...answers.map(([, value]) => value), `${key}/home/visits`, key],
    ])
    await lay('sessions-visits.csv', [
      ['visit_on', 'visit_note', 'SET-OF-steps', 'PARENT_KEY', 'KEY'],
      ['2025-07-01', 'First.', `${visit(1)}/steps`, key, visit(1)],
      ['2025-07-02', 'Second.', '', key, visit(2)],
      ['2025-07-03', 'Of nobody.', '', 'uuid:of-nobody', 'uuid:of-nobody/home/visits[1]'],
    ])
    await lay('sessions-steps.csv', [
      ['step_note', 'PARENT_KEY', 'KEY'],
      ['They waited.', visit(1), `${visit(1)}/steps[1]`],
      ['They laughed.', visit(1), `${visit(1)}/steps[2]`],
    ])
    await lay('sessions-of-last-year.csv', [['anything'], ['at all']])
    const { code, out } = await runFor('odk', '--data', path.join(place, 'sessions.csv'))
    expect([code, out]).toEqual([0, expect.stringContaining('1 record read: 1 taken over')])
    expect(out).toContain('of the file for "visits", rows that are of no record: 1')
    expect(out).not.toMatch(/SET-OF|PARENT_KEY/)
    expect(await answersOf(idOf(26))).toMatch(/First\.[\s\S]*They waited\.[\s\S]*They laughed\.[\s\S]*Second\./)
  })
})
