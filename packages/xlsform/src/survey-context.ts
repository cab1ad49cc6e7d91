import type { ChoiceList, Choices } from './choices-sheet.ts'
import type { Action } from './form-tree.ts'
import type { IssueList, Place } from './issues.ts'
import type { Settings } from './settings-sheet.ts'
import { toPlace, type Table, type TableRow } from './table.ts'
import type { Words } from './words.ts'

/** What the rules of a row may look at. */
export type SurveyContext = {
  readonly table: Table
  readonly choices: Choices
  readonly settings: Settings
  readonly issues: IssueList
  readonly sheetNames: readonly string[]
  /** `reference-geometry` targets, checked once all rows are known. */
  readonly geometryTargets: { readonly target: string; readonly place: Place; readonly row: number }[]
  /** Names a form's expressions may read with instance(): lists and attached files used so far. */
  readonly instances: Set<string>
  /** Lists of which several choices may be taken, once their names have been checked for that. */
  readonly multiplyChosen: Set<ChoiceList>
}

/** A question while its row is read: rules for its type change it. */
export type QuestionDraft = {
  type: string
  readonly name: string
  readonly row: TableRow
  readonly label?: Words | undefined
  readonly hint?: Words | undefined
  readonly guidance?: Words | undefined
  readonly media: ReadonlyMap<string, Words>
  readonly bind: Map<string, Words>
  readonly control: Map<string, string>
  readonly instance: ReadonlyMap<string, string>
  default?: string | undefined
  readonly isDefaultComputed: boolean
  readonly actions: Action[]
  readonly triggers: readonly string[]
  itemset?: string | undefined
  readonly choiceFilter?: string | undefined
  readonly parameters: Map<string, string>
}

/** The cell of a draft's row, for an issue. */
export function toDraftPlace(draft: QuestionDraft, { table }: SurveyContext, ...path: readonly string[]): Place {
  return toPlace(table, draft.row, ...path)
}

/** Reports every parameter that is not in the list of those the type knows. */
export function checkParameterNames(draft: QuestionDraft, context: SurveyContext, accepted: readonly string[]): void {
  if (draft.parameters.size === 0) return
  const unknown = [...draft.parameters.keys()].filter((name) => !accepted.includes(name)).sort()
  if (unknown.length === 0) return
  const words = { unknown: unknown.join(', '), accepted: accepted.join(', '), type: draft.type }
  context.issues.report('parameter-unknown', toDraftPlace(draft, context, 'parameters'), words)
}

/** Reports a parameter whose value is not one of a few words, and says whether it may be used. */
export function isOneOf(draft: QuestionDraft, context: SurveyContext, name: string, allowed: readonly string[]): boolean {
  const value = draft.parameters.get(name)
  if (value === undefined || allowed.includes(value)) return true
  context.issues.report('parameter-not-one-of', toDraftPlace(draft, context, 'parameters'), { name, value, allowed: allowed.join(', ') })
  return false
}

const numberShape = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number as people write it; undefined for anything else, endless numbers included. */
export function findNumber(text: string): number | undefined {
  const value = numberShape.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** A whole number as people write it. */
export function findWholeNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? findNumber(text) : undefined
}
