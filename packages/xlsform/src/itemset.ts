import type { ChoiceList } from './choices-sheet.ts'
import type { IssueList } from './issues.ts'
import { toPlace, type Table } from './table.ts'
import type { Question } from './form-tree.ts'
import type { PathWriter } from './expressions/reference-paths.ts'
import { hasReference } from './expressions/references.ts'
import { isAttachedFile, splitFileName } from './select-row.ts'
import { element, type XmlElement } from './xml.ts'

type Choosing = { readonly nodeset: string; readonly value: string; readonly label: string; readonly filter?: string; readonly isReference?: boolean }
type ItemsetContext = {
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly toPath: PathWriter
  readonly table: Table
  readonly issues: IssueList
}

/** Where a question's choices come from: a list or file read with instance(), or the answers to a repeated question. */
export function toItemset(question: Question, itemset: string, context: ItemsetContext): XmlElement {
  const source = toChoosing(question, itemset, context)
  const nodeset = toRandom(toFiltered(source, question, context), question, context)
  return element('itemset', { nodeset }, [element('value', { ref: source.value }), element('label', { ref: source.label })])
}

function toChoosing(question: Question, itemset: string, context: ItemsetContext): Choosing {
  if (question.rule.question === 'range') return toListed(itemset, context)
  if (isAttachedFile(itemset)) {
    const [id, extension] = splitFileName(itemset)
    const [value, label] = extension === '.geojson' ? ['id', 'title'] : ['name', 'label']
    return { nodeset: toItems(id), value: question.parameters.get('value') ?? value, label: question.parameters.get('label') ?? label }
  }
  return hasReference(itemset) ? toAnswered(question, itemset, context) : toListed(itemset, context)
}

function toItems(id: string): string {
  return `instance('${id}')/root/item`
}

function toListed(itemset: string, { lists }: ItemsetContext): Choosing {
  return { nodeset: toItems(itemset), value: 'name', label: lists.get(itemset)?.isWordy === true ? 'jr:itext(itextId)' : 'label' }
}

function toAnswered(question: Question, itemset: string, { toPath, table, issues }: ItemsetContext): Choosing {
  const path = toPath(itemset, question, { fromAboveRepeat: true }).trim()
  // The parent itself (`..`) can have no filter in XPath 1.0, and holds one answer only.
  if (/^[./]*\/?[^/]*$/.test(path) && path.startsWith('..'))
    issues.report('choices-of-same-round', toPlace(table, question.row, 'type'), { name: path.replace(/^[./]*/, '') })
  // A filter that is always there keeps Collect from adding the index of the present repeat to the path.
  if (question.rule.question.startsWith('geo'))
    return { nodeset: path, value: 'geometry', label: 'geometry', filter: "./geometry != ''", isReference: true }
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  return { nodeset: path.slice(0, slash), value: name, label: name, filter: `./${name} != ''`, isReference: true }
}

function toFiltered({ nodeset, filter, isReference = false }: Choosing, question: Question, { toPath }: ItemsetContext): string {
  if (question.choiceFilter === undefined || question.rule.question === 'range') return filter === undefined ? nodeset : `${nodeset}[${filter}]`
  const written = toPath(question.choiceFilter, question, { anchored: true, fromAboveRepeat: isReference })
  // Inside the predicate the repeat is the choice itself. A path that only begins with the same letters (/data/kids beside /data/kid) is another.
  const own = isReference ? toDot(toDot(written, `current()/${nodeset}`), nodeset) : written
  return `${nodeset}[${own}]`
}

/** A dot in place of a path, wherever it stands whole. */
function toDot(text: string, path: string): string {
  const [first = '', ...rest] = text.split(path)
  return rest.reduce((written, after) => `${written}${/^[\p{L}\p{N}_.:-]/u.test(after) ? path : '.'}${after}`, first)
}

function toRandom(nodeset: string, question: Question, { toPath }: ItemsetContext): string {
  if (question.parameters.get('randomize') !== 'true') return nodeset
  const seed = question.parameters.get('seed')
  return seed === undefined ? `randomize(${nodeset})` : `randomize(${nodeset}, ${toPath(seed, question).trim()})`
}
