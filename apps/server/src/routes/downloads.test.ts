// Downloads from outside: the bytes of each format, read back.
import { createHash, randomUUID } from 'node:crypto'
import { downloadFormats } from '@attune/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readSav } from '../../test/read-sav.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { unzip, unzipReply } from '../../test/unzip.ts'

const long = `A long look, ${'ŵŷ é '.repeat(140)}and its end.`
const kept = randomUUID()
const without = randomUUID()
const code = newCode()
let test: TestAttune
let support: Client
beforeAll(async () => {
  test = await startAttune()
  const practitioner = await readyPractitioner(test, 'north')
  support = await test.as('data-support', { serviceId: 'north' })
  await sendSession(
    test,
    practitioner,
    {
      client_code: code,
      session_on: '2025-10-01',
      other_support: ['health-visiting', 'education'],
      narrative_child: long,
      narrative_relationship: '=1+1',
      goal_1_rating: '0',
      measures_used: ['gad-7'],
      ...itemsGiven('gad7', [0, 1, 2, 3, 0, 1, 2]),
      gad7_complete: 'yes',
      gad7_total: '9',
    },
    { instanceId: kept },
  )
  await sendSession(
    test,
    practitioner,
    { session_on: '2025-10-02', service_copy: 'no', narrative_child: 'Stays out of copies.' },
    { instanceId: without },
  )
})
afterAll(() => test.stop())

async function download(format: (typeof downloadFormats)[number]) {
  const reply = await support.post('/api/downloads', { format, acceptResponsibility: true }, { purpose: 'download' })
  expect(reply.status).toBe(200)
  const files = unzipReply(reply)
  return { files, manifest: JSON.parse(files.get('manifest.json')!.toString()), bytes: files.get(`records.${format}`)! }
}

/** One byte in the middle of the sealed records turned over. */
function changed(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes)
  other[120]! ^= 1
  return other
}

const codebookOf = (files: ReadonlyMap<string, Buffer>) => files.get('codebook.csv')!.toString('utf8').slice(1).split('\r\n')

