// Records as SPSS wants them: a choice is a number with its words as the label, a question with several answers is one yes-or-no variable per
// choice, a ranking is one variable per choice with its place.
import type { AnswerValue } from '@attune/forms'
import type { RecordFacts } from './record.ts'
import { isTable, type Variable } from './record-variables.ts'
import type { SavCell, SavVariable } from './sav-file.ts'

/** Stands in a number where the record's version of the form did not ask. Blank, which SPSS calls system-missing, is: asked, no answer. */
export const notAsked = { value: -9_999, label: 'Not asked in this version of the form' } as const

export type SavColumn = SavVariable & { readonly source: Variable; readonly choice?: string; readonly cell: (row: RecordFacts) => SavCell }

export function toSavColumns(variables: readonly Variable[]): readonly SavColumn[] {
  const takeName = makeNames()
  return variables.flatMap((source): SavColumn[] => {
    const { name, label, kind, choices, measure } = source
    const base = { source, label, valueLabels: [] }
    const given = (toCell: (value: AnswerValue) => SavCell) => (row: RecordFacts) => {
      const value = source.of(row)
      return value === undefined ? null : toCell(value)
    }
    const number = (toCell: (value: AnswerValue) => number | null) => {
      const read = given(toCell)
      return (row: RecordFacts) => (source.versions !== undefined && !source.versions.includes(row.formVersion) ? notAsked.value : read(row))
    }
    const missing = source.versions === undefined ? {} : { missing: notAsked.value }
    const withNotAsked = (labels: readonly (readonly [number, string])[]): SavVariable['valueLabels'] =>
      source.versions === undefined ? labels : [...labels, [notAsked.value, notAsked.label]]

    if (kind === 'choices' || kind === 'rank')
      return choices.map((choice) => ({
        ...base,
        ...missing,
        name: takeName(`${name}_${choice.name}`),
        label: `${label}: ${choice.label}`,
        choice: choice.name,
        kind: 'number',
        level: kind === 'rank' ? 'ordinal' : 'nominal',
        valueLabels: withNotAsked(kind === 'rank' ? [] : [[0, 'No'], [1, 'Yes']]), // prettier-ignore
        cell: number((value) => {
          const at = Array.isArray(value) ? (value as readonly string[]).indexOf(choice.name) : -1
          if (kind === 'choices') return at < 0 ? 0 : 1
          return at < 0 ? null : at + 1
        }),
      }))
    if (kind === 'choice') {
      const codes = toCodes(choices)
      return [
        {
          ...base,
          ...missing,
          name: takeName(name),
          kind: 'number',
          level: measure === undefined ? 'nominal' : 'ordinal',
          valueLabels: withNotAsked(choices.map((choice) => [codes.get(choice.name)!, choice.label])),
          cell: number((value) => codes.get(String(value)) ?? null),
        },
      ]
    }
    if (kind === 'whole-number' || kind === 'number')
      return [
        {
          ...base,
          ...missing,
          name: takeName(name),
          kind: 'number',
          decimals: kind === 'number' ? 2 : 0,
          level: 'scale',
          valueLabels: withNotAsked([]),
          cell: number((value) => (typeof value === 'number' ? value : null)),
        },
      ]
    if (kind === 'day' || kind === 'instant')
      return [{ ...base, name: takeName(name), kind, level: 'scale', cell: given((value) => toTime(String(value))) }]
    return [{ ...base, name: takeName(name), kind: 'text', level: 'nominal', cell: given(toText) }]
  })
}

/** Choices that are whole numbers keep them; others count from 1 in the order of the form. */
export function toCodes(choices: Variable['choices']): ReadonlyMap<string, number> {
  const numbered = choices.length > 0 && choices.every(({ name }) => /^-?(0|[1-9]\d{0,5})$/.test(name) && Number(name) !== notAsked.value)
  return new Map(choices.map(({ name }, at) => [name, numbered ? Number(name) : at + 1]))
}

function toTime(text: string): number | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

function toText(value: AnswerValue): string {
  if (!Array.isArray(value)) return String(value)
  return isTable(value) ? JSON.stringify(value) : (value as readonly string[]).join(' ')
}

const reserved = new Set(['ALL', 'AND', 'BY', 'EQ', 'GE', 'GT', 'LE', 'LT', 'NE', 'NOT', 'OR', 'TO', 'WITH'])

/** Names as SPSS takes them: a letter first, then letters, digits and _, at most 64 bytes, no two alike in capitals. */
function makeNames(): (wanted: string) => string {
  const taken = new Set<string>()
  return (wanted) => {
    const plain = wanted.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/_+$/, '')
    const sound = (/^[A-Za-z]/.test(plain) && !reserved.has(plain.toUpperCase()) ? plain : `v_${plain}`).slice(0, 60)
    for (let at = 1; ; at++) {
      const name = at === 1 ? sound : `${sound}_${at}`
      if (taken.has(name.toUpperCase())) continue
      taken.add(name.toUpperCase())
      return name
    }
  }
}
