// A corpus of workbooks that are broken by accident or by malice. `errors` are codes of which at least one has to be said; none: a sound form.
import { deflateRawSync } from 'node:zlib'
import { changedClientForm } from './handing-in.ts'
import { toRawZip, type RawPart } from './raw-zip.ts'

export type BrokenWorkbook = {
  readonly what: string
  readonly fileName: string
  readonly bytes: () => Buffer
  readonly errors: readonly string[]
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const letters = (column: number): string =>
  (column > 26 ? letters(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26))

const cell = (text: string, place: string) => `<c r="${place}" t="inlineStr"><is><t>${escape(text)}</t></is></c>`
const row = (cells: readonly string[], number: number) =>
  `<row r="${number}">${cells.map((text, at) => cell(text, `${letters(at + 1)}${number}`)).join('')}</row>`
const sheetXml = (rows: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet ${main}><sheetData>${rows}</sheetData>${more}</worksheet>`
const toRows = (table: readonly (readonly string[])[]) => table.map((cells, at) => row(cells, at + 1)).join('')

type Sheets = { readonly [name: string]: string }
const bookXml = (sheets: Sheets, state = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><workbook ${main} ${relations}><sheets>${Object.keys(sheets)
    .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`)
    .join('')}</sheets></workbook>`
const partsOf = (sheets: Sheets, state = ''): RawPart[] => [
  { name: 'xl/workbook.xml', content: bookXml(sheets, state) },
  ...Object.values(sheets).map((content, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content })),
]

/** A sound workbook with these sheets of rows. */
export const toWorkbookFile = (sheets: { readonly [name: string]: readonly (readonly string[])[] }): Buffer =>
  toRawZip(partsOf(Object.fromEntries(Object.entries(sheets).map(([name, table]) => [name, sheetXml(toRows(table))]))))

/** The client form as sheets of rows, from its Markdown. */
function clientSheets(version: string): { [name: string]: string[][] } {
  const sheets: { [name: string]: string[][] } = {}
  let current: string[][] = []
  for (const line of changedClientForm({ version }).split('\n')) {
    if (!line.startsWith('|')) continue
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split(/(?<!\\)\|/)
      .map((text) => text.trim().replaceAll('\\|', '|'))
    const [name = '', ...rest] = cells
    if (name !== '') sheets[name] = current = []
    if (rest.some((text) => text !== '' && !/^-+$/.test(text))) current.push(rest)
  }
  return sheets
}
const clientXml = (version: string): { [name: string]: string } =>
  Object.fromEntries(Object.entries(clientSheets(version)).map(([name, table]) => [name, sheetXml(toRows(table))]))

const small = (rows: readonly (readonly string[])[]) =>
  partsOf({
    survey: sheetXml(toRows([['type', 'name', 'label', 'relevant'], ...rows])),
    settings: sheetXml(
      toRows([
        ['form_id', 'version'],
        ['client-session', '9'],
      ]),
    ),
  })
const xlsx = (what: string, bytes: () => Buffer, errors: readonly string[]): BrokenWorkbook => ({ what, fileName: 'form.xlsx', bytes, errors })
const file = (what: string, fileName: string, bytes: () => Buffer, errors: readonly string[]): BrokenWorkbook => ({ what, fileName, bytes, errors })
const survey = (rows: string) => partsOf({ survey: sheetXml(rows) })
const unreadable = ['file-unreadable']
const spaces = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024, ' ')
const repeat = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('')
const hundredThousand = (line: (at: number) => string) => repeat(100_000, line)

export const brokenWorkbooks: readonly BrokenWorkbook[] = [
  xlsx(
    'a bomb: one sheet of 100 MB in 100 kB',
    () =>
      toRawZip([
        { name: 'xl/workbook.xml', content: bookXml({ survey: '' }) },
        { name: 'xl/worksheets/sheet1.xml', content: spaces(100) },
      ]),
    unreadable,
  ),
  xlsx(
    'a bomb of many parts of 5 MB',
    () => {
      const content = spaces(5)
      const packed = deflateRawSync(content)
      return toRawZip([...survey(''), ...Array.from({ length: 20 }, (_, at) => ({ name: `xl/worksheets/sheet${at + 2}.xml`, content, packed }))])
    },
    unreadable,
  ),
  xlsx(
    'a bomb of repeated words in the shared strings',
    () => toRawZip([...survey(''), { name: 'xl/sharedStrings.xml', content: `<sst ${main}>${'<si><t>word</t></si>'.repeat(2_500_000)}</sst>` }]),
    unreadable,
  ),
  xlsx(
    '1,200 parts',
    () => toRawZip([...survey(''), ...Array.from({ length: 1_200 }, (_, at) => ({ name: `junk/${at}`, content: '' }))]),
    unreadable,
  ),
  xlsx(
    'more parts than the archive owns up to',
    () => toRawZip([...survey(''), ...Array.from({ length: 1_200 }, (_, at) => ({ name: `junk/${at}`, content: '' }))], { entries: 3 }),
    ['header-missing'],
  ),
  xlsx(
    'a part that claims 10 bytes and unpacks to 30 MB',
    () =>
      toRawZip([
        { name: 'xl/workbook.xml', content: bookXml({ survey: '' }) },
        { name: 'xl/worksheets/sheet1.xml', content: spaces(30), claims: 10 },
      ]),
    unreadable,
  ),
  xlsx('a part that claims 4 GB', () => toRawZip([...survey(''), { name: 'xl/styles.xml', content: '<a/>', claims: 0xffff_fffe }]), unreadable),
  xlsx(
    'a path that climbs out',
    () => toRawZip([...survey(''), { name: '../../../../etc/cron.d/attune', content: '* * * * * root true' }]),
    unreadable,
  ),
  xlsx('an absolute path', () => toRawZip([{ name: '/xl/workbook.xml', content: bookXml({ survey: '' }) }, ...survey('')]), unreadable),
  xlsx('a path with backslashes', () => toRawZip([...survey(''), { name: 'xl\\..\\..\\boot.ini', content: 'x' }]), unreadable),
  xlsx('an encrypted part', () => toRawZip(survey('').map((part) => ({ ...part, flags: 0x0801 }))), unreadable),
  xlsx('a broken stream', () => toRawZip(survey('').map((part) => ({ ...part, packed: Buffer.from('not deflated at all') }))), unreadable),
  xlsx('half of an archive', () => toRawZip(small([['text', 'a', 'A']])).subarray(0, 300), unreadable),
  xlsx('no archive at all', () => Buffer.from('I am a spreadsheet, honestly.'), unreadable),
  xlsx('an old .xls under a new name', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_000)]), unreadable),
  xlsx('nothing', () => Buffer.alloc(0), unreadable),
  xlsx(
    'entities that multiply',
    () =>
      toRawZip(
        partsOf({
          survey: `<!DOCTYPE a [<!ENTITY a "${'lol'.repeat(100)}">${Array.from({ length: 12 }, (_, at) => `<!ENTITY ${'abcdefghijklm'[at + 1]} "${`&${'abcdefghijklm'[at]};`.repeat(10)}">`).join('')}]>${sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>')}`,
        }),
      ),
    unreadable,
  ),
  xlsx('200,000 elements inside each other', () => toRawZip(survey('<row>'.repeat(200_000))), [
    'file-unreadable',
    'survey-empty',
    'sheet-empty',
    'column-missing',
    'survey-missing',
  ]),
  xlsx('text in UTF-16', () => toRawZip([{ name: 'xl/workbook.xml', content: Buffer.from(bookXml({ survey: '' }), 'utf16le') }]), unreadable),
  xlsx(
    '100,000 rows',
    () =>
      toRawZip(
        survey(
          row(['type', 'name', 'label'], 1) +
            hundredThousand(
              (at) => `<row r="${at + 2}">${cell('text', `A${at + 2}`)}${cell(`q${at}`, `B${at + 2}`)}${cell('Question', `C${at + 2}`)}</row>`,
            ),
        ),
      ),
    ['too-many-rows', 'file-unreadable'],
  ),
  file('100,000 rows', 'form.csv', () => Buffer.from(`survey,type,name,label\n${hundredThousand((at) => `,text,q${at},Question\n`)}`), [
    'too-many-rows',
    'file-unreadable',
  ]),
  file(
    '100,000 rows',
    'form.md',
    () => Buffer.from(`| survey |\n| | type | name | label |\n${hundredThousand((at) => `| | text | q${at} | Question |\n`)}`),
    ['too-many-rows', 'file-unreadable'],
  ),
  file(
    'one cell of 4 MB',
    'form.md',
    () => Buffer.from(`| survey |\n| | type | name | label | relevant |\n| | text | a | ${'long '.repeat(800_000)} | 1 |`),
    ['form-not-of-programme', 'file-unreadable'],
  ),
  file(
    'brackets without end in an expression',
    'form.md',
    () => Buffer.from(`| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${'('.repeat(500_000)} |`),
    ['expression-unreadable'],
  ),
  file(
    'a pattern that takes for ever',
    'form.md',
    () => Buffer.from(`| survey |\n| | type | name | label | constraint | default |\n| | text | a | A | regex(., '(a+)+$') | ${'a'.repeat(60)}! |`),
    ['form-not-of-programme'],
  ),
  file(
    'Latin letters in the code page of old Windows',
    'form.csv',
    () => Buffer.from('survey,type,name,label\n,text,a,Fen\u00eatre\n', 'latin1'),
    unreadable,
  ),
  file(
    'a file in UTF-16',
    'form.csv',
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('survey,type,name,label\n,text,a,A\n', 'utf16le')]),
    unreadable,
  ),
  file('a quote that is never closed', 'form.csv', () => Buffer.from('survey,type,name,label\n,text,a,"A\n'), ['file-quotes']),
  file('zero bytes between the letters', 'form.md', () => Buffer.from('| survey |\n| | type | name | label |\n| | te\0xt | a\0 | A |'), [
    'form-not-of-programme',
  ]),
  file('a kind of file that is none of ours', 'form.exe', () => Buffer.from('MZ'), unreadable),
  file('a name that climbs out', '../../../etc/passwd', () => Buffer.from('root'), unreadable),
  file(
    'a circle of 20,000 questions',
    'form.md',
    () =>
      Buffer.from(
        `| survey |\n| | type | name | calculation |\n${repeat(20_000, (at) => `| | calculate | c${at} | \${c${(at + 1) % 20_000}} + 1 |\n`)}`,
      ),
    ['reference-circle', 'file-unreadable'],
  ),
  file(
    '4,000 columns',
    'form.md',
    () =>
      Buffer.from(
        `| survey |\n| | type | name | label |${repeat(4_000, (at) => ` bind::x${at} |`)}\n${repeat(20, (at) => `| | text | q${at} | A |${' 1 |'.repeat(4_000)}\n`)}`,
      ),
    ['form-not-of-programme', 'file-unreadable'],
  ),
  file(
    '700 languages',
    'form.md',
    () =>
      Buffer.from(
        `| survey |\n| | type | name |${repeat(700, (at) => ` label::L${at} |`)}\n${repeat(60, (at) => `| | text | q${at} |${' A |'.repeat(700)}\n`)}`,
      ),
    ['form-not-of-programme', 'file-unreadable'],
  ),
  file(
    '2,000 questions over a list of 20,000 choices with spaces',
    'form.md',
    () =>
      Buffer.from(
        `| survey |\n| | type | name | label |\n${repeat(2_000, (at) => `| | select_multiple all | q${at} | A |\n`)}| choices |\n| | list_name | name | label |\n${repeat(20_000, (at) => `| | all | a ${at} | A |\n`)}`,
      ),
    ['choice-name-space', 'file-unreadable'],
  ),
  file('5,000 sheets', 'form.md', () => Buffer.from(repeat(5_000, (at) => `| s${at} |\n| | a |\n`)), ['survey-sheet-missing']),
  xlsx(
    'smart quotes in a condition',
    () =>
      toRawZip(
        small([
          ['text', 'a', 'A'],
          ['text', 'b', 'B', '${a} = \u2018yes\u2019'],
        ]),
      ),
    ['translation-missing'],
  ),
  xlsx(
    'the same name twice',
    () =>
      toRawZip(
        small([
          ['text', 'a', 'A'],
          ['text', 'a', 'Again'],
        ]),
      ),
    ['name-twice'],
  ),
  xlsx(
    'questions that need each other',
    () =>
      toRawZip(
        partsOf({
          survey: sheetXml(
            toRows([
              ['type', 'name', 'calculation'],
              ['calculate', 'a', '${b} + 1'],
              ['calculate', 'b', '${a} + 1'],
            ]),
          ),
        }),
      ),
    ['reference-circle'],
  ),
  xlsx(
    'formulas that gave no value',
    () =>
      toRawZip(
        partsOf({
          survey: sheetXml(
            `${row(['type', 'name', 'label'], 1)}<row r="2">${cell('text', 'A2')}<c r="B2" t="e"><f>VLOOKUP(1,A:A,9)</f><v>#REF!</v></c>${cell('A', 'C2')}</row>`,
          ),
        }),
      ),
    ['name-not-allowed'],
  ),
  xlsx(
    'formulas with their last values',
    () => {
      const sheets = clientXml('2027-f.1')
      const settings = (sheets['settings'] ?? '').replace(
        /<c r="([A-Z]2)" t="inlineStr"><is><t>2027-f\.1<\/t><\/is><\/c>/,
        '<c r="$1" t="str"><f>"2027-f"&amp;".1"</f><v>2027-f.1</v></c>',
      )
      return toRawZip(partsOf({ ...sheets, settings }))
    },
    [],
  ),
  xlsx(
    'merged cells',
    () => {
      const sheets = clientXml('2027-m.1')
      return toRawZip(
        partsOf({
          ...sheets,
          survey: (sheets['survey'] ?? '').replace('</worksheet>', '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'),
        }),
      )
    },
    [],
  ),
  xlsx(
    'signs that XML does not have',
    () => {
      const sheets = clientXml('2027-x.1')
      return toRawZip(partsOf({ ...sheets, survey: (sheets['survey'] ?? '').replaceAll('Goals', 'Go&#xD800;a&#0;ls&#xFFFF;_x0001_') }))
    },
    [],
  ),
  xlsx('hidden sheets', () => toRawZip(partsOf(clientXml('2027-h.1'), ' state="veryHidden"')), []),
]
