// The client form of vig-dcs as somebody would hand it in again: with a row more, a row less or other words in a cell.
import { filesOf } from './vig-dcs.ts'

const original = filesOf('vig-dcs').get('forms/client-session.md') ?? ''

export type RowCells = { readonly [column: string]: string }

/** A row for the survey sheet, by the headers of the real one. */
export function toSurveyRow(cells: RowCells): string {
  const headers = (original.split('\n').find((line) => line.includes('| type | name |')) ?? '')
    .split('|')
    .slice(2, -1)
    .map((header) => header.trim())
  const short: RowCells = {
    label: 'label::English (en)',
    welsh: 'label::Cymraeg (cy)',
    guidance: 'guidance_hint::English (en)',
    welshGuidance: 'guidance_hint::Cymraeg (cy)',
  }
  const named = new Map(Object.entries(cells).map(([key, text]) => [short[key] ?? key, text]))
  return `| | ${headers.map((header) => named.get(header) ?? '').join(' | ')} |`
}

type Change = {
  readonly version?: string
  readonly addAfter?: readonly [row: string, added: string]
  readonly remove?: string
  readonly replace?: readonly [from: string, to: string]
  readonly sheets?: string
}

/** The form's Markdown after a change; rows are found by the name of their question. */
export function changedClientForm({ version = '2025-06.2', addAfter, remove, replace, sheets = '' }: Change = {}): string {
  let text = original.replace('| 2025-06.2 |', `| ${version} |`)
  if (replace !== undefined) text = swap(text, ...replace)
  if (addAfter !== undefined) text = text.replace(rowOf(addAfter[0]), (row) => `${row}\n${addAfter[1]}`)
  if (remove !== undefined) text = text.replace(new RegExp(`${rowOf(remove).source}\n`, 'm'), '')
  return `${text}\n${sheets}`
}

function rowOf(name: string): RegExp {
  const row = new RegExp(`^\\| \\| [a-z_ ]+ \\| ${name} \\|.*$`, 'm')
  if (!row.test(original)) throw new Error(`The form has no row ${name}`)
  return row
}

function swap(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The form does not contain: ${from}`)
  return text.replace(from, () => to)
}
