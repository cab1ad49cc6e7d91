// The codebook that lies beside every download: what each column is called, what was asked, and what its values mean.
import { notAsked, toCodes, toSavColumns } from './record-sav.ts'
import type { Variable } from './record-variables.ts'
import { toCsvLine, type TableCell } from './table-text.ts'

export const codebookName = 'codebook.csv'
const heads = ['variable', 'label', 'type', 'level', 'values', 'missing', 'form_versions', 'measure']

/** `sav`: the variables as the SPSS file has them. */
export function toCodebook(variables: readonly Variable[], sav: boolean): string {
  const rows = sav ? toSavRows(variables) : variables.map(toRow)
  return `\uFEFF${[heads, ...rows].map((row) => toCsvLine(row)).join('')}`
}

function toRow(variable: Variable): TableCell[] {
  const { name, label, kind, choices } = variable
  const level =
    kind === 'whole-number' || kind === 'number' || kind === 'day' || kind === 'instant' ? 'scale' : kind === 'rank' ? 'ordinal' : 'nominal'
  return [name, label, kind, variable.measure !== undefined && kind === 'choice' ? 'ordinal' : level, list(choices.map((choice) => `${choice.name} = ${choice.label}`)), 'blank', ...origin(variable)] // prettier-ignore
}

function toSavRows(variables: readonly Variable[]): TableCell[][] {
  return toSavColumns(variables).map(({ name, label, kind, level, valueLabels, missing, source, choice }) => {
    const codes = toCodes(source.choices)
    const values =
      choice === undefined && source.kind === 'choice'
        ? source.choices.map((one) => `${codes.get(one.name)!} = ${one.name} = ${one.label}`)
        : valueLabels.filter(([value]) => value !== missing).map(([value, words]) => `${value} = ${words}`)
    const blank = missing === undefined ? 'system-missing' : `system-missing; ${notAsked.label} = ${notAsked.value}`
    return [name, label, kind, level, list(values), blank, ...origin(source)]
  })
}

const list = (values: readonly string[]) => values.join('; ') || null
const origin = ({ versions, measure }: Variable): [TableCell, TableCell] => [
  versions === undefined ? 'every version' : [...versions].sort().join(' '),
  measure ?? null,
]
