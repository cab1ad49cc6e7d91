// The files that were handed in with a form against what the form says of them: which are missing, which nobody asked for, which cannot be chosen from.
import {
  filesNeededBy,
  listColumnsOf,
  listFileOf,
  mediaUsesOf,
  questionsWithListFiles,
  type FormFile,
  type FormOutline,
  type QuestionOutline,
} from '@attune/forms'
import { toCellName, type Workbook } from '@attune/xlsform'
import { checkImageMaps } from './check-image-maps.ts'
import type { FormIssue, FormIssueCode } from './form-issue.ts'

/** What stands in a list: its columns, and its rows in their order. */
export type ListContent = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
/** A file with, where it is a list whose words have to be looked at, what stands in it; of a drawing, the ids of its parts. */
export type GivenFile = FormFile & { readonly list?: ListContent; readonly parts?: readonly string[] }

export type FilesCheck = {
  /** The files that the form keeps: every one that it names. */
  readonly used: readonly GivenFile[]
  readonly issues: readonly FormIssue[]
  readonly warnings: readonly FormIssue[]
}

const kindOf: Readonly<Record<string, FormFile['kind']>> = { image: 'image', 'big-image': 'image', audio: 'audio', video: 'video' }
const kindWords: Readonly<Record<FormFile['kind'], string>> = { image: 'a picture', audio: 'a sound', video: 'a film', list: 'a list' }
const mostNamed = 3

/** Checks files that were handed in now, and those of the version before that nobody handed in again. */
export function checkFormFiles(
  workbook: Workbook,
  outline: FormOutline,
  { given, carried }: { readonly given: readonly GivenFile[]; readonly carried: readonly GivenFile[] },
): FilesCheck {
  const issues: FormIssue[] = []
  const files = new Map([...carried, ...given].map((file) => [file.name, file]))
  const report = (code: FormIssueCode, place: Pick<FormIssue, 'sheet' | 'row' | 'column' | 'cell'>, message: string) =>
    issues.push({ code, severity: 'error', ...place, message })
  const used = new Map<string, GivenFile>()

  for (const { name, sheet, row, media } of mediaUsesOf(outline)) {
    const file = files.get(name)
    const place = findCell(workbook, sheet, name, row)
    if (file === undefined) report('form-file-missing', place, sayMissing(name, files.keys()))
    else if (file.kind !== kindOf[media])
      report('form-file-wrong', place, `“${name}” is ${kindWords[file.kind]}, and the column ${media} takes ${kindWords[kindOf[media] ?? 'image']}.`)
    else used.set(name, file)
  }
  for (const name of outline.files ?? []) {
    const file = files.get(name)
    const place = findCell(workbook, 'survey', name)
    if (file === undefined) report('form-file-missing', place, sayMissing(name, files.keys()))
    else if (file.kind !== 'list')
      report('form-file-wrong', place, `“${name}” is ${kindWords[file.kind]}; choices come from a .csv, .xml or .geojson file.`)
    else used.set(name, file)
  }
  for (const question of questionsWithListFiles(outline)) {
    const file = used.get(listFileOf(question) ?? '')
    if (file?.list !== undefined)
      checkChoices(question, file, file.list, (code, message) => report(code, findCell(workbook, 'survey', file.name, question.row), message))
  }
  for (const { row, name, message } of checkImageMaps(outline, used)) report('image-map-wrong', findCell(workbook, 'survey', name, row), message)
  const needed = new Set(filesNeededBy(outline))
  const warnings = given
    .filter(({ name }) => !needed.has(name))
    .map(({ name }): FormIssue => ({
      code: 'form-file-unused',
      severity: 'warning',
      sheet: '',
      row: 1,
      message: `“${name}” came with the form, and nothing in the form names it. It is not kept.`,
    }))
  return { used: [...used.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)), issues, warnings }
}

function sayMissing(name: string, known: Iterable<string>): string {
  const near = [...known].find((other) => other.toLowerCase() === name.toLowerCase())
  return near === undefined
    ? `The form refers to “${name}”, which was not handed in. Choose it together with the workbook.`
    : `The form refers to “${name}”, and “${near}” was handed in. Small and capital letters count: write both the same.`
}

function checkChoices(
  question: QuestionOutline,
  { name }: GivenFile,
  { columns, rows }: ListContent,
  report: (code: FormIssueCode, message: string) => void,
): void {
  const { value, label } = listColumnsOf(question)
  const missing = [value, label].filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    const parameter = missing[0] === value ? 'value' : 'label'
    return report(
      'list-column-missing',
      `“${name}” has no column “${missing.join('” and no column “')}”. It has: ${columns.slice(0, 12).join(', ')}. Rename the column, or write ${parameter}= and the right one in the column parameters.`,
    )
  }
  const at = columns.indexOf(value)
  const seen = new Map<string, number>()
  const blank: number[] = []
  const twice: string[] = []
  const spaced: string[] = []
  // The first row of a file is its heading.
  for (const [index, row] of rows.entries()) {
    const text = row[at] ?? ''
    const before = seen.get(text)
    if (text.trim() === '') blank.push(index + 2)
    else if (before !== undefined) twice.push(`“${text}” (rows ${before} and ${index + 2})`)
    else seen.set(text, index + 2)
    if (question.type !== 'select-one' && /\s/.test(text)) spaced.push(`“${text}” (row ${index + 2})`)
  }
  if (rows.length === 0) report('list-empty', `“${name}” has a heading and no rows, so there is nothing to choose.`)
  if (blank.length > 0) report('list-value-blank', `“${name}” has no ${value} in ${sayRows(blank)}. Fill it in, or take the rows out.`)
  // A filter may show one of two only, as the choices sheet allows it to.
  if (twice.length > 0 && question.choiceFilter === undefined)
    report(
      'list-value-twice',
      `“${name}” has the same ${value} more than once: ${sayFew(twice)}. Two choices that are stored alike cannot be told apart.`,
    )
  if (spaced.length > 0)
    report('list-value-space', `“${name}” has spaces in ${value}: ${sayFew(spaced)}. Where several are chosen, a space ends one and begins the next.`)
}

const sayRows = (rows: readonly number[]) =>
  rows.length === 1 ? `row ${rows[0]}` : `rows ${rows.slice(0, 5).join(', ')}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''}`
const sayFew = (words: readonly string[]) =>
  words.slice(0, mostNamed).join(', ') + (words.length > mostNamed ? ` and ${words.length - mostNamed} more` : '')

/** The cell that names a file: by its whole name, or by the part before the ending, as pulldata() and csv-external do. */
function findCell(workbook: Workbook, sheetName: string, name: string, row?: number): Pick<FormIssue, 'sheet' | 'row' | 'column' | 'cell'> {
  const [header, ...rows] = workbook.sheets.find((sheet) => sheet.name.trim().toLowerCase() === sheetName)?.rows ?? []
  const stem = name.replace(/\.[a-z]+$/, '')
  const tests = [
    (text: string) => text.trim() === name,
    (text: string) => text.split(/\s+/).includes(name),
    (text: string) => text.trim() === stem,
    (text: string) => text.includes(`'${stem}'`) || text.includes(`"${stem}"`),
  ]
  for (const test of tests)
    for (const { number, cells } of rows) {
      if (row !== undefined && number !== row) continue
      const found = cells.find(({ text }) => test(text))
      if (found === undefined) continue
      const column = header?.cells.find((cell) => cell.column === found.column)?.text
      return { sheet: sheetName, row: number, ...(column === undefined ? {} : { column }), cell: toCellName(found.column, number) }
    }
  return { sheet: sheetName, row: row ?? 1 }
}
