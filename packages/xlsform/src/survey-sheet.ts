import { addChild, type AttachedFile, type Question, type Section } from './form-tree.ts'
import { isXmlName } from './expressions/lexer.ts'
import { toNameBook, type NameBook } from './name-book.ts'
import { toDraft, toQuestion, toRowParts } from './question-draft.ts'
import { rowRules } from './question-rows.ts'
import { attachedFileTypes, questionTypes, retiredTypes, typeAliases } from './question-types.ts'
import { mostExplained, toSuggestion } from './near-words.ts'
import { findOnlyReference } from './expressions/references.ts'
import { checkSelect, parseSelect, splitFileName, type SelectParse } from './select-row.ts'
import { findYesNo } from './settings-sheet.ts'
import type { QuestionDraft, SurveyContext } from './survey-context.ts'
import { findText, findWords, toPlace, type TableRow } from './table.ts'
import { addTableHeader, addTableLabel, toTableAppearance } from './table-list.ts'

/** An open group or repeat. */
type Frame = { readonly section: Section; readonly row: TableRow | undefined; readonly names: NameBook }

export type Survey = {
  readonly root: Section
  /** Questions that go into the `meta` block: the audit log. */
  readonly meta: readonly Question[]
  /** How often each name is given in the name column. */
  readonly nameCounts: ReadonlyMap<string, number>
  readonly questionNames: ReadonlySet<string>
  readonly repeatNames: ReadonlySet<string>
  readonly usesOrOther: boolean
  /** Title and id given as rows of the survey sheet, as the oldest forms do. */
  readonly overrides: { readonly title?: string; readonly id_string?: string }
}

/** Deeper nesting than any form needs: a hostile sheet must not exhaust the stack of the passes that follow. */
const deepest = 60
const noneMedia: ReadonlyMap<string, string> = new Map()

export function toSection(kind: Section['kind'], name: string, row: number, parts: Partial<Section> = {}): Section {
  return {
    kind,
    name,
    row,
    parent: undefined,
    path: `/${name}`,
    media: noneMedia,
    control: noneMedia,
    instance: noneMedia,
    children: [],
    isBodyless: false,
    ...parts,
  }
}

/** Walks the rows and builds the tree; whatever is wrong with a row is reported and the walk goes on. */
export function toSurvey(context: SurveyContext): Survey {
  const { table, settings, issues } = context
  const root = toSection('survey', settings.rootName, 1)
  const frames: Frame[] = [{ section: root, row: undefined, names: toNameBook() }]
  const walk: Walk = {
    frames,
    tableList: undefined,
    meta: [],
    counts: new Map(),
    questions: new Set(),
    repeats: new Set(),
    types: new Map(),
    orOther: false,
    overrides: {},
  }
  for (const row of table.rows) addRow(row, walk, context)
  for (const { section, row } of frames.slice(1)) {
    if (row !== undefined) issues.report('begin-without-end', toPlace(table, row, 'type'), { kind: section.kind, name: section.name })
  }
  return {
    root,
    meta: walk.meta,
    nameCounts: walk.counts,
    questionNames: walk.questions,
    repeatNames: walk.repeats,
    usesOrOther: walk.orOther,
    overrides: walk.overrides,
  }
}

type Walk = {
  readonly frames: Frame[]
  readonly meta: Question[]
  readonly counts: Map<string, number>
  readonly questions: Set<string>
  readonly repeats: Set<string>
  /** Every type word read so far: a form of hundreds of rows uses a few. */
  readonly types: Map<string, TypeParse>
  orOther: boolean
  /** The list of a table-list group: undefined outside one, '' until its first select. Any end of a group ends the table. */
  tableList: string | undefined
  overrides: { title?: string; id_string?: string }
}

function addRow(row: TableRow, walk: Walk, context: SurveyContext): void {
  const { table, issues } = context
  const disabled = findText(table, row, 'disabled')
  if (disabled !== undefined) {
    issues.report('disabled-column', toPlace(table, row, 'disabled'))
    if (findYesNo(disabled) === true) return
  }
  const written = findText(table, row, 'type')
  if (written === undefined) {
    const isRemark = ![...row.texts.keys()].some((column) => column.path[0] === 'name' || column.path[0] === 'label')
    issues.report(isRemark ? 'row-skipped' : 'type-missing', toPlace(table, row, 'type'))
    return
  }
  const known = walk.types.get(written)
  const word = known ?? parseType(written)
  if (known === undefined) walk.types.set(written, word)
  const { type, begin, end } = word
  if (addSetting(type, row, walk, context)) return
  if (end !== undefined) {
    checkSaveTo(row, context)
    closeSection(end, row, walk, context)
    return
  }
  const name = findName(row, type, walk, context)
  if (name === undefined) {
    // A group whose name is missing still opens, or its end would be reported as well.
    if (begin !== undefined) openSection(begin, '_', row, walk, context)
    return
  }
  if (begin !== undefined) openSection(begin, name, row, walk, context)
  else addQuestionRow(row, word, name, walk, context)
}

