import { toHeaderPath, type HeaderPath, type HeaderRules } from './headers.ts'
import type { IssueList, Place } from './issues.ts'
import type { Row, Sheet } from './workbook.ts'
import type { Words } from './words.ts'

export type Column = { readonly number: number; readonly header: string; readonly path: HeaderPath }
export type TableRow = { readonly number: number; readonly texts: ReadonlyMap<Column, string> }

/** A sheet whose header row has been understood. */
export type Table = {
  readonly sheet: string
  readonly headerRow: number
  readonly columns: readonly Column[]
  readonly byFirst: ReadonlyMap<string, readonly Column[]>
  /** Columns by the first name of their paths, those below it (`bind::relevant`, `media::image::fr`) by the second. */
  readonly spots: ReadonlyMap<string, Spot>
  readonly rows: readonly TableRow[]
  readonly defaultLanguage: string
}

/** Where the words of one meaning stand: in a column without a language, in one column per language, under a second name. */
export type Spot = {
  readonly plain: Column | undefined
  readonly translated: readonly (readonly [language: string, column: Column])[]
  readonly below: ReadonlyMap<string, Spot>
}

export type TableOptions = { readonly defaultLanguage: string; readonly collapseSpaces: boolean }

export function toTable(sheet: Sheet, sheetName: string, rules: HeaderRules, options: TableOptions, issues: IssueList): Table {
  const { report } = issues
  const [headerRow, ...rows] = sheet.rows.filter((row) => row.cells.some((cell) => cell.text.trim() !== ''))
  const headers = (headerRow?.cells ?? [])
    .map((cell) => ({ number: cell.column, header: cell.text.replace(/ +/g, ' ').trim() }))
    .filter(({ header }) => header !== '')
  const doubleColon = headers.some(({ header }) => header.includes('::'))
  const columns: Column[] = []
  const byPath = new Map<string, Column>()
  for (const { number, header } of headers) {
    const path = toHeaderPath(header, doubleColon, rules)
    const key = path.join('::')
    const earlier = byPath.get(key)
    if (earlier !== undefined) {
      const place = { sheet: sheetName, row: headerRow?.number ?? 1, column: header, columnNumber: number }
      report('header-twice', place, { header, earlier: earlier.header })
      continue
    }
    const column = { number, header, path }
    byPath.set(key, column)
    columns.push(column)
  }
  const byNumber = new Map(columns.map((column) => [column.number, column]))
  return {
    sheet: sheetName,
    headerRow: headerRow?.number ?? 1,
    columns,
    byFirst: toGroups(columns, 0),
    spots: toSpots(columns, 0),
    rows: rows.map((row) => toTableRow(row, byNumber, sheetName, options.collapseSpaces, issues)),
    defaultLanguage: options.defaultLanguage,
  }
}

const formulaError = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/

function toTableRow(
  { number, cells }: Row,
  byNumber: ReadonlyMap<number, Column>,
  sheet: string,
  collapseSpaces: boolean,
  { report }: IssueList,
): TableRow {
  const texts = new Map<Column, string>()
  for (const cell of cells) {
    const column = byNumber.get(cell.column)
    if (column === undefined) continue
    const text = toCleanText(cell.text, collapseSpaces)
    if (text !== '') texts.set(column, text)
    // A cell that shows #REF! and the like holds a formula that went wrong, which nobody meant as text.
    if (text.startsWith('#') && formulaError.test(text))
      report('formula-error', { sheet, row: number, column: column.header, columnNumber: column.number }, { text })
  }
  return { number, texts }
}

/** Signs XML 1.0 cannot hold (section 2.2), lone halves of surrogate pairs among them. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
/** Most cells need no cleaning: printable ASCII without space at its ends. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/
const smartQuotes: { readonly [sign: string]: string } = { '\u2018': "'", '\u2019': "'", '\u201c': '"', '\u201d': '"' }

/** Spreadsheets turn quotes round, which breaks expressions: they are made straight again, here as in pyxform. */
function toCleanText(text: string, collapseSpaces: boolean): string {
  if (plain.test(text) && !(collapseSpaces && text.includes('  '))) return text
  const trimmed = text.replace(unwritable, '').replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim()
  const spaced = collapseSpaces ? trimmed.replace(/ +/g, ' ') : trimmed
  return spaced.replace(/[\u2018\u2019\u201c\u201d]/g, (sign) => smartQuotes[sign] ?? sign)
}

