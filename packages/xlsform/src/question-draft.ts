import type { Action, Question } from './form-tree.ts'
import { toTokens } from './expressions/lexer.ts'
import { parseParameters } from './parameters.ts'
import type { TypeRule } from './question-types.ts'
import { parseReferences } from './expressions/references.ts'
import type { QuestionDraft, SurveyContext } from './survey-context.ts'
import { findText, findWords, toGroup, toPlace, type Table, type TableRow } from './table.ts'
import type { Words } from './words.ts'

/** The columns every row may fill. */
export type RowParts = {
  readonly label: Words | undefined
  readonly hint: Words | undefined
  readonly guidance: Words | undefined
  readonly media: ReadonlyMap<string, Words>
  readonly bind: Map<string, Words>
  readonly control: Map<string, string>
  readonly instance: ReadonlyMap<string, string>
}

export function toRowParts(table: Table, row: TableRow): RowParts {
  return {
    label: findWords(table, row, 'label'),
    hint: findWords(table, row, 'hint'),
    guidance: findWords(table, row, 'guidance_hint'),
    media: toGroup(table, row, 'media'),
    bind: toGroup(table, row, 'bind'),
    control: toPlain(toGroup(table, row, 'control')),
    instance: toPlain(toGroup(table, row, 'instance')),
  }
}

/** What is not plain text is left out of the group: these columns have no languages. */
function toPlain(group: Map<string, Words>): Map<string, string> {
  for (const [name, words] of group) if (typeof words !== 'string') group.delete(name)
  return group as Map<string, string>
}

export function toDraft(row: TableRow, type: string, name: string, isRepeated: boolean, context: SurveyContext): QuestionDraft {
  const { table, issues } = context
  const written = toDefault(findText(table, row, 'default'), type)
  const isDefaultComputed = written !== undefined && isComputed(written, type)
  const actions: Action[] = []
  if (isDefaultComputed) actions.push({ name: 'setvalue', event: 'odk-instance-first-load', value: written })
  if (isDefaultComputed && isRepeated) actions.push({ name: 'setvalue', event: 'odk-new-repeat', value: written })
  const parameterText = findText(table, row, 'parameters')
  const parameters = parameterText === undefined ? new Map<string, string>() : parseParameters(parameterText)
  if (parameters === undefined) issues.report('parameters-not-pairs', toPlace(table, row, 'parameters'))
  return {
    ...toRowParts(table, row),
    type,
    name,
    row,
    itemset: undefined,
    default: written,
    isDefaultComputed,
    actions,
    triggers: toTriggers(row, context),
    choiceFilter: findText(table, row, 'choice_filter'),
    parameters: parameters ?? new Map(),
  }
}

/** A cell that holds a date comes with a time of day; the answer to a date question has none, that of a dateTime has a T between. */
function toDefault(text: string | undefined, type: string): string | undefined {
  if (text === undefined) return undefined
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text)
  if (found === null) return text
  return type === 'date' ? found[1] : type.toLowerCase() === 'datetime' ? `${found[1]}T${found[2]}` : text
}

/** The questions whose change makes this one be computed anew: references parted by commas. */
function toTriggers(row: TableRow, { table, issues }: SurveyContext): string[] {
  const text = findText(table, row, 'trigger')
  if (text === undefined) return []
  const place = toPlace(table, row, 'trigger')
  if (!text.includes('${')) issues.report('reference-broken', place, { text })
  return text.split(',').flatMap((part) => {
    const { references, isBroken } = parseReferences(part)
    if (isBroken) issues.report('reference-broken', place, { text: part.trim() })
    if (references.length > 1) issues.report('trigger-comma', place)
    return references.map((reference) => reference.name)
  })
}

const oftenHyphened: ReadonlySet<string> = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape'])
const computing: ReadonlySet<string> = new Set(['math', 'union', 'reference', 'call'])

/** Is a default an expression (it names a question, calls a function or reckons) rather than an answer? */
export function isComputed(text: string, type: string): boolean {
  for (const token of toTokens(text)) {
    if (oftenHyphened.has(type) && token.kind === 'math' && token.text === '-') return false
    if (computing.has(token.kind)) return true
  }
  return false
}

/** The finished question: the bind and control of its type, with what the row says on top. */
export function toQuestion(draft: QuestionDraft, rule: TypeRule, isGenerated = false): Question {
  const bind = new Map<string, Words>()
  for (const name in rule.bind) bind.set(name, rule.bind[name] ?? '')
  for (const [name, words] of draft.bind) bind.set(name, words)
  return {
    kind: 'question',
    type: draft.type,
    rule,
    name: draft.name,
    row: draft.row.number,
    parent: undefined,
    path: '',
    label: draft.label ?? (draft.control.get('appearance') === 'label' ? ' ' : undefined),
    hint: draft.hint ?? rule.hint,
    guidance: draft.guidance,
    media: draft.media,
    bind: rule.bind !== undefined || bind.size > 0 ? bind : undefined,
    control: draft.control,
    instance: draft.instance,
    default: draft.default,
    isDefaultComputed: draft.isDefaultComputed,
    actions: draft.actions,
    triggers: draft.triggers,
    itemset: draft.itemset,
    choiceFilter: draft.choiceFilter,
    parameters: draft.parameters,
    isGenerated,
  }
}
