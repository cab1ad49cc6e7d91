// Every parser that reads what strangers send. A case is one input; a parser may refuse it in its own words and may do nothing else: it does not throw
// (but for the refusal it is known for), it does not hang, and what it gives back is well formed.
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { parseKeptFacts } from '@attune/contract'
import { detect } from '@attune/detector'
import { readSubmission, type XmlElement } from '@attune/forms'
import { checkClientCode, toClientCode } from '@attune/policy'
import { compile, readCsv, readMarkdown, readXlsx, type Workbook } from '@attune/xlsform'
import { readXml } from '../../apps/server/src/actions/submission/read-xml.ts'
import { Problem } from '../../apps/server/src/problems.ts'
import { makeCsvBytes } from '../../apps/server/src/present/csv-bytes.ts'
import { toCsvLine, toDelimitedLine, toSheetRow } from '../../apps/server/src/present/table-text.ts'
import { findBasicToken } from '../../apps/server/src/routes/basic-token.ts'
import { readFeedQuery } from '../../apps/server/src/routes/read-feed-query.ts'
import { readKoboQuery } from '../../apps/server/src/routes/read-kobo-query.ts'
import { isPlainFileName } from '../../apps/server/src/actions/submission/check-files.ts'
import { readParcel } from '../../apps/server/src/routes/read-parcel.ts'
import { hostileText, spoilt } from './hostile.ts'

export type Parser = {
  readonly name: string
  /** The requirement of OWASP ASVS 5.0 that it shows. */
  readonly asvs: string
  /** Share of the cases: cheap parsers get more. */
  readonly weight: number
  readonly property: () => fc.IAsyncProperty<unknown> | fc.IProperty<unknown>
}

const folder = path.resolve(import.meta.dirname, '../../programmes/vig-dcs/forms')
const markdown = readFileSync(path.join(folder, 'client-session.md'), 'utf8')
const compiled = compile(readMarkdown(markdown), { fileName: 'client-session.md' })
if (!compiled.ok) throw new Error('The client form of the programme does not compile.')
const { outline } = compiled
/** One page of a form, so that a case costs a millisecond and not a hundred. */
const smallForm = [
  '| survey | | | | | |',
  '| --- | --- | --- | --- | --- | --- |',
  '| | type | name | label | relevant | constraint |',
  '| | select_one yn | a | A | | |',
  "| | integer | b | B | ${a} = 'y' | . > 1 |",
  '| | begin_group | g | G | | |',
  "| | text | c | C | | regex(., '^[a-z]+$') |",
  '| | end_group | | | | |',
  '| choices | | | |',
  '| | list_name | name | label |',
  '| | yn | y | Yes |',
  '| | yn | n | No |',
].join('\n')
const smallCsv = 'survey\n,type,name,label\n,text,a,"A, b"\n,integer,b,B\nchoices\n,list_name,name,label\n,yn,y,Yes\n'
const soundXml =
  '<data id="client-session" version="1" xmlns:orx="http://openrosa.org/xforms"><a>x &amp; y</a><g><c/></g><orx:meta><orx:instanceID>uuid:00000000-0000-4000-8000-000000000000</orx:instanceID></orx:meta></data>'
const bytes = (text: string) => new TextEncoder().encode(text)

function refuses(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

function compileOne(workbook: Workbook): void {
  const result = compile(workbook, { fileName: 'form.xlsx' })
  if (result.ok) return holds(result.xml.startsWith('<?xml') || result.xml.startsWith('<h:html'), 'a form that is no XML')
  holds(result.issues.length > 0, 'refused without a reason')
  for (const { message, row } of result.issues)
    holds(message.trim() !== '' && Number.isInteger(row) && row >= 0, 'an issue without a sentence or a row')
}

const element = (): fc.Arbitrary<XmlElement> =>
  fc.letrec<{ node: XmlElement }>((tie) => ({
    node: fc.record({
      name: fc.oneof(
        fc.constantFrom('data', 'meta', 'instanceID', 'session_on', 'age_group', 'goal_1', 'narrative_child', '__proto__'),
        hostileText(),
      ),
      attributes: fc.dictionary(fc.constantFrom('id', 'version', '__proto__', 'x'), hostileText(), { maxKeys: 3 }),
      children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('node'), { maxLength: 6 })),
      text: hostileText(),
    }),
  })).node

