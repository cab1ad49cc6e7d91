// Records as Kobo's exports are: heads in a language or as names, groups in front where asked for, questions with several answers in one column, one
// per answer, or both, and Kobo's own columns at the end. The rows of a repeat are a sheet of their own, which says whose they are by `_parent_index`;
// a CSV is the first sheet alone. As formpack does it, which makes Kobo's exports: https://github.com/kobotoolbox/formpack (reporting/export.py).
import { createHash } from 'node:crypto'
import type { Answers, AnswerValue, FormOutline, OutlineNode, QuestionOutline, RepeatOutline, Texts } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import { presentKoboRecord, toKoboKey, toText, withoutBlankEnd } from './kobo.ts'
import type { RecordFacts } from './record.ts'
import { beginWorkbook } from './table-file.ts'
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

/** One row of a sheet: the answers that it shows, its record, its number in the sheet, and the sheet and row that it hangs on. */
type Line = {
  readonly answers: Answers
  readonly record: RecordFacts
  readonly index: number
  readonly above?: { readonly sheet: string; readonly index: number }
}
type Column = { readonly key: string; readonly head: string; readonly cell: (line: Line) => TableCell }
type ExportSheet = {
  /** The form's title, or the name of the repeat: what `_parent_table_name` calls it. */
  readonly name: string
  readonly columns: readonly Column[]
  /** The rows of the repeat in the answers around it; of the first sheet never asked. */
  readonly rowsIn: (answers: Answers) => readonly Answers[]
  readonly repeats: readonly ExportSheet[]
}
type Write = (content: string | Uint8Array) => Promise<void>

const own = ['_id', '_uuid', '_submission_time', '_validation_status', '_notes', '_status', '_submitted_by', '__version__', '_tags'] as const

/** What an export of records that were sent with these forms, the newest first, is made of: the sheet of records with the repeats below it. */
export function toExportSheets(forms: readonly ProgrammeForm[], options: ExportOptions): ExportSheet {
  const used = options.fields_from_all_versions ? forms : forms.slice(0, 1)
  const places = used.map(({ outline }): Place => ({ outline, children: outline.children }))
  return toSheet(forms[0]?.title ?? '', undefined, places, options)
}

/** A form, or a repeat of it. */
type Place = { readonly outline: FormOutline; readonly children: readonly OutlineNode[] }

function toSheet(name: string, rowsKey: string | undefined, places: readonly Place[], options: ExportOptions): ExportSheet {
  const wanted = new Set(options.fields)
  const isWanted = (key: string) => wanted.size === 0 || wanted.has(key)
  const seen = new Set<string>()
  const repeats = new Map<string, { node: RepeatOutline; places: Place[] }>()
  const asked = places.flatMap(({ outline, children }) =>
    nodesOfSheet(children).flatMap((node) => {
      const key = toKoboKey(outline, node.path)
      if (node.kind === 'repeat') {
        if (!repeats.has(key)) repeats.set(key, { node, places: [] })
        repeats.get(key)!.places.push({ outline, children: node.children })
        return []
      }
      if (node.type === 'note' || seen.has(key)) return []
      seen.add(key)
      return toColumns(outline, node, key, options)
    }),
  )
  const column = (head: string, cell: Column['cell']): Column => ({ key: head, head, cell })
  const ownCell = (key: string) => (line: Line) => toOwnCell(presentKoboRecord(line.record, [key])[key])
  const isFirst = rowsKey === undefined
  const fixed = isFirst
    ? own.map((key) => column(key, ownCell(key))).filter(({ key }) => isWanted(key))
    : [
        column('_parent_table_name', ({ above }) => above?.sheet ?? null),
        column('_parent_index', ({ above }) => above?.index ?? null),
        ...own.map((key) => column(`_submission_${key}`, ownCell(key))),
      ]
  const index = column('_index', (line) => line.index)
  const chosen = asked.filter(({ key }) => isWanted(key))
  const below = [...repeats].flatMap(([key, repeat]) => {
    const sheet = toSheet(repeat.node.name, key, repeat.places, options)
    // Whoever names fields gets the repeats that hold one of them, and those around them.
    return wanted.size === 0 || sheet.repeats.length > 0 || [...wanted].some((field) => seenIn(repeat.places).has(field)) ? [sheet] : []
  })
  return {
    name,
    columns: isFirst ? [...chosen, ...fixed, index] : [...chosen, index, ...fixed],
    rowsIn: (answers) => {
      const rows = answers[name] ?? (rowsKey === undefined ? undefined : answers[rowsKey])
      return Array.isArray(rows) ? withoutBlankEnd(rows as readonly Answers[]) : []
    },
    repeats: below,
  }
}

/** Keys of the questions that stand in the sheet of these places. */
const seenIn = (places: readonly Place[]) =>
  new Set(places.flatMap(({ outline, children }) => nodesOfSheet(children).map(({ path }) => toKoboKey(outline, path))))

