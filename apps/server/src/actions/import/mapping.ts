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
  /** Our repeat -> the source's key, or the name of its sheet. */
  readonly repeats: { readonly [repeat: string]: string }
  /** The source's account, or the address that a record names -> the practitioner's e-mail address here. */
  readonly people: { readonly [account: string]: string }
}

export const emptyMapping: ImportMapping = { questions: {}, choices: {}, set: {}, repeats: {}, people: {} }

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
  const targets = targetsOf(outline)
  const known = new Set(targets.map(({ name }) => name))
  for (const key of Object.keys(value))
    if (!Object.hasOwn(emptyMapping, key)) issues.push(`"${key}" is no part of a mapping: use questions, choices, set, repeats, people.`)
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
    repeats: texts('repeats', part('repeats')),
    people: texts('people', part('people')),
  }
  checkNames('questions', mapping.questions)
  checkNames('choices', mapping.choices)
  checkNames('set', mapping.set)
  for (const { name, node } of targets)
    if (node.valueType === 'binary' && Object.hasOwn(mapping.set, name)) issues.push(`"set", "${name}": is a file, and each record brings its own.`)
  const repeats = repeatsOf(outline)
  for (const name of Object.keys(mapping.repeats))
    if (!repeats.some((repeat) => repeat.name === name)) issues.push(`"repeats", "${name}": the form has no such repeat.`)
  return issues.length > 0 ? { issues } : { mapping }
}

type NodeOf<Kind> = Extract<OutlineNode, { kind: Kind }>

/** A question that can be filled from elsewhere, with its groups (["session", "session_on"]) and the path of the repeat that it stands in ("" for none). */
export type Target = { readonly name: string; readonly steps: readonly string[]; readonly repeat: string; readonly node: NodeOf<'question'> }

/** Everything of a form that takes an answer: no notes. */
export function targetsOf(outline: Pick<FormOutline, 'children'>, above: readonly string[] = [], repeat = ''): readonly Target[] {
  return outline.children.flatMap((node) => {
    const steps = [...above, node.name]
    if (node.kind !== 'question') return targetsOf(node, steps, node.kind === 'repeat' ? node.path : repeat)
    return node.type === 'note' ? [] : [{ name: node.name, steps, repeat, node }]
  })
}

/** A repeat, with its groups and the path of the repeat that it stands in itself. */
export type RepeatTarget = { readonly name: string; readonly steps: readonly string[]; readonly repeat: string; readonly node: NodeOf<'repeat'> }

export function repeatsOf(outline: Pick<FormOutline, 'children'>, above: readonly string[] = [], repeat = ''): readonly RepeatTarget[] {
  return outline.children.flatMap((node) => {
    if (node.kind === 'question') return []
    const steps = [...above, node.name]
    if (node.kind === 'group') return repeatsOf(node, steps, repeat)
    return [{ name: node.name, steps, repeat, node }, ...repeatsOf(node, steps, node.path)]
  })
}
