import type { ChoiceList, ListedChoice } from './choices-sheet.ts'
import { isXmlName } from './expressions/lexer.ts'
import { selectCommands, type SelectCommand } from './question-types.ts'
import { findOnlyReference, hasReference } from './expressions/references.ts'
import { mostExplained, toSuggestion } from './near-words.ts'
import { findSimilarSheets } from './sheet-names.ts'
import { checkParameterNames, findNumber, isOneOf, toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'
import { toPlace } from './table.ts'
import { isTranslated } from './words.ts'

export type SelectParse = { readonly command: SelectCommand; readonly word: string; readonly list: string; readonly orOther: boolean }

/** `select_one towns or_other`: the command, the list, and whether a person may add an answer of their own. */
export function parseSelect(type: string): SelectParse | undefined {
  for (const [word, command] of selectCommands) {
    if (!type.startsWith(`${word} `)) continue
    const found = /^(\S+)( (?:or specify other|or_other|or other))?$/.exec(type.slice(word.length + 1))
    if (found !== null) return { command, word, list: found[1] ?? '', orOther: found[2] !== undefined }
  }
  return undefined
}

const attachedExtensions: ReadonlySet<string> = new Set(['.csv', '.xml', '.geojson'])

/** A file's name and ending: "towns.csv" is ["towns", ".csv"]. */
export function splitFileName(name: string): [string, string] {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
}

export function isAttachedFile(name: string): boolean {
  return attachedExtensions.has(splitFileName(name)[1])
}

/** Ties a select to its choices: a list of the choices sheet, an attached file, or earlier answers. */
export function checkSelect(draft: QuestionDraft, select: SelectParse, context: SurveyContext): void {
  const { report } = context.issues
  const place = toDraftPlace(draft, context, 'type')
  const { list: listName, command } = select
  draft.type = command.type
  draft.itemset = listName
  context.instances.add(splitFileName(listName)[0])
  if (command.fromFile && (!isAttachedFile(listName) || splitFileName(splitFileName(listName)[0])[1] !== ''))
    report('select-file-extension', place, { file: listName })
  const isListed = !isAttachedFile(listName) && !hasReference(listName) && !command.fromFile
  const list = context.choices.lists.get(listName)
  if (isListed && list === undefined) reportListMissing(listName, draft, context)
  if (isListed && list !== undefined && command.type === 'select all that apply' && !context.multiplyChosen.has(list)) {
    context.multiplyChosen.add(list)
    for (const { name, row } of list.choices) {
      if (/\s/.test(name)) report('choice-name-space', { sheet: 'choices', row, column: 'name' }, { name, list: listName })
    }
  }
  checkSelectParameters(draft, command, context)
  const appearance = draft.control.get('appearance') ?? ''
  if (/\bsearch\s*\(/.test(appearance)) report('search-unsupported', toDraftPlace(draft, context, 'control', 'appearance'))
  if (!select.orOther) return
  if (draft.choiceFilter !== undefined) report('or-other-with-filter', toDraftPlace(draft, context, 'choice_filter'))
  if (list === undefined) {
    if (!isListed) report('or-other-without-list', place, { list: listName })
    return
  }
  addOther(list)
}

function reportListMissing(list: string, draft: QuestionDraft, { choices, issues, sheetNames, ...context }: SurveyContext): void {
  const place = toPlace(context.table, draft.row, 'type')
  const isExplained = issues.issues.length <= mostExplained
  if (choices.lists.size === 0) {
    issues.report('choices-sheet-missing', place, { list, similar: findSimilarSheets('choices', sheetNames) })
    return
  }
  const known = isExplained ? [...choices.lists.keys()].slice(0, 20).join(', ') : '…'
  issues.report('list-missing', place, { list, known, similar: isExplained ? toSuggestion(list, choices.lists.keys()) : '' })
}

function checkSelectParameters(draft: QuestionDraft, command: SelectCommand, context: SurveyContext): void {
  checkParameterNames(draft, context, command.fromFile ? ['label', 'randomize', 'seed', 'value'] : ['randomize', 'seed'])
  const place = toDraftPlace(draft, context, 'parameters')
  for (const name of command.fromFile ? ['label', 'value'] : []) {
    const value = draft.parameters.get(name)
    if (value !== undefined && !isXmlName(value)) context.issues.report('name-not-allowed', place, { name: value })
  }
  const seed = draft.parameters.get('seed')
  if (!draft.parameters.has('randomize')) {
    if (seed !== undefined) context.issues.report('seed-without-randomize', place)
    return
  }
  isOneOf(draft, context, 'randomize', ['true', 'false'])
  if (seed !== undefined && findOnlyReference(seed) === undefined && findNumber(seed) === undefined)
    context.issues.report('seed-not-number', place, { seed })
}

/** The list gains "Other" unless its author has an `other` of their own; in every language of the list, in English: the author may translate it. */
function addOther(list: ChoiceList): void {
  if (list.choices.some((choice) => choice.name === 'other')) return
  const languages = new Set(list.choices.flatMap(({ label }) => (isTranslated(label) ? [...label.keys()] : [])))
  const label: ListedChoice['label'] = languages.size === 0 ? 'Other' : new Map([...languages].map((language) => [language, 'Other']))
  list.choices.push({ name: 'other', label, media: new Map(), extra: new Map(), row: list.choices.at(-1)?.row ?? 1 })
}