/** Questions and repeats that belong to one sheet: groups are looked into, repeats are not. */
function nodesOfSheet(nodes: readonly OutlineNode[]): (QuestionOutline | RepeatOutline)[] {
  return nodes.flatMap((node) => (node.kind === 'group' ? nodesOfSheet(node.children) : [node]))
}

const toOwnCell = (value: unknown): TableCell =>
  typeof value === 'number' || typeof value === 'string' ? value : Array.isArray(value) && value.length > 0 ? value.join(' ') : null

function toColumns(outline: FormOutline, question: QuestionOutline, key: string, options: ExportOptions): Column[] {
  const { lang, group_sep: separator, multiple_select: multiple } = options
  const says = (texts: Texts, name: string): string =>
    (lang === '_xml' ? undefined : (texts[lang === '_default' ? outline.defaultLanguage : lang] ?? Object.values(texts)[0])) || name
  const head = [...(options.hierarchy_in_labels ? groupsAbove(outline, question, says) : []), says(question.label, question.name)].join(separator)
  const of = ({ answers }: Line) => answers[question.name] ?? answers[key]
  const choices = (question.list !== undefined && outline.choices[question.list]) || []
  const labels = new Map(choices.map(({ name, label }) => [name, says(label, name)]))
  const inWords = (value: AnswerValue): TableCell => {
    if (typeof value === 'number') return options.type === 'xls' && !options.xls_types_as_text ? value : String(value)
    return toText(value)
      .split(question.type === 'select-multiple' ? ' ' : /(?!)/)
      .map((word) => labels.get(word) ?? word)
      .join(' ')
  }
  const whole: Column = { key, head, cell: (line) => toCell(of(line), inWords) }
  if (question.type !== 'select-multiple') return [whole]
  const each = choices.map(({ name, label }): Column => {
    const isChosen = (value: AnswerValue) => (Array.isArray(value) ? (value as readonly unknown[]) : String(value).split(' ')).includes(name)
    return { key, head: `${head}${separator}${says(label, name)}`, cell: (line) => toCell(of(line), (value) => (isChosen(value) ? '1' : '0')) }
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

/** Writes an export: CSV of the records with semicolons and every cell in quotation marks, as Kobo's, or a workbook with a sheet for each repeat. */
export async function beginKoboExport(write: Write, first: ExportSheet, { type }: ExportOptions, at: Date) {
  const sheets = type === 'xls' ? withRepeats(first) : [first]
  const names = toSheetNames(sheets.map(({ name }) => name))
  const heads = sheets.map(({ columns }, place) => ({ name: names[place]!, heads: columns.map(({ head }) => head) }))
  const book = type === 'xls' ? await beginWorkbook(write, heads, at) : await beginSemicolons(write, heads[0]!.heads)
  const written = new Map(sheets.map((sheet) => [sheet, 0]))
  return {
    name: type === 'xls' ? 'records.xlsx' : 'records.csv',
    async write(records: readonly RecordFacts[]): Promise<void> {
      const lines = new Map(sheets.map((sheet): [ExportSheet, TableCell[][]] => [sheet, []]))
      const add = (sheet: ExportSheet, record: RecordFacts, answers: Answers, above?: Line['above']) => {
        const index = written.get(sheet)! + 1
        written.set(sheet, index)
        const line: Line = { answers, record, index, ...(above && { above }) }
        lines.get(sheet)!.push(sheet.columns.map(({ cell }) => cell(line)))
        for (const repeat of sheet.repeats)
          if (lines.has(repeat)) for (const row of repeat.rowsIn(answers)) add(repeat, record, row, { sheet: sheet.name, index })
      }
      for (const record of records) add(first, record, record.answers)
      await book.write([...lines.values()])
    },
    end: book.end,
  }
}

const withRepeats = (sheet: ExportSheet): ExportSheet[] => [sheet, ...sheet.repeats.flatMap(withRepeats)]

const longestSheetName = 31

/** Names that a workbook may have: at most 31 signs, none that are forbidden, each once whatever its case. A longer one ends in dots, a second such in a number. */
function toSheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const safe = name.replace(/[[\]:*?/\\]/g, '_').replace(/^'|'$/g, '_') || 'records'
    let found = safe.length <= longestSheetName ? safe : `${safe.slice(0, longestSheetName - 3)}...`
    for (let number = 1; taken.has(found.toLowerCase()); number++) {
      const end = `... (${number})`
      found = `${safe.slice(0, longestSheetName - end.length)}${end}`
    }
    taken.add(found.toLowerCase())
    return found
  })
}

async function beginSemicolons(write: Write, heads: readonly string[]) {
  const hash = createHash('sha256')
  const put = async (text: string) => {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    await write(bytes)
  }
  await put(toDelimitedLine(heads, ';'))
  return {
    write: ([rows = []]: readonly (readonly (readonly TableCell[])[])[]) => put(rows.map((row) => toDelimitedLine(row, ';')).join('')),
    end: async () => hash.digest('hex'),
  }
}