describe('downloads', () => {
  it('DCS-012: a record without the service-copy flag is in no format of a download, and the manifest counts it as withheld', async () => {
    for (const format of downloadFormats) {
      const { files, manifest, bytes } = await download(format)
      expect(manifest, format).toMatchObject({ rows: 1, withheld: 1, file: `records.${format}`, codebook: 'codebook.csv' })
      expect(manifest.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      const all = Buffer.concat([...(format === 'xlsx' ? unzip(bytes) : files).values()]).toString('utf8')
      const readable = format === 'sav' ? JSON.stringify(readSav(bytes).rows) : all
      expect(readable, format).toContain(kept)
      expect(readable + all, format).not.toContain(without)
      expect(readable + all, format).not.toContain('Stays out of copies.')
    }
  })

  it('DCS-117: the records of a download open with its passphrase only, which is told once and kept nowhere', async () => {
    const order = { format: 'csv', acceptResponsibility: true }
    const [reply, another] = [
      await support.post('/api/downloads', order, { purpose: 'download' }),
      await support.post('/api/downloads', order, { purpose: 'download' }),
    ]
    const passphrase = String(reply.headers['attune-passphrase'])
    expect(passphrase).toMatch(/^([2-9CDFHJKMNPQRTVWX]{4}-){4}[2-9CDFHJKMNPQRTVWX]{4}$/)
    expect(another.headers['attune-passphrase']).not.toBe(passphrase)
    expect(() => unzip(reply.bytes)).toThrow('records.csv is sealed')
    expect(() => unzip(reply.bytes, String(another.headers['attune-passphrase']))).toThrow('does not open')
    expect(() => unzip(changed(reply.bytes), passphrase)).toThrow('was changed')
    expect(unzip(reply.bytes, passphrase).get('records.csv')!.toString('utf8')).toContain(code)
    for (const table of ['log.events', 'log.exports'])
      expect(await askDatabase(test, `select 1 from ${table} t where t::text like '%${passphrase}%'`), table).toEqual([])
  })

  it('DCS-117: a download over a connection that is not encrypted is refused before anything is read', async () => {
    const real = await startAttune({ mode: 'real' })
    try {
      const client = await real.as('data-support', { serviceId: 'north' })
      const ask = (headers: Record<string, string>) =>
        client.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download', headers })
      const plain = await ask({ 'x-forwarded-proto': 'http' })
      expect([plain.status, plain.body.code, plain.headers['attune-passphrase']]).toEqual([403, 'insecure-connection', undefined])
      expect((await ask({})).status).toBe(200)
    } finally {
      await real.stop()
    }
  })

  it('JSON keeps the types of the answers and stands the scores beside them', async () => {
    const { bytes } = await download('json')
    const { programme, records } = JSON.parse(bytes.toString('utf8'))
    expect(programme).toBe('vig-dcs')
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      recordId: kept,
      sessionOn: '2025-10-01',
      review: { reasons: [] },
      answers: { client_code: code, session_no: 1, goal_1_rating: 0, other_support: ['health-visiting', 'education'], narrative_child: long },
      scores: { 'gad-7': 9 },
    })
  })

  it('an SPSS file reads back with labels, levels, missing values and texts of any length', async () => {
    const { bytes, files } = await download('sav')
    const { encoding, variables, rows } = readSav(bytes)
    expect(encoding).toBe('UTF-8')
    expect(rows).toHaveLength(1)
    const of = (name: string) => {
      const at = variables.findIndex((variable) => variable.name === name)
      return { ...variables[at]!, value: rows[0]![at] }
    }
    expect(of('record_id').value).toBe(kept)
    expect(of('narrative_child').value).toBe(long)
    expect(of('narrative_relationship').value).toBe('=1+1')
    expect(of('time_point')).toMatchObject({ label: 'When in the work with this client are you?', level: 1, value: 1, missing: [-9999] })
    expect([...of('time_point').labels]).toEqual([
      [1, 'before the first video work'],
      [2, 'during the work'],
      [3, 'after the last session'],
      [-9999, 'Not asked in this version of the form'],
    ])
    expect([...of('gad7_4').labels].slice(0, 4)).toEqual([
      [0, 'Not at all'],
      [1, 'Several days'],
      [2, 'More than half the days'],
      [3, 'Nearly every day'],
    ])
    expect([1, 2, 3, 4].map((nth) => of(`gad7_${nth}`).value)).toEqual([0, 1, 2, 3])
    expect(of('gad7_4').level).toBe(2)
    expect(of('goal_1_rating')).toMatchObject({ level: 3, value: 0 })
    expect(of('phq9_1').value).toBe(null)
    expect(of('other_support_education')).toMatchObject({
      label: 'What other support does the family have now?: support at school or nursery',
      value: 1,
    })
    expect(of('other_support_social_care').value).toBe(0)
    expect(of('session_on')).toMatchObject({ value: Date.UTC(2025, 9, 1) / 1000 + 12_219_379_200, format: (39 << 16) | (10 << 8) })
    expect(of('scores_gad_7').value).toBe(9)
    const codebook = codebookOf(files)
    expect(codebook.find((line) => line.startsWith('time_point,'))).toContain('1 = before = before the first video work; 2 = during')
    expect(new Set(codebook.slice(1, -1).map((line) => line.split(',')[0]))).toEqual(new Set(variables.map(({ name }) => name)))
  })

  it('the codebook says of every column what was asked, what its values mean, since which version and for which measure', async () => {
    const { bytes, files } = await download('csv')
    const heads = bytes.toString('utf8').slice(1).split('\r\n')[0]!.split(',')
    const codebook = codebookOf(files)
    expect(codebook[0]).toBe('variable,label,type,level,values,missing,form_versions,measure')
    expect(codebook.slice(1, -1).map((line) => line.split(',')[0])).toEqual(heads)
    const version = test.attune.programme.forms.find(({ kind }) => kind === 'client-record')!.version
    const line = codebook.find((one) => one.startsWith('gad7_1,'))!
    expect(line).toContain('"Feeling nervous, anxious or on edge",choice,ordinal,0 = Not at all; 1 = Several days')
    expect(line).toContain(version)
    expect(line).toContain('GAD-7')
    expect(bytes.toString('utf8')).toContain("'=1+1")
  })
})
