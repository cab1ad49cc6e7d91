import type { TypeRule } from './question-types.ts'
import type { Words } from './words.ts'

// The form as a tree, between the rows of the sheet and the XForm. Texts still hold their `${references}`.

/** When an action runs, in the words of the ODK XForms specification. */
export type ActionEvent = 'odk-instance-first-load' | 'odk-instance-load' | 'odk-new-repeat' | 'xforms-value-changed'
export type Action = {
  readonly name: 'setvalue' | 'odk:setgeopoint' | 'odk:recordaudio'
  readonly event: ActionEvent
  readonly value?: string
  readonly quality?: string
}

type NodeParts = {
  readonly name: string
  readonly row: number
  parent: Section | undefined
  /** Absolute path in the primary instance. */
  path: string
  readonly label?: Words | undefined
  readonly hint?: Words | undefined
  readonly guidance?: Words | undefined
  readonly media: ReadonlyMap<string, Words>
  readonly bind?: Map<string, Words> | undefined
  readonly control: ReadonlyMap<string, string>
  /** Own attributes of the element that holds the answer. */
  readonly instance: ReadonlyMap<string, string>
}

export type Question = NodeParts & {
  readonly kind: 'question'
  readonly type: string
  readonly rule: TypeRule
  readonly default?: string | undefined
  readonly isDefaultComputed: boolean
  readonly actions: readonly Action[]
  readonly triggers: readonly string[]
  /** A list of the choices sheet, a file name, or a reference to a repeated question. */
  readonly itemset?: string | undefined
  readonly choiceFilter?: string | undefined
  readonly parameters: ReadonlyMap<string, string>
  /** Made by the compiler itself (counts of repeats, "specify other", labels of tables), not by a row of its own. */
  readonly isGenerated: boolean
}

export type Section = NodeParts & {
  readonly kind: 'survey' | 'group' | 'repeat'
  readonly children: FormNode[]
  /** Sections without a place in the body: `meta`. */
  readonly isBodyless: boolean
}

/** A group without a question in it. Its element in the record is empty, so in the body it would be taken for a question. */
export function isEmptyGroup(node: FormNode): boolean {
  return node.kind === 'group' && !node.isBodyless && node.children.every((child) => child.kind === 'file' || isEmptyGroup(child))
}

/** An attached file named by a row of its own. */
export type AttachedFile = NodeParts & { readonly kind: 'file'; readonly extension: 'csv' | 'xml' }

/** The element that makes or updates an entity; its attributes carry binds of their own. */
export type EntityNode = NodeParts & { readonly kind: 'entity'; readonly attributes: readonly EntityAttribute[]; readonly savedLabel?: string }
export type EntityAttribute = {
  readonly name: string
  readonly value: string
  readonly bind?: ReadonlyMap<string, string>
  readonly actions: readonly Action[]
}

export type FormNode = Question | Section | AttachedFile | EntityNode
export type Nameable = Question | Section

/** All nodes below a section, in the order of the sheet. Once the tree is whole the passes share one such list. */
export function descendantsOf(section: Section): FormNode[] {
  const nodes: FormNode[] = []
  addDescendants(section, nodes)
  return nodes
}

function addDescendants(section: Section, nodes: FormNode[]): void {
  for (const child of section.children) {
    nodes.push(child)
    if (isSection(child)) addDescendants(child, nodes)
  }
}

export function isSection(node: FormNode): node is Section {
  return node.kind === 'survey' || node.kind === 'group' || node.kind === 'repeat'
}

/** The repeat a node stands in, if any, nearest first. */
export function findRepeat(node: { readonly parent: Section | undefined }): Section | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.kind === 'repeat') return at
  return undefined
}

/** Puts a node into a section and settles its path. */
export function addChild<Node extends FormNode>(parent: Section, child: Node): Node {
  child.parent = parent
  child.path = `${parent.path}/${child.name}`
  parent.children.push(child)
  return child
}
