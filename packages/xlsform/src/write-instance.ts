import type { EntityNode, FormNode, Question, Section } from './form-tree.ts'
import type { PathWriter } from './expressions/reference-paths.ts'
import type { Settings } from './settings-sheet.ts'
import { element, type XmlElement } from './xml.ts'

/** The empty record: one element per question, with its fixed default if it has one. */
export function toPrimaryInstance(root: Section, settings: Settings, toPath: PathWriter): XmlElement {
  const attributes = new Map<string, string | undefined>([
    ...settings.attributes,
    ['id', settings.formId],
    ['xmlns', settings.instanceNamespace],
    ['version', settings.version === '' ? undefined : settings.version],
    ['odk:prefix', settings.compact.prefix],
    ['odk:delimiter', settings.compact.delimiter],
  ])
  return element('instance', {}, [element(root.name, Object.fromEntries(attributes), toChildren(root, 'withTemplates', toPath))])
}

// Each outermost repeat is written twice: as the template new ones are made from, and as the first one shown. Inside a template,
// repeats are templates too; inside a first one they are plain.
type Mode = 'withTemplates' | 'plain' | 'template'

function toChildren(section: Section, mode: Mode, toPath: PathWriter): XmlElement[] {
  const elements: XmlElement[] = []
  for (const child of section.children) {
    if (child.kind === 'question') elements.push(toQuestionElement(child, toPath))
    else elements.push(...toElements(child, mode, toPath))
  }
  return elements
}

function toElements(node: Exclude<FormNode, Question>, mode: Mode, toPath: PathWriter): XmlElement[] {
  if (node.kind === 'file') return []
  if (node.kind === 'entity') return [toEntityElement(node)]
  const attributes = toAttributes(node, toPath)
  if (node.kind !== 'repeat') return [element(node.name, attributes, toChildren(node, mode === 'template' ? 'withTemplates' : mode, toPath))]
  const template = element(node.name, { 'jr:template': '' }, toChildren(node, 'template', toPath))
  if (mode === 'template') return [template]
  const first = element(node.name, attributes, toChildren(node, 'plain', toPath))
  return mode === 'plain' ? [first] : [template, first]
}

function toAttributes(node: Question | Section, toPath: PathWriter): ReadonlyMap<string, string> {
  if (node.instance.size === 0) return node.instance
  return new Map([...node.instance].map(([name, text]) => [name, toPath(text, node)]))
}

function toQuestionElement(question: Question, toPath: PathWriter): XmlElement {
  const isFixed = question.default !== undefined && !question.isDefaultComputed
  return element(question.name, toAttributes(question, toPath), isFixed ? [question.default ?? ''] : [])
}

function toEntityElement(entity: EntityNode): XmlElement {
  const attributes = new Map(entity.attributes.map(({ name, value }) => [name, value]))
  return element(entity.name, attributes, entity.savedLabel === undefined ? [] : [element('label')])
}
