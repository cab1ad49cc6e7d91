import type { Action, EntityNode, FormNode, Question, Section } from './form-tree.ts'
import type { PathWriter, Standing } from './expressions/reference-paths.ts'
import { isItextMessage } from './translations.ts'
import type { Words } from './words.ts'
import { element, type XmlElement } from './xml.ts'

const yesWords: { readonly [word: string]: string } = { yes: 'true()', Yes: 'true()', YES: 'true()', true: 'true()', True: 'true()', TRUE: 'true()' }
const noWords: { readonly [word: string]: string } = {
  no: 'false()',
  No: 'false()',
  NO: 'false()',
  false: 'false()',
  False: 'false()',
  FALSE: 'false()',
}
const yesOrNo: ReadonlyMap<string, string> = new Map([...Object.entries(yesWords), ...Object.entries(noWords)])

/** "yes" and its like as an expression; undefined for anything else. */
export function findYesOrNo(text: string): string | undefined {
  return yesOrNo.get(text)
}

/** Attributes that are expressions, where a plain "yes" is meant as true(). */
export const expressionAttributes: ReadonlySet<string> = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate'])

/** Binds, and the actions that belong to the form as a whole, in the order of the sheet. */
export function toBinds(nodes: readonly FormNode[], toPath: PathWriter): XmlElement[] {
  const binds: XmlElement[] = []
  for (const node of nodes) {
    if (node.kind === 'file') continue
    if (node.kind === 'entity') {
      binds.push(...toEntityBinds(node, toPath))
      continue
    }
    if (node.bind !== undefined) binds.push(toBind(node, node.bind, toPath))
    if (node.kind === 'question' && node.actions.length > 0) binds.push(...toActions(node, false, toPath))
  }
  return binds
}

function toBind(node: Question | Section, bind: ReadonlyMap<string, Words>, toPath: PathWriter): XmlElement {
  const attributes = new Map<string, string>([['nodeset', node.path]])
  for (const [name, words] of bind) {
    // With a trigger the calculation runs as an action, when the trigger changes.
    if (name === 'nodeset') continue
    if (name === 'calculate' && node.kind === 'question' && node.triggers.length > 0) continue
    attributes.set(name, toBindValue(name, words, node, toPath))
  }
  return element('bind', attributes)
}

function toBindValue(name: string, words: Words, node: Question | Section, toPath: PathWriter): string {
  if (name.startsWith('jr:') && isItextMessage(name, words) && name.match(/Msg$|String$/)) return `jr:itext('${node.path}:${name}')`
  const text = typeof words === 'string' ? words : ([...words.values()][0] ?? '')
  return toPath(expressionAttributes.has(name) ? (findYesOrNo(text) ?? text) : text, node)
}

function toEntityBinds(entity: EntityNode, toPath: PathWriter): XmlElement[] {
  const ofAttributes = entity.attributes.flatMap(({ name, bind, actions }) => {
    const path = `${entity.path}/@${name}`
    const from: Standing = { parent: entity, name: `@${name}` }
    const binds = bind === undefined ? [] : [toEntityBind(path, bind, from, toPath)]
    return [...binds, ...actions.filter(({ event }) => event !== 'odk-new-repeat').map((action) => toAction(action, path, action.value ?? ''))]
  })
  if (entity.savedLabel === undefined) return ofAttributes
  const label = new Map([
    ['calculate', entity.savedLabel],
    ['readonly', 'true()'],
    ['type', 'string'],
  ])
  return [...ofAttributes, toEntityBind(`${entity.path}/label`, label, { parent: entity, name: 'label' }, toPath)]
}

function toEntityBind(path: string, bind: ReadonlyMap<string, string>, from: Standing, toPath: PathWriter): XmlElement {
  return element(
    'bind',
    new Map([
      ['nodeset', path],
      ...[...bind].map(([name, text]): [string, string] => [name, toPath(name === 'calculate' ? (findYesOrNo(text) ?? text) : text, from)]),
    ]),
  )
}

/** A question's actions: those for a new repeat stand in the repeat's control, all others in the model. */
export function toActions(question: Question, isForNewRepeat: boolean, toPath: PathWriter): XmlElement[] {
  return question.actions
    .filter(({ event }) => (event === 'odk-new-repeat') === isForNewRepeat)
    .map((action) => toAction(action, question.path, toPath(question.default ?? action.value ?? '', question)))
}

/** The actions of an entity's attributes for a new repeat. */
export function toEntityActions(entity: EntityNode): XmlElement[] {
  return entity.attributes.flatMap(({ name, actions }) =>
    actions.filter(({ event }) => event === 'odk-new-repeat').map((action) => toAction(action, `${entity.path}/@${name}`, action.value ?? '')),
  )
}

function toAction({ name, event, quality }: Action, ref: string, value: string): XmlElement {
  return element(name, { ref, event, value: name === 'setvalue' && value !== '' ? value : undefined, 'odk:quality': quality })
}
