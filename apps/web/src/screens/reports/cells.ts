// Cells of a report: a number, or the reason why it stays hidden. No number is ever put in the place of a hidden one.
import type { CountCell, NumberCell } from '@attune/contract'
import { sayReason } from './say-reason.ts'

const whole = new Intl.NumberFormat('en-GB')

/** A count with thousands marked; a dash where it is hidden. */
export function sayCount(cell: CountCell): string {
  return cell.hidden ? '–' : whole.format(cell.value)
}

/** A number of points with one decimal and a real minus sign. */
export function sayPoints(value: number, decimals = 1): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '\u2212')
}

/** A number of points as it was published: 6, 2.45. */
export const sayThreshold = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 2 })

export function sayNumber(cell: NumberCell, decimals = 1): string {
  return cell.hidden ? '–' : sayPoints(cell.value, decimals)
}

/** The different reasons why cells are hidden, each once. */
export function reasonsOf(cells: readonly (CountCell | NumberCell)[]): readonly string[] {
  return [...new Set(cells.flatMap((cell) => (cell.hidden ? [sayReason(cell.because)] : [])))]
}
