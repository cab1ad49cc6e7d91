import { descendantsOf, isSection, type Question, type Section } from '../form-tree.ts'
import { isXmlName } from '../expressions/lexer.ts'
import type { SurveyContext } from '../survey-context.ts'
import { toPlace } from '../table.ts'
import { reservedPrefix, type EntityDeclaration } from './entity-declaration.ts'

/** Where the survey touches an entity: a question saved to a property, or a question its expressions use. */
export type Mention = { readonly container: Section; readonly row: number; readonly property?: string; readonly question: string }
export type Mentions = ReadonlyMap<string, readonly Mention[]>

const saveTo = 'entities:saveto'

/** Walks the survey and gathers, for each entity list, every mention; what is wrong with a save_to cell is reported. */
export function toMentions(root: Section, declarations: ReadonlyMap<string, EntityDeclaration>, context: SurveyContext): Mentions {
  const mentions = new Map<string, Mention[]>()
  const add = (list: string, mention: Mention): void => {
    const known = mentions.get(list)
    if (known === undefined) mentions.set(list, [mention])
    else known.push(mention)
  }
  const users = toUsers(declarations)
  for (const node of descendantsOf(root)) {
    if ((node.kind !== 'question' && !isSection(node)) || node.parent === undefined) continue
    const saved = node.kind === 'question' && !node.isGenerated ? findSaved(node, declarations, mentions, context) : undefined
    if (saved !== undefined) add(saved.list, { container: node.parent, row: node.row, property: saved.property, question: node.name })
    for (const list of users.get(node.name) ?? []) add(list, { container: node.parent, row: node.row, question: node.name })
  }
  return mentions
}

/** For each question: the lists whose expressions use it. */
function toUsers(declarations: ReadonlyMap<string, EntityDeclaration>): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { list, mentions } of declarations.values()) for (const name of mentions) users.set(name, [...(users.get(name) ?? []), list])
  return users
}

function findSaved(question: Question, declarations: ReadonlyMap<string, EntityDeclaration>, mentions: Mentions, context: SurveyContext) {
  const written = question.bind?.get(saveTo)
  if (typeof written !== 'string') return undefined
  const place = toPlace(context.table, question.row, 'bind', saveTo)
  const { report } = context.issues
  if (declarations.size === 0) {
    report('saveto-without-entities', place)
    return undefined
  }
  const parts = written.split('#')
  const [first = '', second] = parts
  const list = second === undefined ? [...declarations.keys()][0] : first
  const property = second ?? first
  if (parts.length > 2) report('saveto-signs', place, { name: written })
  else if (second === undefined && declarations.size > 1)
    report('saveto-list-missing', place, { name: written, lists: [...declarations.keys()].join(', ') })
  else if (list === undefined || !declarations.has(list))
    report('saveto-list-unknown', place, { list: list ?? '', lists: [...declarations.keys()].join(', ') })
  else {
    question.bind?.set(saveTo, property)
    checkProperty(property, mentions.get(list) ?? [], place, context)
    return { list, property }
  }
  return undefined
}

function checkProperty(name: string, earlier: readonly Mention[], place: ReturnType<typeof toPlace>, { issues: { report } }: SurveyContext): void {
  const taken = earlier.find((mention) => mention.property === name)
  if (/^(name|label)$/i.test(name)) report('saveto-reserved-word', place, { name })
  else if (name.startsWith(reservedPrefix)) report('entity-name-reserved', place, { name })
  else if (!isXmlName(name)) report('name-not-allowed', place, { name })
  else if (taken !== undefined) report('saveto-twice', place, { name, earlier: taken.row })
}