/** What a cell of the type column says: a section that begins or ends, a select over a list, or another type. */
type TypeParse = {
  readonly type: string
  readonly begin: string | undefined
  readonly end: string | undefined
  readonly select: SelectParse | undefined
}

function parseType(written: string): TypeParse {
  const type = typeAliases.get(written) ?? written
  const begin = /^begin[\s_](group|lgroup|repeat|loop|looped group)(?: (?:over )?(\S+))?$/.exec(type)?.[1]
  const end = /^end[\s_](group|lgroup|repeat|loop|looped group)$/.exec(type)?.[1]
  return { type, begin, end, select: parseSelect(type) }
}

const settingTypes: { readonly [type: string]: 'title' | 'id_string' } = {
  form_title: 'title',
  set_form_title: 'title',
  form_id: 'id_string',
  set_form_id: 'id_string',
}

function addSetting(type: string, row: TableRow, walk: Walk, { table }: SurveyContext): boolean {
  const setting = settingTypes[type]
  const name = findText(table, row, 'name')
  if (setting === undefined || name === undefined) return false
  walk.overrides[setting] = name
  return true
}

/** The row's name, if it has one that may be used; every fault of a name is reported here. */
function findName(row: TableRow, type: string, walk: Walk, { table, issues }: SurveyContext): string | undefined {
  const place = toPlace(table, row, 'name')
  const written = findText(table, row, 'name')
  if (type === 'audit') {
    if (walk.meta.length > 0) issues.report('name-twice', place, { name: 'audit', earlier: walk.meta[0]?.row ?? '' })
    if (written !== undefined && written !== 'audit') issues.report('audit-name', place, { name: written })
    return 'audit'
  }
  const name = written ?? (type === 'note' ? `generated_note_name_${row.number}` : undefined)
  if (name === undefined) {
    issues.report('name-missing', place)
    return undefined
  }
  if (!isXmlName(name)) {
    issues.report('name-not-allowed', place, { name })
    return undefined
  }
  walk.counts.set(name, (walk.counts.get(name) ?? 0) + 1)
  walk.frames.at(-1)?.names.add(name, place, issues)
  return name
}

function closeSection(word: string, row: TableRow, walk: Walk, { table, issues }: SurveyContext): void {
  const kind = word === 'group' || word === 'loop' ? 'group' : 'repeat'
  if (word === 'loop') issues.report('loop-unsupported', toPlace(table, row, 'type'))
  const frame = walk.frames.at(-1)
  const opened = frame?.section.kind
  if (walk.frames.length === 1 || opened !== kind) {
    issues.report('end-without-begin', toPlace(table, row, 'type'), {
      kind,
      open: walk.frames.length === 1 ? '' : `The open one is the ${opened} '${frame?.section.name}'.`,
    })
    return
  }
  walk.frames.pop()
  walk.tableList = undefined
}

function openSection(word: string, name: string, row: TableRow, walk: Walk, context: SurveyContext): void {
  const { table, issues } = context
  if (word === 'loop') issues.report('loop-unsupported', toPlace(table, row, 'type'))
  const kind = word === 'group' || word === 'loop' ? 'group' : 'repeat'
  const parent = walk.frames.at(-1)
  if (parent === undefined) return
  checkSaveTo(row, context)
  const parts = toRowParts(table, row)
  if (kind === 'repeat') checkRepeatName(name, row, walk, context)
  if (kind === 'repeat' && parts.label === undefined && parts.media.size === 0)
    issues.report('repeat-without-label', toPlace(table, row, 'label'), { name })
  if (walk.frames.length > deepest) issues.report('too-deep', toPlace(table, row, 'type'), { deepest })
  const intent = findText(table, row, 'intent')
  if (intent !== undefined) parts.control.set('intent', intent)
  const count = parts.control.get('jr:count')
  if (count !== undefined && findOnlyReference(count) === undefined) {
    const counter = `${name}_count`
    parent.names.addGenerated(counter, toPlace(table, row, 'control', 'jr:count'), issues)
    addGenerated(parent.section, counter, row, 'calculate', {
      bind: new Map([
        ['readonly', 'true()'],
        ['calculate', count],
      ]),
    })
    parts.control.set('jr:count', `\${${counter}}`)
  }
  const isTable = toTableAppearance(parts.control)
  const { bind, label, hint, ...rest } = parts
  const words = isTable ? {} : { ...(label === undefined ? {} : { label }), ...(hint === undefined ? {} : { hint }) }
  const section = toSection(kind, name, row.number, { ...rest, ...words, ...(bind.size > 0 ? { bind } : {}) })
  if (walk.frames.length <= deepest) addChild(parent.section, section)
  if (isTable) addTableLabel(section, row, label, hint)
  walk.frames.push({ section, row, names: toNameBook() })
  if (isTable) walk.tableList = ''
}

