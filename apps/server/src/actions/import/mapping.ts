// What somebody wrote down about how another form's answers stand for ours: question for question, choice for choice. Everything that is not
// written down is matched by its name, and choices also by their label.
import type { FormOutline, OutlineNode } from '@attune/forms'

export type ImportMapping = {
  /** Our question -> the source's key. */
  readonly questions: { readonly [question: string]: string }
  /** Our question -> the source's choice -> ours. */
  readonly choices: { readonly [question: string]: { readonly [choice: string]: string } }
  /** Our question -> an answer that holds for every record, because the source did not ask. */
  readonly set: { readonly [question: string]: string }
  /** The source's account -> the practitioner's e-mail address here. */
  readonly people: { readonly [account: string]: string }
}

export const emptyMapping: ImportMapping = { questions: {}, choices: {}, set: {}, people: {} }

type Texts = { readonly [key: string]: string }
const isPlain = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
const toTexts = (value: { readonly [key: string]: unknown }): Texts =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]))

/** Reads a mapping (a YAML file, parsed) against the form that it maps to. Gives all issues, in words. */
export function parseMapping(value: unknown, outline: FormOutline): { readonly mapping: ImportMapping } | { readonly issues: readonly string[] } {
  if (value === null || value === undefined) return { mapping: emptyMapping }
  if (!isPlain(value)) return { issues: ['The mapping is no list of keys and values.'] }
  const issues: string[] = []
  const known = new Set(targetsOf(outline).map(({ name }) => name))
  for (const key of Object.keys(value))
    if (!Object.hasOwn(emptyMapping, key)) issues.push(`"${key}" is no part of a mapping: use questions, choices, set, people.`)
  const part = (name: keyof ImportMapping): { readonly [key: string]: unknown } => {
    const given = value[name] ?? {}
    if (isPlain(given)) return given
    issues.push(`"${name}" is a list of keys and values.`)
    return {}
  }
  const texts = (name: string, given: { readonly [key: string]: unknown }): Texts => {
    const wrong = Object.keys(given).filter((key) => !isScalar(given[key]))
    issues.push(...wrong.map((key) => `"${name}", "${key}": is one value.`))
    return toTexts(given)
  }
  const checkNames = (name: string, given: object) =>
    issues.push(...Object.keys(given).flatMap((key) => (known.has(key) ? [] : [`"${name}", "${key}": the form asks no such question.`])))
  const choices: { [question: string]: Texts } = {}
  for (const [question, list] of Object.entries(part('choices'))) {
    if (isPlain(list)) choices[question] = texts(`choices, ${question}`, list)
    else issues.push(`"choices", "${question}": is a list of their choices and ours.`)
  }
  const mapping = {
    questions: texts('questions', part('questions')),
    choices,
    set: texts('set', part('set')),
    people: texts('people', part('people')),
  }
  checkNames('questions', mapping.questions)
  checkNames('choices', mapping.choices)
  checkNames('set', mapping.set)
  return issues.length > 0 ? { issues } : { mapping }
}

/** A question that can be filled from elsewhere, with its groups: ["session", "session_on"]. */
export type Target = { readonly name: string; readonly steps: readonly string[]; readonly node: Extract<OutlineNode, { kind: 'question' }> }

/** Everything of a form that takes an answer: no notes, and no files, which are not taken over. */
export function targetsOf(outline: Pick<FormOutline, 'children'>, above: readonly string[] = []): readonly Target[] {
  return outline.children.flatMap((node) => {
    const steps = [...above, node.name]
    if (node.kind !== 'question') return targetsOf(node, steps)
    return node.type === 'note' || node.valueType === 'binary' ? [] : [{ name: node.name, steps, node }]
  })
}
