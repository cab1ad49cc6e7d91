import type { ChoiceList } from './choices-sheet.ts'
import type { FormNode } from './form-tree.ts'
import type { IssueList } from './issues.ts'
import { lastSavedInstance } from './expressions/reference-paths.ts'
import { parseReferences } from './expressions/references.ts'
import { isAttachedFile, splitFileName } from './select-row.ts'
import { expressionAttributes } from './write-binds.ts'
import { element, type XmlElement } from './xml.ts'

export type Source = {
  readonly id: string
  readonly src: string | undefined
  readonly row: number
  readonly isOwnRow: boolean
  readonly content?: () => XmlElement
}

/** The lists and files that expressions read with instance(): attached files, the last saved record, the choices. */
export function toSecondaryInstances(files: readonly Source[], lists: Iterable<ChoiceList>, issues: IssueList): XmlElement[] {
  const seen = new Map<string, Source>()
  const elements: XmlElement[] = []
  for (const source of [...files, ...toListSources(lists)]) {
    const earlier = seen.get(source.id)
    const isSecondFile = earlier?.isOwnRow === true && source.isOwnRow
    if (earlier !== undefined && (earlier.src !== source.src || isSecondFile)) {
      const place = {
        sheet: source.src === undefined ? 'choices' : 'survey',
        row: source.row,
        column: source.isOwnRow ? 'name' : source.src === undefined ? 'list_name' : 'type',
      }
      issues.report('instance-twice', place, { id: source.id, earlier: earlier.src ?? `the choices of '${earlier.id}'` })
    }
    if (earlier !== undefined) continue
    seen.set(source.id, source)
    elements.push(source.content?.() ?? element('instance', { id: source.id, src: source.src }))
  }
  return elements
}

/** The files that must lie beside the form, each with the first row that needs it. */
export function toNeededFiles(sources: readonly Source[]): { readonly file: string; readonly row: number; readonly isOwnRow: boolean }[] {
  const files = new Map<string, { file: string; row: number; isOwnRow: boolean }>()
  for (const { id, src, row, isOwnRow } of sources) {
    const file = src === undefined || id === lastSavedInstance ? undefined : src.slice(src.lastIndexOf('/') + 1)
    if (file !== undefined && !files.has(file)) files.set(file, { file, row, isOwnRow })
  }
  return [...files.values()]
}

/** The files that the form reads with instance(), in the order of the sheet; one that is read twice is there twice. */
export function toFileSources(nodes: readonly FormNode[]): Source[] {
  const sources: Source[] = []
  let usesLastSaved = false
  for (const node of nodes) {
    if (node.kind === 'file') {
      const folder = node.extension === 'csv' ? 'file-csv' : 'file'
      sources.push({ id: node.name, src: `jr://${folder}/${node.name}.${node.extension}`, row: node.row, isOwnRow: true })
      continue
    }
    const expressions = toExpressions(node)
    for (const expression of expressions) {
      if (!expression.includes('pulldata')) continue
      for (const id of toPulledFiles(expression)) sources.push({ id, src: `jr://file-csv/${id}.csv`, row: node.row, isOwnRow: false })
    }
    if (node.kind !== 'question') continue
    if (node.itemset !== undefined && isAttachedFile(node.itemset) && node.rule.question.match(/select|rank/)) {
      const [id, extension] = splitFileName(node.itemset)
      sources.push({ id, src: `jr://${extension === '.csv' ? 'file-csv' : 'file'}/${node.itemset}`, row: node.row, isOwnRow: false })
    }
    usesLastSaved ||= expressions.some(usesLastSavedAnswer)
  }
  if (usesLastSaved) sources.push({ id: lastSavedInstance, src: 'jr://instance/last-saved', row: 1, isOwnRow: false })
  return sources
}

function usesLastSavedAnswer(expression: string): boolean {
  return expression.includes('${last-saved#') && parseReferences(expression).references.some((reference) => reference.lastSaved)
}

function toExpressions(node: FormNode): string[] {
  const expressions: string[] = []
  if (node.bind !== undefined) {
    for (const [name, words] of node.bind) if (typeof words === 'string' && expressionAttributes.has(name)) expressions.push(words)
  }
  if (node.kind !== 'question') return expressions
  if (node.choiceFilter !== undefined) expressions.push(node.choiceFilter)
  if (node.default !== undefined) expressions.push(node.default)
  return expressions
}

/** The first arguments of pulldata(): the names of CSV files. */
function toPulledFiles(expression: string): string[] {
  const files: string[] = []
  for (const call of expression.matchAll(/pulldata\s*\(/g)) {
    const start = call.index + call[0].length
    const comma = expression.indexOf(',', start)
    if (comma < 0) break
    files.push(expression.slice(start, comma).replace(/["']/g, '').trim())
  }
  return files
}

function* toListSources(lists: Iterable<ChoiceList>): Generator<Source> {
  for (const list of lists) {
    yield { id: list.name, src: undefined, row: list.choices[0]?.row ?? 1, isOwnRow: false, content: () => toListInstance(list) }
  }
}

function toListInstance(list: ChoiceList): XmlElement {
  const items = list.choices.map((choice, index) =>
    element('item', {}, [
      ...(list.isWordy ? [element('itextId', {}, [`${list.name}-${index}`])] : []),
      element('name', {}, [choice.name]),
      ...(!list.isWordy && typeof choice.label === 'string' ? [element('label', {}, [choice.label])] : []),
      ...[...choice.extra].map(([name, text]) => element(name, {}, [text])),
    ]),
  )
  return element('instance', { id: list.name }, [element('root', {}, items)])
}