/** Only answers can be saved to an entity. */
function checkSaveTo(row: TableRow, { table, issues }: SurveyContext): void {
  if (findWords(table, row, 'bind', 'entities:saveto') !== undefined) issues.report('saveto-group', toPlace(table, row, 'bind', 'entities:saveto'))
}

function checkRepeatName(name: string, row: TableRow, walk: Walk, { table, issues, settings }: SurveyContext): void {
  const place = toPlace(table, row, 'name')
  if (name === settings.rootName) issues.report('repeat-name-is-root', place, { name })
  else if (walk.repeats.has(name)) issues.report('repeat-name-twice', place, { name })
  walk.repeats.add(name)
}

/** A question without a row of its own. */
export function addGenerated(parent: Section, name: string, row: TableRow, type: string, parts: Partial<QuestionDraft>): void {
  const rule = questionTypes.get(type)
  if (rule === undefined) throw new Error(`No such type: ${type}`)
  const draft: QuestionDraft = {
    type,
    name,
    row,
    media: noneMedia,
    bind: new Map(),
    control: new Map(),
    instance: noneMedia,
    isDefaultComputed: false,
    actions: [],
    triggers: [],
    parameters: new Map(),
    ...parts,
  }
  addChild(parent, toQuestion(draft, rule, true))
}

const refusedTypes: readonly (readonly [RegExp, 'osm-unsupported' | 'external-select-unsupported'])[] = [
  [/^osm( |$)/, 'osm-unsupported'],
  [/^select[_ ]one[_ ]external( |$)/, 'external-select-unsupported'],
]

function reportUnknownType(type: string, row: TableRow, { table, issues }: SurveyContext): void {
  const refused = refusedTypes.find(([pattern]) => pattern.test(type))
  const isExplained = issues.issues.length <= mostExplained
  const known = [...questionTypes.keys(), 'begin_group', 'end_group', 'begin_repeat', 'end_repeat', 'image']
  issues.report(refused?.[1] ?? 'type-unknown', toPlace(table, row, 'type'), { type, similar: isExplained ? toSuggestion(type, known) : '' })
}

function addQuestionRow(row: TableRow, { type, select }: TypeParse, name: string, walk: Walk, context: SurveyContext): void {
  const { table, issues } = context
  const frame = walk.frames.at(-1)
  if (frame === undefined) return
  if (type !== 'audit') walk.questions.add(name)
  const file = attachedFileTypes.get(type)
  if (file !== undefined) {
    context.instances.add(splitFileName(name)[0])
    const attached: AttachedFile = {
      kind: 'file',
      extension: file,
      name,
      row: row.number,
      parent: undefined,
      path: '',
      media: noneMedia,
      control: noneMedia,
      instance: noneMedia,
    }
    addChild(frame.section, attached)
    return
  }
  const isRepeated = walk.frames.some(({ section }) => section.kind === 'repeat')
  const draft = toDraft(row, type, name, isRepeated, context)
  if (retiredTypes.has(type)) issues.report('type-retired', toPlace(table, row, 'type'), { type })
  if (select !== undefined) {
    checkSelect(draft, select, context)
    if (walk.tableList !== undefined) walk.tableList = addTableHeader(frame.section, draft, walk.tableList, context)
  } else {
    if (!questionTypes.has(type)) reportUnknownType(type, row, context)
    rowRules.get(type)?.(draft, context)
  }
  const rule = questionTypes.get(draft.type)
  if (rule === undefined) return
  const question = toQuestion(draft, rule)
  if (type === 'audit') walk.meta.push(question)
  else addChild(frame.section, question)
  if (select?.orOther === true) {
    walk.orOther = true
    frame.names.addGenerated(`${name}_other`, toPlace(table, row, 'name'), issues)
    addGenerated(frame.section, `${name}_other`, row, 'text', {
      label: 'Specify other.',
      bind: new Map([['relevant', `selected(../${name}, 'other')`]]),
    })
  }
}
