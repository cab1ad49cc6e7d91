import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import { compile, readXlsx, toWorkbook, readMarkdown, type Issue, type Sheet } from '@attune/xlsform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { unzipXlsx } from '../apps/server/src/outside/workbook/unzip-xlsx.ts'
import { xlsform } from './xlsform.ts'

const form = `| survey |
| | type | name | label::English (en) | label::Cymraeg (cy) | relevant |
| | text | town | Town | Tref | |
| | select_one yn | nice | Nice, \${town}? | Braf? | \${town} != '' |
| choices |
| | list_name | name | label::English (en) | label::Cymraeg (cy) |
| | yn | y | Yes | Ie |
| | yn | n | No | Na |
| settings |
| | form_id | version |
| | towns | 3 |`
const broken = '| survey |\n| | type | name | label |\n| | txet | a | A |\n| | text | b | ${zz} |'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xlsform-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await xlsform(args, { write: (text) => (said.out += text) }, { write: (text) => (said.err += text) }, Readable.from([input]))
  return { code, ...said }
}

async function save(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return file
}

function toGrid(sheet: Sheet) {
  const width = Math.max(...sheet.rows.flatMap(({ cells }) => cells.map(({ column }) => column)))
  const height = Math.max(...sheet.rows.map(({ number }) => number))
  const grid: ({ type: StringConstructor; value: string } | null)[][] = Array.from({ length: height }, () =>
    Array.from({ length: width }, () => null),
  )
  for (const { number, cells } of sheet.rows)
    for (const { column, text } of cells) (grid[number - 1] ?? [])[column - 1] = { type: String, value: text }
  return grid
}

async function toXlsx(md: string): Promise<Buffer> {
  const compiled = compile(readMarkdown(md))
  if (!compiled.ok) throw new Error('The form should compile.')
  const { sheets } = toWorkbook(compiled.outline)
  return writeXlsx(sheets.map((sheet) => ({ data: toGrid(sheet), sheet: sheet.name }))).toBuffer()
}

