// Where a person could be named by accident: the questions that the policy marks (DCS-047), and their answers in one record.
import type { Answers } from '@attune/forms'
import { questionsOf } from '@attune/forms'
import type { Policy } from '@attune/policy'
import type { ProgrammeForm } from '@attune/programme'

/** Names of the marked questions of a form version, the service's own included. */
export function riskQuestions(policy: Policy, form: Pick<ProgrammeForm, 'id' | 'additions'>): readonly string[] {
  const declared = [...policy.fields.filter((field) => field.form === form.id), ...(form.additions?.fields ?? [])]
  return [...new Set(declared.filter((field) => field.disclosureRisk).map((field) => field.name))]
}

/** The words given to each marked question. Answers of a question that is asked several times are told apart as "note", "note#2". */
export function collectTexts(answers: Answers, questions: readonly string[]): { readonly question: string; readonly text: string }[] {
  const asked = new Map<string, number>()
  const found: { question: string; text: string }[] = []
  visit(answers, (name, text) => {
    if (!questions.includes(name)) return
    const times = (asked.get(name) ?? 0) + 1
    asked.set(name, times)
    found.push({ question: times === 1 ? name : `${name}#${times}`, text })
  })
  return found
}

function visit(answers: Answers, tell: (question: string, text: string) => void): void {
  for (const [key, value] of Object.entries(answers)) {
    if (typeof value === 'string') {
      if (value.trim() !== '') tell(key.slice(key.lastIndexOf('/') + 1), value)
    } else if (Array.isArray(value)) {
      for (const row of value) if (typeof row === 'object') visit(row, tell)
    }
  }
}

/** What was asked, in words. */
export function labelOfQuestion(form: ProgrammeForm | undefined, question: string): string {
  const [asked] = question.split('#')
  const label = form && questionsOf(form.outline).find(({ name }) => name === asked)?.label
  return (label && Object.values(label)[0]) || question
}
