// What is different between two versions of a form, question by question.
import { questionsOf, type FormOutline, type OutlineNode, type QuestionOutline } from './outline.ts'
import { toStableJson } from './stable-json.ts'

/** The parts of a question that can change. */
export const changedParts = ['type', 'choices', 'words', 'required', 'rule', 'shown-when', 'calculation', 'look'] as const
export type ChangedPart = (typeof changedParts)[number]

export type QuestionChange = {
  readonly name: string
  readonly row: number
  readonly before: string
  readonly after: string
  readonly parts: readonly ChangedPart[]
}
export type FormDifference = {
  readonly added: readonly { readonly name: string; readonly row: number; readonly label: string }[]
  readonly removed: readonly { readonly name: string; readonly label: string }[]
  readonly changed: readonly QuestionChange[]
  /** True when questions that both have stand in another order. */
  readonly moved: boolean
  readonly languagesAdded: readonly string[]
  readonly languagesRemoved: readonly string[]
}

/**
 * Compares two outlines by the names of their questions; a renamed question is one removed and one added. Labels come in each form's default language.
 * @example compareOutlines(outline, outline).changed // []
 */
export function compareOutlines(before: FormOutline, after: FormOutline): FormDifference {
  const was = questionsOf(before)
  const is = questionsOf(after)
  const then = new Map(was.map((question) => [question.name, question]))
  const now = new Map(is.map((question) => [question.name, question]))
  const kept = (list: readonly QuestionOutline[]) => list.filter(({ name }) => then.has(name) && now.has(name)).map(({ name }) => name)
  return {
    added: is.filter(({ name }) => !then.has(name)).map((question) => ({ name: question.name, row: question.row, label: labelOf(question, after) })),
    removed: was.filter(({ name }) => !now.has(name)).map((question) => ({ name: question.name, label: labelOf(question, before) })),
    changed: is.flatMap((question) => {
      const old = then.get(question.name)
      const parts =
        old === undefined
          ? []
          : changedParts.filter((part) => toStableJson(partOf(part, old, before)) !== toStableJson(partOf(part, question, after)))
      return old === undefined || parts.length === 0
        ? []
        : [{ name: question.name, row: question.row, before: labelOf(old, before), after: labelOf(question, after), parts }]
    }),
    moved: kept(was).join('\n') !== kept(is).join('\n'),
    languagesAdded: after.languages.filter((language) => !before.languages.includes(language)),
    languagesRemoved: before.languages.filter((language) => !after.languages.includes(language)),
  }
}

function labelOf(question: QuestionOutline, outline: FormOutline): string {
  return question.label[outline.defaultLanguage] ?? Object.values(question.label)[0] ?? question.name
}

const remembered = new WeakMap<readonly OutlineNode[], ReadonlyMap<string, string>>()

/** When each question is shown: its own condition and those of the groups around it. */
function conditionsOf(children: readonly OutlineNode[]): ReadonlyMap<string, string> {
  const known = remembered.get(children)
  if (known !== undefined) return known
  const found = new Map<string, string>()
  const walk = (nodes: readonly OutlineNode[], around: readonly string[]): void => {
    for (const node of nodes) {
      const conditions = node.relevant === undefined ? around : [...around, node.relevant]
      if (node.kind === 'question') found.set(node.name, conditions.join(' and '))
      else walk(node.children, conditions)
    }
  }
  walk(children, [])
  remembered.set(children, found)
  return found
}

function partOf(part: ChangedPart, question: QuestionOutline, outline: FormOutline): unknown {
  const choices = outline.choices[question.list ?? ''] ?? []
  switch (part) {
    case 'type':
      return [question.type, question.valueType, question.path.split('/').length]
    case 'choices':
      return choices.map((choice) => choice.name)
    case 'words':
      return [
        question.label,
        question.hint,
        question.guidance,
        question.requiredMessage,
        question.constraintMessage,
        choices.map((choice) => choice.label),
      ]
    case 'required':
      return question.required
    case 'rule':
      return [question.constraint, question.parameters, question.choiceFilter, question.readonly]
    case 'shown-when':
      return conditionsOf(outline.children).get(question.name)
    case 'calculation':
      return [question.calculation, question.default, question.triggers]
    case 'look':
      return [question.appearance, question.media]
  }
}