/** A zip of stored or deflated entries, with whatever sizes and names one likes to claim. */
function toZip(entries: readonly { name: string; content: Buffer; claims?: number }[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, claims } of entries) {
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(claims ?? content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(claims ?? content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(head, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

describe('attune xlsform convert', () => {
  it('an .xlsx file, written from an outline, gives the same form as its tables', async () => {
    const file = await save('towns.xlsx', await toXlsx(form))
    const target = path.join(folder, 'towns.xml')
    expect(await run(['convert', file, '-o', target])).toEqual({ code: 0, out: '', err: '' })
    const compiled = compile(readMarkdown(form))
    const xml = await readFile(target, 'utf8')
    expect(compiled.ok && compiled.xml.replace('<h:title>towns</h:title>', '')).toBe(xml.replace('<h:title>towns</h:title>', ''))
  })

  it('a form that is refused gives 1 and its issues as lines of JSON, with the cell to change', async () => {
    const { code, out } = await run(['convert', await save('broken.md', broken), '--json'])
    expect(code).toBe(1)
    const issues = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { code: string; cell: string })
    expect(issues.map(({ code: one, cell }) => [one, cell])).toEqual([
      ['type-unknown', 'A2'],
      ['reference-unknown', 'C3'],
    ])
  })

  it('without --json the issues are also told in words', async () => {
    expect((await run(['convert', await save('broken2.md', broken)])).err).toContain(
      "error: sheet survey, A2, type: There is no question type 'txet'.",
    )
  })

  it('a CSV file is read, and its cells are named as a spreadsheet shows them', async () => {
    const { code, out } = await run(['convert', await save('f.csv', 'survey,,,\n,type,name,label\n,text,a,"Hello, ""you"""\n,txet,b,B\n'), '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([1, { code: 'type-unknown', cell: 'B4' }])
  })

  it.each([
    ['is missing', () => path.join(folder, 'nothing.xlsx')],
    ['is of another kind', () => save('old.xls', 'x')],
  ])('a file that %s gives 2 and says so', async (_, make) => {
    const { code, err } = await run(['convert', await make()])
    expect([code, err.length > 20]).toEqual([2, true])
  })

  it('a command nobody knows gives 2 and the usage', async () => {
    expect((await run(['turn', 'x.md'])).code).toBe(2)
    expect((await run(['convert', 'x.md', '--fast'])).err).toContain('Usage: npx attune xlsform convert')
  })
})

describe('attune xlsform --ndjson', () => {
  it('answers each line in order, good, refused and unreadable ones', async () => {
    const lines = [JSON.stringify({ id: 1, md: form }), JSON.stringify({ id: 'two', md: broken }), 'no json', JSON.stringify({ id: 4 })].join('\n')
    const { code, out } = await run(['--ndjson'], lines)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; xml?: string; issues?: unknown[]; error?: string })
    expect(code).toBe(0)
    expect(answers.map(({ id }) => id)).toEqual([1, 'two', null, 4])
    expect(answers[0]?.xml).toContain('<data id="data" version="3">'.replace('id="data"', 'id="towns"'))
    expect(answers[1]?.issues).toHaveLength(2)
    expect(answers[2]?.error).toContain('no JSON')
  })

  it('a formula that only our own player cannot open is a warning there, and refused with --checked and in a single conversion', async () => {
    const md =
      '| survey |\n| | type | name | label | calculation |\n| | geoshape | field | Field | |\n| | calculate | size | | enclosed-area(${field}) |'
    const first = async (args: string[]) =>
      JSON.parse((await run(args, JSON.stringify({ id: 1, md }))).out) as { xml?: string; warnings?: Issue[]; issues?: Issue[] }
    const lenient = await first(['--ndjson'])
    expect(lenient.xml).toContain('enclosed-area( /data/field )')
    expect(lenient.warnings).toContainEqual(expect.objectContaining({ code: 'function-unknown', severity: 'warning', row: 3, column: 'calculation' }))
    const strict = await first(['--ndjson', '--checked'])
    expect([strict.xml, strict.issues?.map(({ code, severity }) => `${severity} ${code}`)]).toEqual([undefined, ['error function-unknown']])
  })

  it('the name of the record may be given with a line', async () => {
    const { out } = await run(['convert', '--ndjson'], JSON.stringify({ id: 1, md: form, name: 'visit' }))
    expect((JSON.parse(out) as { xml: string }).xml).toContain('<visit id="towns"')
  })
})

describe('unpacking', () => {
  const sheet = (size: number) => Buffer.alloc(size, 'x')

  it('a bomb is stopped while it is unpacked, whatever size it claims', async () => {
    const bomb = toZip([{ name: 'xl/worksheets/sheet1.xml', content: sheet(60 * 1024 * 1024) }])
    expect(bomb.length).toBeLessThan(200_000)
    expect(await unzipXlsx(bomb)).toBeUndefined()
    expect(await unzipXlsx(toZip([{ name: 'xl/worksheets/sheet1.xml', content: sheet(60 * 1024 * 1024), claims: 10 }]))).toBeUndefined()
  })

  it('many small parts count together', async () => {
    const parts = Array.from({ length: 6 }, (_, index) => ({ name: `xl/worksheets/sheet${index}.xml`, content: sheet(10 * 1024 * 1024) }))
    expect(await unzipXlsx(toZip(parts))).toBeUndefined()
  })

  it('too many entries, paths that climb out and files that are no archive are refused', async () => {
    expect(await unzipXlsx(toZip(Array.from({ length: 1_001 }, (_, index) => ({ name: `a${index}`, content: sheet(1) }))))).toBeUndefined()
    expect(await unzipXlsx(toZip([{ name: '../../etc/passwd', content: sheet(1) }]))).toBeUndefined()
    expect(await unzipXlsx(Buffer.from('PK not really'))).toBeUndefined()
    expect(compile(readXlsx((await unzipXlsx(Buffer.from(''))) ?? new Map()))).toMatchObject({ ok: false, issues: [{ code: 'file-unreadable' }] })
  })

  it('parts a form does not need are not unpacked', async () => {
    const parts = await unzipXlsx(
      toZip([
        { name: 'xl/media/image1.png', content: sheet(60 * 1024 * 1024) },
        { name: 'xl/workbook.xml', content: Buffer.from('<a/>') },
      ]),
    )
    expect([...(parts ?? new Map<string, string>()).keys()]).toEqual(['xl/workbook.xml'])
  })
})
