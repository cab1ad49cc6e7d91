import type { FormOutline } from '../outline.ts'
import type { XmlElement } from '../xml-element.ts'
import { toBoolean } from '../xpath/values.ts'
import type { Answers, AnswerValue, SubmissionMeta } from './answers.ts'
import type { Evaluate, Surroundings } from './compile-expression.ts'
import { fillAbsent, toLive, type Live } from './live.ts'
import { getPlan, type ParentPlan, type QuestionPlan } from './plan.ts'
import { readMeta } from './read-meta.ts'
import { readValue } from './read-value.ts'
import { shapeMessages, type ShapeIssue, type ShapeIssueCode } from './shape-issue.ts'

export type SubmissionReading = {
  readonly answers: Answers
  readonly issues: readonly ShapeIssue[]
  readonly meta: SubmissionMeta
  /** File names that the answers refer to, in the order of the questions. */
  readonly attachments: readonly string[]
}

/** Enough to see what is wrong; a hostile submission must not buy a long answer with a long question. */
const mostIssues = 50

/**
 * Reads a submission against the outline of the form that it claims to be. Empty `issues` means: the form and version are the
 * outline's, nothing is there that the form does not ask, every relevant required question is answered, and each answer has the
 * kind, choices, range and constraint that the form states. Rules outside the supported part of XPath are not decided here; the
 * full engine replays every submission later. `latestDay` (YYYY-MM-DD) is the latest day it can be anywhere on earth now; with it
 * "not in the future" is checked too. Linear in the size of the submission.
 * @example readSubmission(outline, tree, { latestDay: '2026-11-23' }).issues // → [{ code: 'missing-answer', path: '/data/client_code', … }]
 */
export function readSubmission(outline: FormOutline, tree: XmlElement, options: { readonly latestDay?: string } = {}): SubmissionReading {
  const reading = new Reading(options.latestDay === undefined ? {} : { latestDay: Date.parse(`${options.latestDay}T00:00:00Z`) / 86_400_000 })
  const plan = getPlan(outline)
  if (tree.name !== outline.rootName) reading.add('wrong-root', '/')
  if (tree.attributes['id'] !== outline.formId) reading.add('wrong-form', plan.root.path)
  if ((tree.attributes['version'] ?? '') !== outline.version) reading.add('wrong-version', plan.root.path)
  const live = toLive(plan.root, undefined, tree, 1)
  const { meta, element } = readMeta(tree)
  if (meta.instanceId === '') reading.add('missing-instance-id', `${plan.root.path}/meta/instanceID`)
  if (reading.issues.length > 0) return { answers: {}, issues: reading.issues, meta, attachments: [] }
  reading.place(live, plan.root, tree, plan.root.path, element)
  const answers: { [question: string]: AnswerValue } = {}
  reading.read(live, plan.root, plan.root.path, true, answers)
  return { answers, issues: reading.issues, meta, attachments: reading.attachments }
}

const rootAttributes = new Set(['id', 'version', 'prefix', 'delimiter'])

class Reading {
  readonly issues: ShapeIssue[] = []
  readonly attachments: string[] = []
  #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  add(code: ShapeIssueCode, path: string): void {
    if (this.issues.length < mostIssues) this.issues.push({ code, path, message: shapeMessages[code] })
  }

  /** Puts each element where the outline expects it, and says which have no place. */
  place(live: Live, plan: ParentPlan, element: XmlElement, path: string, meta?: XmlElement): void {
    if (element.text !== '' && element.text.trim() !== '') this.add('stray-text', path)
    this.#checkAttributes(element, path, plan.parent === undefined ? rootAttributes : undefined)
    for (const child of element.children) {
      if (child === meta) continue
      const expected = plan.byName.get(child.name)
      if (expected === undefined) {
        this.add('unknown-element', path)
        continue
      }
      const present = live.children[expected.at]
      if (present !== undefined && expected.kind !== 'repeat') {
        this.add('repeated-element', expected.path)
        continue
      }
      const placed = toLive(expected, live, child, (present?.length ?? 0) + 1)
      if (present === undefined) live.children[expected.at] = [placed]
      else present.push(placed)
      if (expected.kind !== 'question') {
        this.place(placed, expected, child, expected.kind === 'repeat' ? `${path}/${expected.name}[${placed.position}]` : `${path}/${expected.name}`)
        continue
      }
      this.#checkAttributes(child, expected.path, undefined)
      if (child.children.length > 0) this.add('unknown-element', expected.path)
    }
    fillAbsent(live, plan)
  }

  /** `asked` is false when an ancestor is not relevant, and undefined when nobody here can tell. */
  read(live: Live, plan: ParentPlan, path: string, asked: boolean | undefined, answers: { [question: string]: AnswerValue }): void {
    for (const child of plan.children) {
      const instances = live.children[child.at] ?? []
      if (child.kind === 'question') {
        const [instance] = instances
        if (instance !== undefined)
          this.#readQuestion(instance, child, `${path}/${child.name}`, this.#isAsked(child.relevant, instance, asked), answers)
      } else if (child.kind === 'group') {
        const [instance] = instances
        if (instance !== undefined) this.read(instance, child, `${path}/${child.name}`, this.#isAsked(child.relevant, instance, asked), answers)
      } else {
        const rows = instances.map((instance) => {
          const row: { [question: string]: AnswerValue } = {}
          this.read(instance, child, `${path}/${child.name}[${instance.position}]`, this.#isAsked(child.relevant, instance, asked), row)
          return row
        })
        if (rows.length > 0) answers[child.answerKey] = rows
      }
    }
  }

  #readQuestion(live: Live, plan: QuestionPlan, path: string, asked: boolean | undefined, answers: { [question: string]: AnswerValue }): void {
    if (live.text === '') {
      const required = typeof plan.required === 'boolean' ? plan.required : toBoolean(plan.required(live, this.#around)) === true
      if (required && asked === true) this.add('missing-answer', path)
      return
    }
    if (asked === false) {
      this.add('answer-not-asked', path)
      return
    }
    const reading = readValue(plan, live.text)
    if ('problem' in reading) {
      this.add(reading.problem, path)
      return
    }
    if (!this.#mayChoose(live, plan, reading.value)) this.add('unknown-choice', path)
    if (plan.constraint !== undefined && toBoolean(plan.constraint(live, this.#around)) === false) this.add('constraint-broken', path)
    if (plan.question.valueType === 'binary') this.attachments.push(live.text)
    answers[plan.answerKey] = reading.value
  }

  #mayChoose(live: Live, plan: QuestionPlan, value: AnswerValue): boolean {
    const filter = plan.choiceFilter
    if (filter === undefined) return true
    const names = Array.isArray(value) ? value : [value]
    return names.every((name) => {
      const columns = filter.columns.get(String(name))
      return columns === undefined || toBoolean(filter.allowed(live, { ...this.#around, columns })) !== false
    })
  }

  #isAsked(relevant: Evaluate | undefined, live: Live, parent: boolean | undefined): boolean | undefined {
    if (relevant === undefined || parent === false) return parent
    const truth = toBoolean(relevant(live, this.#around))
    if (truth === false) return false
    return truth === true ? parent : undefined
  }

  #checkAttributes(element: XmlElement, path: string, allowed: ReadonlySet<string> | undefined): void {
    for (const name in element.attributes) {
      if (name.startsWith('xmlns') || name === 'jr:template') continue
      const local = name.slice(name.indexOf(':') + 1)
      if (allowed?.has(local) !== true) this.add('unknown-attribute', path)
    }
  }
}