const multipart = fc.record({
  boundary: fc.constantFrom('b', 'b b', '', '--', 'b'.repeat(80)),
  parts: fc.array(
    fc.record({
      head: fc.oneof(
        fc.constantFrom(
          'content-disposition: form-data; name="xml_submission_file"; filename="a.xml"',
          'content-disposition: form-data; name="f"; filename="../../a.png"',
          'content-disposition: form-data; name="f"; filename*=utf-8\'\'%00%2e%2e%2f',
          'content-disposition: form-data; name="*isIncomplete*"',
          'content-disposition: form-data; name="attune-kept-facts"',
          'content-type: image/png',
        ),
        hostileText(),
      ),
      body: hostileText(),
    }),
    { maxLength: 5 },
  ),
  end: fc.constantFrom('--\r\n', '', '\r\n', '--'),
})

type Headers = Parameters<typeof findBasicToken>[0]['headers']
const query = (names: readonly string[]) =>
  fc.dictionary(
    fc.oneof(fc.constantFrom(...names), hostileText()),
    fc.oneof(
      hostileText(),
      fc.array(hostileText(), { maxLength: 2 }),
      fc.constantFrom('10', 'true', '{"session_on":-1}', "session_on ge 2025-01-01 and time_point eq 'before'"),
    ),
    { maxKeys: 4 },
  )
const names = { sessionOn: 'session_on', timePoint: 'time_point' }

export const parsers: readonly Parser[] = [
  {
    name: 'XML of a submission',
    asvs: '1.5.1',
    weight: 6,
    property: () =>
      fc.property(fc.oneof(spoilt(soundXml).map(bytes), hostileText().map(bytes), fc.uint8Array({ maxLength: 200 })), (given) => {
        const read = readXml(given)
        holds('root' in read ? read.root.name !== '' : typeof read.refused === 'string', 'neither read nor refused')
      }),
  },
  {
    name: 'a submission against its form',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(element(), (root) => {
        const { issues } = readSubmission(outline, root, { latestDay: '2026-11-27' })
        for (const { message } of issues) holds(message.trim() !== '', 'an issue without a sentence')
        holds(({} as Record<string, unknown>)['polluted'] === undefined, 'a prototype was changed')
      }),
  },
  {
    name: 'a submission with spoilt answers',
    asvs: '1.2.4',
    weight: 2,
    property: () =>
      fc.property(spoilt(soundXml), (text) => {
        const read = readXml(bytes(text))
        if ('root' in read) readSubmission(outline, read.root, { latestDay: '2026-11-27' })
      }),
  },
  {
    name: 'a form as Markdown',
    asvs: '1.2.4',
    weight: 2,
    property: () => fc.property(fc.oneof(spoilt(smallForm), hostileText()), (text) => compileOne(readMarkdown(text))),
  },
  {
    name: 'a form as CSV',
    asvs: '1.2.4',
    weight: 2,
    property: () => fc.property(fc.oneof(spoilt(smallCsv), hostileText()), (text) => compileOne(readCsv(text))),
  },
  {
    name: 'the parts of a workbook',
    asvs: '1.2.4',
    weight: 2,
    property: () =>
      fc.property(
        fc.dictionary(
          fc.constantFrom('xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml', 'xl/worksheets/sheet1.xml'),
          fc.oneof(
            hostileText(),
            spoilt('<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row></sheetData></worksheet>'),
          ),
        ),
        (parts) => {
          // Its one refusal is an Error with a sentence for the person.
          try {
            compileOne(readXlsx(new Map(Object.entries(parts))))
          } catch (error) {
            holds(
              error instanceof Error && !(error instanceof TypeError || error instanceof RangeError) && /\.$/.test(error.message),
              `threw ${String(error)}`,
            )
          }
        },
      ),
  },
  {
    name: 'a multipart parcel',
    asvs: '5.3.2',
    weight: 2,
    property: () =>
      fc.asyncProperty(multipart, async ({ boundary, parts, end }) => {
        const body = Buffer.from(
          `${parts.map(({ head, body: content }) => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`).join('')}--${boundary}${end}`,
        )
        const request = Object.assign(Readable.from([body.subarray(0, 7), body.subarray(7)], { objectMode: false }), {
          headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        }) as unknown as IncomingMessage
        try {
          const parcel = await readParcel(request)
          for (const { name } of parcel.files) holds(isPlainFileName(name), 'a file name that is none')
        } catch (error) {
          if (!(error instanceof Problem)) throw error
        }
      }),
  },
  {
    name: 'questions of the OData feed',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(query(['$top', '$skip', '$count', '$select', '$filter', '$skiptoken', '$format']), (given) =>
        refuses(() => readFeedQuery(given, names, ['session_on', 'time_point'])),
      ),
  },
  {
    name: 'questions of Kobo’s clients',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(query(['format', 'start', 'limit', 'fields', 'query', 'sort']), (given) => refuses(() => readKoboQuery(given, names))),
  },
  {
    name: 'a token in a header',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(fc.tuple(fc.constantFrom('Basic ', 'basic  ', 'Token ', 'Bearer ', ''), hostileText()), ([kind, text]) => {
        const token = findBasicToken({ headers: { authorization: kind + text } as Headers })
        holds(token === undefined || typeof token === 'string', 'a token that is no text')
      }),
  },
  {
    name: 'what a practitioner left in',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(fc.oneof(hostileText(), fc.json({ maxDepth: 2 })), (text) => {
        const facts = parseKeptFacts(text)
        if (facts !== undefined) for (const count of Object.values(facts)) holds(Number.isInteger(count) && count > 0, 'a count that is none')
      }),
  },
  {
    name: 'a client code',
    asvs: '1.2.4',
    weight: 3,
    property: () =>
      fc.property(
        hostileText(),
        fc.constantFrom('service' as const, 'form' as const),
        fc.option(fc.constantFrom('AA[0-9]{4}', 'A(B)?'), { nil: undefined }),
        (text, source, pattern) => {
          toClientCode(text, source)
          const decision = checkClientCode(text, { source, ...(pattern !== undefined && { pattern }) })
          holds(decision.allowed || decision.sentence.trim() !== '', 'refused without a sentence')
        },
      ),
  },
  {
    name: 'free text before the detector',
    asvs: '1.2.4',
    weight: 1,
    property: () =>
      fc.property(fc.oneof(hostileText(), fc.string({ maxLength: 120 })), (text) => {
        for (const { start, end } of detect(text)) holds(0 <= start && start < end && end <= text.length, 'a find outside the text')
      }),
  },
  {
    name: 'a cell of a download',
    asvs: '1.2.10',
    weight: 5,
    property: () =>
      fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 4 }), (cells) => {
        const read = readLine(toCsvLine(cells))
        holds(read.length === cells.length, 'another number of cells')
        for (const [at, cell] of read.entries()) {
          holds(!formula.test(cell), 'a formula')
          holds(cell === cells[at] || cell === `'${cells[at]}`, 'another text')
        }
        holds(makeCsvBytes()([cells]).equals(Buffer.from(toCsvLine(cells))), 'other bytes than the line says')
        const quoted = readLine(toDelimitedLine(cells, ','))
        for (const [at, cell] of quoted.entries()) {
          holds(!formula.test(cell), 'a formula in quotation marks')
          holds(cell === cells[at] || cell === `'${cells[at]}`, 'another text in quotation marks')
        }
        holds(!/<f|<script|<svg|<img/i.test(toSheetRow(cells).replaceAll('<is>', '')), 'markup in a sheet')
      }),
  },
]

