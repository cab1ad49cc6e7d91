// Files beside a form from outside: handed in, shown, published, fetched by devices and collecting apps, taken over by the next version.
import { createHash, randomUUID } from 'node:crypto'
import { filesNeededBy } from '@attune/forms'
import { compile, readXlsx } from '@attune/xlsform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { makeCollectApp } from '../../test/collect-app.ts'
import { formWithFiles, handInWith, otherPixel, publishWith, towns, type Beside } from '../../test/form-with-files.ts'
import { findTodaysForm, sendWith } from '../../test/handing-in.ts'
import { toRawZip } from '../../test/raw-zip.ts'
import { onePixel, readyPractitioner } from '../../test/submission.ts'
import { unzipReply } from '../../test/unzip.ts'
import { Problem } from '../problems.ts'
import { makeJobRunner } from '../jobs/run-jobs.ts'
import { replaySubmissionsJob } from '../jobs/replay/replay-submissions.ts'

let test: TestAttune
let one: Client & { accountId: string }
let other: Client & { accountId: string }
let practitioner: Client & { accountId: string }
beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  one = await test.as('administrator', { displayName: 'Ada First' })
  other = await test.as('administrator', { displayName: 'Ben Second' })
  practitioner = await readyPractitioner(test)
})
afterAll(() => test.stop())

const both: Beside = { 'dog.png': onePixel, 'towns.csv': towns }
type Issue = { code: string; severity: string; sheet: string; row: number; cell?: string; message: string }
const issuesOf = async (content: string | Buffer, files: Beside, fileName?: string): Promise<Issue[]> =>
  (await handInWith(one, content, files, fileName)).body.issues.filter(({ severity }: Issue) => severity === 'error')
const saysOf = async (...given: Parameters<typeof issuesOf>) => (await issuesOf(...given)).map(({ message }) => message)
const place = (version: string, name: string) => `/api/forms/client-session/${version}/files/${name}`

