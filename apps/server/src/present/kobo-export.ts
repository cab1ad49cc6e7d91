// A table of records as Kobo's exports are: heads in a language or as names, groups in front where asked for, questions with several answers in one
// column, one per answer, or both, and Kobo's own columns at the end.
import { createHash } from 'node:crypto'
import { questionsOf, type AnswerValue, type FormOutline, type QuestionOutline, type Texts } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import { presentKoboRecord, toKoboKey, toText } from './kobo.ts'
import type { RecordFacts } from './record.ts'
import { beginXlsx, type TableFile } from './table-file.ts'
import { toDelimitedLine, type TableCell } from './table-text.ts'

/** How an export looks and what is in it, in the words of Kobo's API v2. */
export type ExportOptions = {
  readonly type: 'csv' | 'xls'
  /** `_xml`: names and codes; `_default`: words of the form's first language; else words of that language. */
  readonly lang: string
  readonly group_sep: string
  readonly hierarchy_in_labels: boolean
  readonly multiple_select: 'both' | 'summary' | 'details'
  readonly fields_from_all_versions: boolean
  readonly xls_types_as_text: boolean
  /** Keys of data.json; empty for all. */
  readonly fields: readonly string[]
  /** Numbers of records (`_id`); empty for all. */
  readonly submission_ids: readonly number[]
  readonly query?: object
}

type Column = { readonly key: string; readonly head: string; readonly cell: (row: RecordFacts, index: number) => TableCell }
type Write = (content: string | Uint8Array) => Promise<void>

const own = ['_id', '_uuid', '_submission_time', '_validation_status', '_notes', '_status', '_submitted_by', '__version__', '_tags'] as const

/** The columns of an export of records that were sent with these forms, the newest first. */
export function toExportColumns(forms: readonly ProgrammeForm[], options: ExportOptions): readonly Column[] {
  const used = options.fields_from_all_versions ? forms : forms.slice(0, 1)
  const seen = new Set<string>()
  const asked = used.flatMap(({ outline }) =>
    questionsOf(outline).flatMap((question) => {
      const key = toKoboKey(outline, question.path)
      if (question.type === 'note' || seen.has(key)) return []
      seen.add(key)
      return toColumns(outline, question, key, options)
    }),
  )
  const fixed = own.map((key): Column => ({ key, head: key, cell: (row) => toOwnCell(presentKoboRecord(row, [key])[key]) }))
  const index: Column = { key: '_index', head: '_index', cell: (_row, at) => at + 1 }
  const wanted = new Set(options.fields)
  return [...asked, ...fixed, index].filter(({ key }) => wanted.size === 0 || wanted.has(key))
}

const toOwnCell = (value: unknown): TableCell =>
  typeof value === 'number' || typeof value === 'string' ? value : Array.isArray(value) && value.length > 0 ? value.join(' ') : null

function toColumns(outline: FormOutline, question: QuestionOutline, key: string, options: ExportOptions): Column[] {
  const { lang, group_sep: separator, multiple_select: multiple } = options
  const says = (texts: Texts, name: string): string =>
    (lang === '_xml' ? undefined : (texts[lang === '_default' ? outline.defaultLanguage : lang] ?? Object.values(texts)[0])) || name
  const head = [...(options.hierarchy_in_labels ? groupsAbove(outline, question, says) : []), says(question.label, question.name)].join(separator)
  const of = ({ answers }: RecordFacts) => answers[question.name] ?? answers[key]
  const choices = (question.list !== undefined && outline.choices[question.list]) || []
  const labels = new Map(choices.map(({ name, label }) => [name, says(label, name)]))
  const inWords = (value: AnswerValue): TableCell => {
    if (typeof value === 'number') return options.type === 'xls' && !options.xls_types_as_text ? value : String(value)
    return toText(value)
      .split(question.type === 'select-multiple' ? ' ' : /(?!)/)
      .map((word) => labels.get(word) ?? word)
      .join(' ')
  }
  const whole: Column = { key, head, cell: (row) => toCell(of(row), inWords) }
  if (question.type !== 'select-multiple') return [whole]
  const each = choices.map(({ name, label }): Column => {
    const isChosen = (value: AnswerValue) => (Array.isArray(value) ? (value as readonly unknown[]) : String(value).split(' ')).includes(name)
    return { key, head: `${head}${separator}${says(label, name)}`, cell: (row) => toCell(of(row), (value) => (isChosen(value) ? '1' : '0')) }
  })
  return [...(multiple === 'details' ? [] : [whole]), ...(multiple === 'summary' ? [] : each)]
}

const toCell = (value: AnswerValue | undefined, shown: (value: AnswerValue) => TableCell): TableCell => (value === undefined ? null : shown(value))

function groupsAbove(outline: FormOutline, { path }: QuestionOutline, says: (texts: Texts, name: string) => string): string[] {
  const found: string[] = []
  let nodes = outline.children
  for (;;) {
    const group = nodes.find((node) => node.kind !== 'question' && path.startsWith(`${node.path}/`))
    if (group === undefined || group.kind === 'question') return found
    found.push(says(group.label, group.name))
    nodes = group.children
  }
}

/** Writes an export: CSV with semicolons and every cell in quotation marks, as Kobo's, or a workbook. */
export async function beginKoboExport(write: Write, columns: readonly Column[], { type }: ExportOptions, at: Date) {
  const heads = columns.map(({ head }) => head)
  const table: TableFile = type === 'xls' ? await beginXlsx(write, heads, at) : await beginSemicolons(write, heads)
  let written = 0
  return {
    name: table.name,
    async write(rows: readonly RecordFacts[]): Promise<void> {
      const first = written
      written += rows.length
      await table.write(rows.map((row, index) => columns.map(({ cell }) => cell(row, first + index))))
    },
    end: table.end,
  }
}

async function beginSemicolons(write: Write, heads: readonly string[]): Promise<TableFile> {
  const hash = createHash('sha256')
  const put = async (text: string) => {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    await write(bytes)
  }
  await put(toDelimitedLine(heads, ';'))
  return {
    name: 'records.csv',
    write: (rows) => put(rows.map((row) => toDelimitedLine(row, ';')).join('')),
    end: async () => hash.digest('hex'),
  }
}
