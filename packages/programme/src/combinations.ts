// Answers that are harmless one by one can point at one family together (DCS-120): an age group, a rare kind of support and a day are often
// enough in a small service. This counts how many different descriptions a form can give, and says which new questions multiply them.
// The idea of counting cells over quasi-identifiers: L. Sweeney, k-anonymity, 2002, https://doi.org/10.1142/S0218488502001648.
import { listFileOf, questionsOf, type FormFile, type FormOutline, type QuestionOutline } from '@attune/forms'
import type { FormIssue } from './form-issue.ts'

/** A day, a number or a place is counted as this many answers: enough that it alone singles people out. */
const openAnswers = 100

/** A form and, where choices come from files, how long those are. */
type Asking = { readonly outline: FormOutline; readonly files?: readonly FormFile[] }

/** Warnings for each question that a version adds and that describes the person: what it does to the number of combinations. */
export function findCombinations(before: Asking, after: Asking, ofMeasures: ReadonlySet<string>): readonly FormIssue[] {
  const known = new Map(describing(before.outline, ofMeasures).map((question) => [question.name, answersOf(question, before)]))
  const asked = describing(after.outline, ofMeasures)
  const all = asked.reduce((product, question) => product * answersOf(question, after), 1)
  return asked.flatMap((question) => {
    const answers = answersOf(question, after)
    const was = known.get(question.name) ?? 1
    if (answers <= was) return []
    const others = asked.filter((other) => other !== question).map((other) => other.name)
    const times = Math.round((answers / was) * 10) / 10
    return [
      {
        code: 'combination-singles-out',
        severity: 'warning',
        sheet: 'survey',
        row: question.row,
        message: `Together with ${others.slice(0, 4).join(', ')}${others.length > 4 ? ' and others' : ''}, "${question.name}" can describe ${showCount(all)} different kinds of family, ${times} times as many as without the change. In a small service each may fit one family only. Ask in wider groups, or leave the question out.`,
      } satisfies FormIssue,
    ]
  })
}

/** Questions that say something lasting about the person: coded answers, days and numbers outside measures. A question about a choice made today is one too. */
function describing(outline: FormOutline, ofMeasures: ReadonlySet<string>): readonly QuestionOutline[] {
  return questionsOf(outline).filter(
    (question) =>
      ['select-one', 'select-multiple', 'date', 'integer', 'decimal'].includes(question.type) &&
      question.calculation === undefined &&
      !ofMeasures.has(question.name),
  )
}

function answersOf(question: QuestionOutline, { outline, files = [] }: Asking): number {
  const file = listFileOf(question)
  const choices =
    file === undefined ? (outline.choices[question.list ?? ''] ?? []).length : (files.find(({ name }) => name === file)?.rows ?? openAnswers)
  if (question.type === 'select-one') return Math.max(1, choices)
  if (question.type === 'select-multiple') return 2 ** Math.min(30, choices)
  return openAnswers
}

function showCount(count: number): string {
  return count >= 1_000_000 ? 'more than a million' : String(Math.round(count))
}