/** The text of a column without languages, if the cell is filled. */
export function findText(table: Table, row: TableRow, name: string): string | undefined {
  const column = table.spots.get(name)?.plain
  return column === undefined ? undefined : row.texts.get(column)
}

/** The text or translated texts of a column, or of one below it: a plain text is the default language's once a language is named beside it. */
export function findWords(table: Table, row: TableRow, first: string, second?: string): Words | undefined {
  const spot = table.spots.get(first)
  const found = second === undefined ? spot : spot?.below.get(second)
  return found === undefined ? undefined : toWords(found, row, table.defaultLanguage)
}

function toWords({ plain, translated }: Spot, row: TableRow, defaultLanguage: string): Words | undefined {
  const text = plain === undefined ? undefined : row.texts.get(plain)
  let found: Map<string, string> | undefined
  for (const [language, column] of translated) {
    const words = row.texts.get(column)
    if (words !== undefined) (found ??= new Map()).set(language, words)
  }
  if (found === undefined) return text
  if (text === undefined || found.has(defaultLanguage)) return found
  return new Map([[defaultLanguage, text], ...found])
}

/** The filled columns of a group such as `bind` or `media`, by their second name. */
export function toGroup(table: Table, row: TableRow, group: string): Map<string, Words> {
  const filled = new Map<string, Words>()
  const spot = table.spots.get(group)
  if (spot === undefined) return filled
  for (const [name, one] of spot.below) {
    const words = toWords(one, row, table.defaultLanguage)
    if (words !== undefined) filled.set(name, words)
  }
  return filled
}

/** The place of a cell, by the first part(s) of its header's path; without such a column, the row and the column's usual name. */
export function toPlace(table: Table, row: TableRow | number, ...path: readonly string[]): Place {
  return new CellPlace(table, row, path)
}

/** Nearly every place is made in case there is something to report and never looked at, so its column is looked up when it is. */
class CellPlace implements Place {
  readonly #table: Table
  readonly #row: TableRow | number
  readonly #path: readonly string[]
  constructor(table: Table, row: TableRow | number, path: readonly string[]) {
    this.#table = table
    this.#row = row
    this.#path = path
  }
  get sheet(): string {
    return this.#table.sheet
  }
  get row(): number {
    return typeof this.#row === 'number' ? this.#row : this.#row.number
  }
  get column(): string {
    return this.#find()?.header ?? this.#path.at(-1) ?? ''
  }
  get columnNumber(): number | undefined {
    return this.#find()?.number
  }
  #find(): Column | undefined {
    const row = this.#row
    const columns = (this.#table.byFirst.get(this.#path[0] ?? '') ?? []).filter((column) => this.#path.every((part, at) => column.path[at] === part))
    return columns.find((one) => typeof row !== 'number' && row.texts.has(one)) ?? columns[0]
  }
}

function toSpots(columns: readonly Column[], depth: 0 | 1): Map<string, Spot> {
  const spots = new Map<string, Spot>()
  for (const [name, same] of toGroups(columns, depth)) {
    const translated = same.flatMap((one) => (one.path[depth + 1] === undefined ? [] : [[one.path[depth + 1] ?? '', one] as const]))
    const plain = same.find(({ path }) => path.length === depth + 1)
    spots.set(name, { plain, translated, below: depth === 0 ? toSpots(same, 1) : none })
  }
  return spots
}
const none: ReadonlyMap<string, Spot> = new Map()

/** Columns by the name at a depth of their paths; those that end before it have none. */
function toGroups(columns: readonly Column[], depth: number): Map<string, Column[]> {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const name = column.path[depth]
    if (name === undefined) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [column])
    else group.push(column)
  }
  return groups
}
