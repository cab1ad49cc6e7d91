import { valueTypes, type Choice, type FormOutline, type OutlineNode, type QuestionOutline, type ValueType } from '@attune/forms'
import type { Form } from './compile.ts'
import type { ListedChoice } from './choices-sheet.ts'
import { toNeededFiles } from './secondary-instances.ts'
import { toTypeWord } from './type-words.ts'
import { questionTypes, typeAliases } from './question-types.ts'
import { isEmptyGroup, isSection, type FormNode, type Question, type Section } from './form-tree.ts'
import { isAttachedFile } from './select-row.ts'
import { hasReference } from './expressions/references.ts'
import { isTranslated, toTexts, type Words } from './words.ts'

/** The outline of a compiled form. Expressions keep their `${references}`, as the author wrote them. */
export function toOutline({ settings, choices, survey, files }: Form): FormOutline {
  const language = settings.defaultLanguage
  return {
    formId: settings.formId,
    version: settings.version,
    title: settings.title,
    rootName: settings.rootName,
    languages: toLanguages(survey.root, choices.lists, language),
    defaultLanguage: language,
    style: toWordList(settings.style),
    ...(settings.instanceName === undefined ? {} : { instanceName: settings.instanceName }),
    children: toNodes(survey.root, language),
    ...toOptional(
      'files',
      toNeededFiles(files).map(({ file }) => file),
    ),
    ...toOptional('settings', toOtherSettings(settings)),
    choices: Object.fromEntries([...choices.lists].map(([name, list]) => [name, list.choices.map((choice) => toChoice(choice, language))])),
  }
}

function toLanguages(root: Section, lists: Form['choices']['lists'], defaultLanguage: string): string[] {
  const found = new Set<string>()
  const add = (words: Words | undefined): void => {
    if (isTranslated(words)) for (const language of words.keys()) found.add(language)
  }
  const walk = (node: FormNode): void => {
    add(node.label)
    add(node.hint)
    add(node.guidance)
    if (node.media.size > 0) for (const words of node.media.values()) add(words)
    if (node.bind !== undefined) for (const words of node.bind.values()) add(words)
    if (isSection(node)) for (const child of node.children) walk(child)
  }
  walk(root)
  for (const list of lists.values()) for (const { label, media } of list.choices) for (const words of [label, ...media.values()]) add(words)
  return found.size === 0 ? [defaultLanguage] : [...found]
}

/** A list or table that is left out where it is empty. */
function toOptional<Key extends string, Value extends object>(key: Key, value: Value): { [K in Key]?: Value } {
  return Object.keys(value).length === 0 ? {} : ({ [key]: value } as { [K in Key]: Value })
}

const ownSettings: ReadonlySet<string> = new Set(['title', 'id_string', 'name', 'version', 'style', 'default_language', 'instance_name'])

function toOtherSettings({ table, row }: Form['settings']): { readonly [header: string]: string } {
  const others = [...(row?.texts ?? [])].filter(([column]) => table !== undefined && !ownSettings.has(column.path[0] ?? ''))
  return Object.fromEntries(others.map(([column, text]) => [column.path.join('::'), text]))
}

function toWordList(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(/\s+/).filter((word) => word !== '')
}

/** A value while it is written: what is not there is left out of it, so it cannot be written in one piece. */
type Unfinished<Value> = { -readonly [Key in keyof Value]: Value[Key] }

function toNodes(section: Section, language: string): OutlineNode[] {
  const nodes: OutlineNode[] = []
  for (const node of section.children) {
    if (node.kind === 'question') nodes.push(toQuestion(node, language))
    else if (isSection(node) && !node.isBodyless && !isEmptyGroup(node)) nodes.push(toGroup(node, language))
  }
  return nodes
}

function toGroup(section: Section, language: string): OutlineNode {
  const shared = { ...toShared(section, language), children: toNodes(section, language) }
  const count = section.control.get('jr:count')
  if (section.kind === 'repeat') return { ...shared, kind: 'repeat', ...(count === undefined ? {} : { count }) }
  return { ...shared, kind: 'group' }
}

type Shared = Pick<QuestionOutline, 'name' | 'path' | 'label' | 'hint' | 'guidance' | 'media' | 'appearance' | 'relevant' | 'row' | 'columns'>

function toShared(node: Question | Section, language: string): Shared {
  const relevant = findExpression(node, 'relevant')
  const columns = findOtherColumns(node)
  const shared: Unfinished<Shared> = {
    name: node.name,
    path: node.path,
    label: toTexts(node.label, language),
    hint: toTexts(node.hint, language),
    guidance: toTexts(node.guidance, language),
    media: toMedia(node.media, language),
    appearance: toWordList(node.control.get('appearance')),
    row: node.row,
  }
  if (relevant !== undefined) shared.relevant = relevant
  if (columns !== undefined) shared.columns = columns
  return shared
}

