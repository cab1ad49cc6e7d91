/** One non-empty cell. `column` counts from 1 as a spreadsheet does (1 is A). */
export type Cell = { readonly column: number; readonly text: string }

/** One row with its own number in the sheet, counted from 1, so that an issue can point at the very cell its author sees. */
export type Row = { readonly number: number; readonly cells: readonly Cell[] }

/** A sheet. Its first row with a cell in it is the header row. */
export type Sheet = { readonly name: string; readonly rows: readonly Row[] }

/** No form that people can fill in is longer; a list that is belongs into a file. Readers stop a little above it, `compile` refuses it. */
export const mostRows = 30_000

/** Why a file could not be read at all. */
export type ReadingFault = 'file-unreadable' | 'file-quotes'

/** What every reader gives and the compiler takes: sheets of text cells. A file that could not be read has no sheets and says why. */
export type Workbook = { readonly sheets: readonly Sheet[]; readonly fault?: ReadingFault }

export function toFaultyWorkbook(fault: ReadingFault): Workbook {
  return { sheets: [], fault }
}

/** The name a spreadsheet gives a cell: column 4, row 5 is "D5". */
export function toCellName(column: number, row: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row}`
}

/** A cell's text without signs that XML does not have (https://www.w3.org/TR/xml/#charsets): one of them would make the whole form unreadable. */
export function toSoundText(text: string): string {
  return isSound.test(text) ? text : text.replace(unsound, '')
}
const isSound = /^[\t\n\r -\ud7ff\ue000-\ufffd]*$/
const unsound = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
