import { mostRows, toSoundText, type Cell, type Row } from '../workbook.ts'
import { readXml } from './read-xml.ts'
import { toDateText } from './serial-date.ts'

export type SheetReading = { readonly strings: readonly string[]; readonly isDate: (style: number) => boolean; readonly startsIn1904: boolean }

// As in pyxform: so many empty rows or columns in a row mean that what follows (somebody's notes, far away) is not part of the form.
const emptyRows = 60
const emptyColumns = 20

type Pending = { readonly column: number; readonly type: string; readonly style: number; value: string; inline: string }

/** The cells of one sheet; undefined if its XML cannot be read. */
export function readSheetXml(xml: string, reading: SheetReading): Row[] | undefined {
  const rows: { number: number; cells: Cell[] }[] = []
  let row: { number: number; cells: Cell[] } = { number: 0, cells: [] }
  let cell: Pending | undefined
  // A cell that does not say where it stands follows the one before it, an empty one too.
  let column = 0
  let inside: 'value' | 'inline' | undefined
  let phonetic = false
  const isRead = readXml(xml, {
    start: (name, attribute) => {
      if (name === 'row') {
        row = { number: Number(attribute('r')) || row.number + 1, cells: [] }
        column = 0
      } else if (name === 'c') {
        column = toColumn(attribute('r')) ?? column + 1
        cell = {
          column,
          type: attribute('t') ?? 'n',
          style: Number(attribute('s') ?? 0),
          value: '',
          inline: '',
        }
      } else if (name === 'v') inside = 'value'
      else if (name === 'rPh') phonetic = true
      else if (name === 't' && !phonetic) inside = 'inline'
    },
    end: (name) => {
      if (name === 'v' || name === 't') inside = undefined
      if (name === 'rPh') phonetic = false
      if (name === 'c' && cell !== undefined) {
        const text = toText(cell, reading)
        if (text.trim() !== '') row.cells.push({ column: cell.column, text: toSoundText(text) })
        cell = undefined
      }
      if (name === 'row' && row.cells.length > 0) rows.push(row)
    },
    isEnough: () => rows.length > mostRows + 1,
    text: (text) => {
      if (cell === undefined || inside === undefined) return
      if (inside === 'value') cell.value += text
      else cell.inline += text
    },
  })
  return isRead ? withoutFarCells(rows) : undefined
}

/** "AB12" is in column 28. */
function toColumn(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  return letters === undefined ? undefined : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function toText({ type, style, value, inline }: Pending, { strings, isDate, startsIn1904 }: SheetReading): string {
  if (type === 's') return toCellText(strings[Number(value)] ?? '')
  if (type === 'inlineStr') return toCellText(inline)
  if (type === 'b') return value === '1' ? 'TRUE' : value === '' ? '' : 'FALSE'
  if (type !== 'n' || value === '') return toCellText(value)
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  return isDate(style) ? toDateText(number, startsIn1904) : String(number)
}

/** Excel writes signs that XML cannot hold as _x000D_; spaces that never break are plain spaces to an expression. */
function toCellText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replaceAll('\u00a0', ' ')
}

function withoutFarCells(rows: readonly Row[]): Row[] {
  const far = rows.findIndex((row, index) => row.number - (rows[index - 1]?.number ?? row.number) > emptyRows + 1)
  const near = far < 0 ? rows : rows.slice(0, far)
  const header = near[0]?.cells ?? []
  const gap = header.findIndex((cell, index) => cell.column - (header[index - 1]?.column ?? cell.column) > emptyColumns + 1)
  const last = header[gap - 1]?.column
  return gap < 0 || last === undefined
    ? [...near]
    : near.map((row) => ({ number: row.number, cells: row.cells.filter((cell) => cell.column <= last) }))
}