const ownColumns: { readonly [group in 'bind' | 'control' | 'instance']: ReadonlySet<string> } = {
  bind: new Set([
    'type',
    'readonly',
    'required',
    'relevant',
    'constraint',
    'calculate',
    'jr:constraintMsg',
    'jr:requiredMsg',
    'jr:preload',
    'jr:preloadParams',
    'entities:saveto',
  ]),
  control: new Set(['appearance', 'jr:count']),
  instance: new Set(),
}

/** Attributes that have no place of their own in the outline. Those that parameters give are written by the parameters. */
function findOtherColumns(node: Question | Section): { readonly [header: string]: string } | undefined {
  let found: [string, string][] | undefined
  for (const group of ['bind', 'control', 'instance'] as const) {
    const attributes = node[group]
    if (attributes === undefined || attributes.size === 0) continue
    for (const [name, words] of attributes) {
      if (ownColumns[group].has(name) || typeof words !== 'string') continue
      if (node.kind === 'question' && toParameterAttributes(node).includes(name)) continue
      ;(found ??= []).push([`${group}::${name}`, words])
    }
  }
  return found === undefined ? undefined : Object.fromEntries(found)
}

const attributesOfParameters: { readonly [parameter: string]: string } = {
  'max-pixels': 'orx:max-pixels',
  app: 'intent',
  quality: 'odk:quality',
  'capture-accuracy': 'accuracyThreshold',
  'warning-accuracy': 'unacceptableAccuracyThreshold',
  'allow-mock-accuracy': 'odk:allow-mock-accuracy',
  tick_interval: 'odk:tick-interval',
  placeholder: 'odk:placeholder',
}

function toParameterAttributes({ parameters }: Question): string[] {
  return [...parameters.keys()].map((name) => attributesOfParameters[name] ?? name)
}

/** Type words that the outline's own `type` and `list` cannot bring back. */
function findTypeWords({ type, rule, itemset }: Question): string | undefined {
  if (itemset !== undefined && rule.question.startsWith('select') && isAttachedFile(itemset))
    return `${rule.question === 'select-one' ? 'select_one' : 'select_multiple'}_from_file ${itemset}`
  if (itemset !== undefined && (rule.question.startsWith('select') || rule.question === 'rank') && hasReference(itemset))
    return `${toTypeWord(rule.question, undefined)} ${itemset}`
  if (rule.question === 'rank' && itemset !== undefined && isAttachedFile(itemset)) return `rank ${itemset}`
  const word = toTypeWord(rule.question, undefined)
  return questionTypes.get(typeAliases.get(word) ?? word) === rule || itemset !== undefined ? undefined : type
}

function toMedia(media: ReadonlyMap<string, Words>, language: string) {
  return media.size === 0 ? {} : Object.fromEntries([...media].map(([kind, words]) => [kind, toTexts(words, language)]))
}

function findExpression(node: Question | Section, name: string): string | undefined {
  const words = node.bind?.get(name)
  return typeof words === 'string' ? words : undefined
}

const yes: ReadonlySet<string> = new Set(['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'true()'])
const no: ReadonlySet<string> = new Set(['no', 'No', 'NO', 'false', 'False', 'FALSE', 'false()'])

/** A plain yes or no, or the expression that decides. */
function toSwitch(text: string | undefined): boolean | string {
  if (text === undefined || no.has(text)) return false
  return yes.has(text) ? true : text
}

function toQuestion(question: Question, language: string): QuestionOutline {
  const { rule, itemset, bind } = question
  const constraint = findExpression(question, 'constraint')
  const calculation = findExpression(question, 'calculate')
  const isChoosing = rule.question.startsWith('select') || rule.question === 'rank'
  const words = findTypeWords(question)
  const outline: Unfinished<QuestionOutline> = {
    ...toShared(question, language),
    kind: 'question',
    type: rule.question,
    valueType: toValueType(findExpression(question, 'type')),
    required: toSwitch(findExpression(question, 'required')),
    requiredMessage: toTexts(bind?.get('jr:requiredMsg'), language),
    readonly: toSwitch(findExpression(question, 'readonly')),
    constraintMessage: toTexts(bind?.get('jr:constraintMsg'), language),
    parameters: question.parameters.size === 0 ? {} : Object.fromEntries(question.parameters),
  }
  if (constraint !== undefined) outline.constraint = constraint
  if (calculation !== undefined) outline.calculation = calculation
  if (question.default !== undefined) outline.default = question.default
  if (itemset !== undefined && isChoosing && !isAttachedFile(itemset) && !hasReference(itemset)) outline.list = itemset
  if (question.choiceFilter !== undefined) outline.choiceFilter = question.choiceFilter
  if (words !== undefined) outline.xlsformType = words
  if (question.triggers.length > 0) outline.triggers = question.triggers
  return outline
}

const knownValueTypes: ReadonlySet<string> = new Set(valueTypes)

function toValueType(type: string | undefined): ValueType {
  return type !== undefined && knownValueTypes.has(type) ? (type as ValueType) : 'string'
}

function toChoice(choice: ListedChoice, language: string): Choice {
  return {
    name: choice.name,
    label: toTexts(choice.label, language),
    extra: Object.fromEntries(choice.extra),
    media: toMedia(choice.media, language),
  }
}