describe('files beside a form', () => {
  it('that the form names and nobody handed in are named at their cells; nothing is kept', async () => {
    const found = await issuesOf(formWithFiles(), {})
    expect(found.map(({ code, sheet, message }) => [code, sheet, message])).toEqual([
      ['form-file-missing', 'survey', 'The form refers to “dog.png”, which was not handed in. Choose it together with the workbook.'],
      ['form-file-missing', 'survey', 'The form refers to “towns.csv”, which was not handed in. Choose it together with the workbook.'],
    ])
    expect(found[0]!.cell).toMatch(/^[A-Z]+\d+$/)
    expect(found[1]!.row).toBe(found[0]!.row + 1)
    expect(await saysOf(formWithFiles(), { 'Dog.png': onePixel, 'towns.csv': towns })).toEqual([
      'The form refers to “dog.png”, and “Dog.png” was handed in. Small and capital letters count: write both the same.',
    ])
    expect(await askDatabase(test, 'select count(*)::int as kept from policy.file_contents')).toEqual([{ kept: 0 }])
  })

  it('go with the draft to the second person, who sees them; one that nothing names is said and not kept', async () => {
    const { body } = await handInWith(one, formWithFiles(), { ...both, 'cat.png': otherPixel })
    expect(body.issues.map(({ code, severity }: Issue) => [code, severity])).toContainEqual(['form-file-unused', 'warning'])
    expect(body.form.files).toEqual([
      { name: 'dog.png', kind: 'image', mediaType: 'image/png', bytes: onePixel.length, sha256: createHash('sha256').update(onePixel).digest('hex') },
      expect.objectContaining({ name: 'towns.csv', kind: 'list', mediaType: 'text/csv' }),
    ])
    expect(body.difference).toMatchObject({ filesAdded: ['dog.png', 'towns.csv'], filesRemoved: [], filesChanged: [] })
    const seen = await other.request('GET', `/api/form-drafts/${body.draft.draftId}/files/dog.png`)
    expect([seen.status, seen.headers['content-type'], seen.headers['cache-control']]).toEqual([200, 'image/png', 'private, no-cache'])
    expect((await other.get(`/api/form-drafts/${body.draft.draftId}/files/cat.png`)).status).toBe(404)
    expect((await practitioner.get(`/api/form-drafts/${body.draft.draftId}/files/dog.png`)).status).toBe(403)
    expect((await practitioner.get(place('2025-06.files', 'dog.png'))).body.code).toBe('form-version-unknown')
  })

  it('are published with it, reach every device as what they are, and never change', async () => {
    expect((await publishWith([one, other], formWithFiles({ version: '2025-06.files1' }), both)).body.state).toBe('published')
    const form = await findTodaysForm(practitioner)
    expect([form.version, (form as unknown as { files: { name: string }[] }).files.map(({ name }) => name)]).toEqual([
      '2025-06.files1',
      ['dog.png', 'towns.csv'],
    ])
    const picture = await practitioner.request('GET', place('2025-06.files1', 'dog.png'))
    expect(picture.status).toBe(200)
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    })
    const list = await practitioner.request('GET', place('2025-06.files1', 'towns.csv'))
    expect([list.headers['content-type'], list.text]).toEqual(['text/csv; charset=utf-8', towns])
    for (const name of ['cat.png', '..%2F..%2Fetc%2Fpasswd', 'dog.png%00', '%2e%2e'])
      expect((await practitioner.get(place('2025-06.files1', name))).status, name).toBe(404)
    const late = askDatabase(
      test,
      `set role acting_administrator; insert into policy.form_files select form_id, form_version, 'late.png', kind, media_type, size, sha256, md5, row_count from policy.form_files limit 1`,
    )
    await expect(late).rejects.toThrow(/row-level security/)
    await expect(askDatabase(test, `set role acting_administrator; update policy.form_files set name = 'x.png'`)).rejects.toThrow(/permission denied/)
  })

  it('reach a collecting app by the manifest, with their hashes; a form without files has none', async () => {
    const made = await practitioner.post('/api/devices', { name: 'Phone' })
    const app = makeCollectApp(test, { server: made.body.server, user: made.body.user, token: made.body.token })
    const [form] = await app.formList()
    expect(form!.manifestUrl).toMatch(/\/formList\/client-session\/2025-06\.files1\/manifest\.xml$/)
    expect((await app.manifest(form!)).map(({ name, content, type }) => [name, content.toString('latin1'), type])).toEqual([
      ['dog.png', onePixel.toString('latin1'), 'image/png'],
      ['towns.csv', towns, 'text/csv; charset=utf-8'],
    ])
  })

  it('are looked up when a record is replayed: a choice of the file agrees, another one does not', { timeout: 120_000 }, async () => {
    const form = await findTodaysForm(practitioner)
    const send = async (hall: string) => {
      const instanceId = randomUUID()
      const reply = await sendWith(practitioner, form, { place_known: 'yes', hall }, instanceId)
      expect(reply.status, reply.text).toBe(201)
      return instanceId
    }
    const [good, bad] = [await send('def'), await send('xyz')]
    const runner = await makeJobRunner(test.attune, [replaySubmissionsJob])
    test.clock.pass(11_000)
    await runner.runDue()
    await runner.stop()
    const rows = await askDatabase<{ record_id: string; review_state: string; review_places: { path: string; why: string }[] }>(
      test,
      'select record_id, review_state, review_places from answers.records where record_id = any($1)',
      [[good, bad]],
    )
    const of = (id: string) => rows.find(({ record_id }) => record_id === id)!
    expect(of(good)).toMatchObject({ review_state: 'agreed', review_places: [] })
    expect(of(bad).review_state).toBe('differs')
    expect(of(bad).review_places.map(({ path }) => path.split('/').at(-1))).toEqual(['hall'])
  })

  it('are taken over by the next version where nobody hands them in again; the difference names those that changed', async () => {
    const { body } = await handInWith(one, formWithFiles({ version: '2025-06.files2' }), { 'dog.png': otherPixel })
    expect(body.difference).toMatchObject({ filesAdded: [], filesRemoved: [], filesChanged: ['dog.png'] })
    expect((await other.post(`/api/form-drafts/${body.draft.draftId}/publish`)).body.state).toBe('published')
    expect((await practitioner.request('GET', place('2025-06.files2', 'towns.csv'))).text).toBe(towns)
    // Whoever is in the middle of the version before still has its own.
    const [before, after] = await Promise.all(
      ['2025-06.files1', '2025-06.files2'].map((version) => practitioner.request('GET', place(version, 'dog.png'))),
    )
    expect(before!.headers['etag']).not.toBe(after!.headers['etag'])
    const gone = await handInWith(one, formWithFiles({ version: '2025-06.files3', media: {}, picks: null }))
    expect(gone.body.difference).toMatchObject({ filesRemoved: ['dog.png', 'towns.csv'], filesChanged: [] })
    expect(gone.body.form.files).toEqual([])
  })

  it('are named in the workbook that the desk gives out, which can be handed in again with them', async () => {
    const reply = await one.request('GET', '/api/form-versions/client-session/2025-06.files1/workbook')
    const parts = new Map([...unzipReply(reply)].map(([name, bytes]) => [name, bytes.toString('utf8')]))
    const compiled = compile(readXlsx(parts), { fileName: 'client-session.xlsx' })
    expect(compiled.ok && filesNeededBy(compiled.outline)).toEqual(['towns.csv', 'dog.png'])
  })

  it('come in one archive as well, with the workbook at its top or in one folder', async () => {
    const archive = (top: string, more: { name: string; content: string | Buffer }[] = []) =>
      toRawZip([
        { name: `${top}form.md`, content: formWithFiles({ version: '2025-06.zip' }) },
        { name: `${top}media/dog.png`, content: onePixel },
        { name: `${top}media/towns.csv`, content: towns },
        { name: '__MACOSX/._form.md', content: 'litter' },
        ...more,
      ])
    for (const top of ['', 'my form/']) {
      const { body } = await handInWith(one, archive(top).subarray(0), {}, 'form.zip')
      expect(
        body.issues.filter(({ severity }: Issue) => severity === 'error'),
        top,
      ).toEqual([])
      expect(body.form.files.map(({ name }: { name: string }) => name)).toEqual(['dog.png', 'towns.csv'])
      await one.request('DELETE', `/api/form-drafts/${body.draft.draftId}`)
    }
    expect(await saysOf(archive('', [{ name: 'other.md', content: 'x' }]), {}, 'form.zip')).toEqual([
      expect.stringContaining('more than one workbook'),
    ])
    expect(await saysOf(archive('', [{ name: 'media/deep/dog.png', content: onePixel }]), {}, 'form.zip')).toEqual([
      expect.stringContaining('a folder that is not read'),
    ])
    expect(await saysOf(archive('', [{ name: '../../etc/passwd', content: 'x' }]), {}, 'form.zip')).toEqual([
      expect.stringContaining('not a sound .zip'),
    ])
    expect(await saysOf(toRawZip([{ name: 'media/dog.png', content: onePixel }]), {}, 'form.zip')).toEqual([expect.stringContaining('no workbook')])
    const bomb = toRawZip([
      { name: 'form.md', content: formWithFiles() },
      { name: 'media/towns.csv', content: Buffer.alloc(40 * 1024 * 1024, 'a') },
    ])
    expect(await saysOf(bomb, {}, 'form.zip')).toEqual([expect.stringContaining('not a sound .zip')])
  })

  it('that a stranger made are refused with a sentence each, and nothing of the whole form is kept', async () => {
    const before = await askDatabase(test, 'select count(*)::int as kept from policy.file_contents')
    const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const found = await issuesOf(formWithFiles({ version: '2025-06.bad' }), {
      ...both,
      '../../dog.png': onePixel,
      'page.svg': script,
      'dog.jpg': '<html><script>alert(1)</script></html>',
      'broken.csv': 'name,"label',
    })
    expect(found.map(({ code, sheet, message }) => [code, sheet, message.split(':')[0]])).toEqual(
      ['../../dog.png', 'page.svg', 'dog.jpg', 'broken.csv'].map((name) => ['form-file-refused', '', `“${name}” is not taken`]),
    )
    expect(await askDatabase(test, 'select count(*)::int as kept from policy.file_contents')).toEqual(before)
    // A body that is no list of files at all is refused by its shape.
    const body = { fileName: 'form.md', content: Buffer.from(formWithFiles()).toString('base64') }
    for (const files of [
      [{ name: 'a.png' }],
      [{ name: '', content: '' }],
      [{ name: 'a.png', content: '***' }],
      'a.png',
      Array.from({ length: 201 }, () => ({ name: 'a.png', content: '' })),
    ])
      expect((await one.post('/api/form-drafts', { ...body, files })).status).toBe(400)
  })

  it('may be a list of a hundred thousand rows: it is read, checked and kept, and the server answers meanwhile', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `n${at},Town number ${at},north`)
    const handing = handInWith(one, formWithFiles({ version: '2025-06.long' }), {
      'dog.png': onePixel,
      'towns.csv': `name,label,area\n${rows.join('\n')}\n`,
    })
    let ended = false
    void handing.then(() => (ended = true))
    expect((await other.get('/api/health')).status).toBe(200)
    expect(ended).toBe(false)
    const { body } = await handing
    expect(body.issues.filter(({ severity }: Issue) => severity === 'error')).toEqual([])
    expect(body.form.files.map(({ name }: { name: string }) => name)).toEqual(['dog.png', 'towns.csv'])
  })
})

describe('the virus scanner', () => {
  it('is shown every file before anything of the form is kept, and one that it refuses stops all', async () => {
    const seen: string[] = []
    const scanner = {
      check: (given: readonly Uint8Array[]) => {
        seen.push(...given.map((bytes) => Buffer.from(bytes).toString('latin1')))
        return given.some((bytes) => Buffer.from(bytes).includes('EICAR')) ? Promise.reject(new Problem('file-refused')) : Promise.resolve()
      },
    }
    const scanned = await startAttune({ scanner })
    try {
      const ada = await scanned.as('administrator')
      expect((await handInWith(ada, formWithFiles(), { ...both, 'towns.csv': `${towns}x,EICAR,y\n` })).body.code).toBe('file-refused')
      expect(await askDatabase(scanned, 'select count(*)::int as kept from policy.file_contents')).toEqual([{ kept: 0 }])
      expect((await handInWith(ada, formWithFiles(), both)).body.draft.state).toBe('draft')
      expect(seen).toContain(onePixel.toString('latin1'))
      expect(seen).toContain(towns)
    } finally {
      await scanned.stop()
    }
  })
})
