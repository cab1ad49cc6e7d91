// A sheet as a spreadsheet program shows it: letters above, numbers beside, and the marks at the cells that something was said about.
import type { FormIssueView, SheetView } from '@attune/contract'

/** An issue with its number in the list, and the cell it is at. */
export type Mark = { readonly number: number; readonly issue: FormIssueView; readonly row: number; readonly column: number }
export type ShownCell = { readonly column: number; readonly text: string; readonly marks: readonly Mark[] }
export type ShownRow = { readonly number: number; readonly cells: readonly ShownCell[] } | { readonly left: number }

const most = 250
const around = 3

/** "AB" is column 28. */
export function toColumnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

function toColumnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** Where an issue belongs: its cell, else the column that it names by its header, else the row's first cell. */
export function toMarks(issues: readonly FormIssueView[], sheets: readonly SheetView[]): readonly (Mark & { readonly sheet: string })[] {
  return issues.map((issue, at) => {
    const sheet = sheets.find(({ name }) => name.trim().toLowerCase() === issue.sheet.trim().toLowerCase())
    const letters = /^([A-Z]{1,3})\d+$/.exec(issue.cell ?? '')?.[1]
    const header = sheet?.rows[0]?.cells.find(({ text }) => text.trim().toLowerCase() === issue.column?.trim().toLowerCase())
    const column = letters === undefined ? (header?.column ?? findNamed(sheet, issue)) : toColumnNumber(letters)
    return { number: at + 1, issue, row: issue.row, column, sheet: sheet?.name ?? issue.sheet }
  })
}

/** Without a column the mark stands at the name of the question, which says best what the row is about. */
function findNamed(sheet: SheetView | undefined, { row }: FormIssueView): number {
  const name = sheet?.rows[0]?.cells.find(({ text }) => text.trim().toLowerCase() === 'name')?.column
  const cells = sheet?.rows.find(({ number }) => number === row)?.cells ?? []
  return cells.find(({ column }) => column === name)?.column ?? cells[0]?.column ?? 1
}

export const cellId = (sheet: string, row: number, column: number): string => `cell-${sheet.replace(/\W+/g, '-')}-${toColumnLetters(column)}${row}`

/** The rows to draw. Of a long sheet only those near a mark, until all are asked for. */
export function toShownRows(
  sheet: SheetView,
  marks: readonly Mark[],
  all: boolean,
): { readonly columns: number; readonly rows: readonly ShownRow[] } {
  const byRow = new Map<number, Mark[]>()
  for (const mark of marks) byRow.set(mark.row, [...(byRow.get(mark.row) ?? []), mark])
  const known = new Set(sheet.rows.map(({ number }) => number))
  // A mark may stand on a row that the file leaves empty.
  const empty = [...byRow.keys()].filter((number) => !known.has(number)).map((number) => ({ number, cells: [] }))
  const rows = [...sheet.rows, ...empty].toSorted((one, other) => one.number - other.number)
  const columns = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ column }) => column)), ...marks.map(({ column }) => column))
  const isNear = (index: number) => index === 0 || rows.slice(Math.max(0, index - around), index + around + 1).some(({ number }) => byRow.has(number))
  const isShort = all || rows.length <= most
  const shown: ShownRow[] = []
  let left = 0
  rows.forEach(({ number, cells }, index) => {
    if (!isShort && !isNear(index)) {
      left += 1
      return
    }
    if (left > 0) shown.push({ left })
    left = 0
    const texts = new Map(cells.map(({ column, text }) => [column, text]))
    shown.push({
      number,
      cells: Array.from({ length: columns }, (_, at) => ({
        column: at + 1,
        text: texts.get(at + 1) ?? '',
        marks: (byRow.get(number) ?? []).filter(({ column }) => column === at + 1),
      })),
    })
  })
  if (left > 0) shown.push({ left })
  return { columns, rows: shown }
}