/** What a spreadsheet would take for a formula. */
const formula = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** RFC 4180, written anew for this test. */
function readLine(line: string): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell = ''
    if (line[at] === '"') {
      for (at++; line[at] !== '"' || line[at + 1] === '"'; at++) {
        if (at >= line.length) throw new Error('a quote without end')
        if (line[at] === '"') at++
        cell += line[at]
      }
      at++
    } else {
      const end = /,|\r\n$/.exec(line.slice(at))!.index
      cell = line.slice(at, at + end)
      at += end
    }
    cells.push(cell)
    if (line[at] !== ',') return cells
    at++
  }
}

export const usualSeed = 20_261_127

/** Runs each parser with its share of the cases. `told` hears of each that held. Rejects with the smallest input that did not. */
export async function fuzzParsers(cases: number, seed: number, told: (name: string, runs: number) => void = () => {}): Promise<number> {
  const all = parsers.reduce((sum, { weight }) => sum + weight, 0)
  let runs = 0
  for (const { name, weight, property } of parsers) {
    const share = Math.max(1, Math.ceil((cases * weight) / all))
    await fc.assert(property() as fc.IAsyncProperty<unknown>, {
      seed,
      numRuns: share,
      examples: [],
      interruptAfterTimeLimit: 60 * 60_000,
      markInterruptAsFailure: true,
    })
    told(name, share)
    runs += share
  }
  return runs
}
