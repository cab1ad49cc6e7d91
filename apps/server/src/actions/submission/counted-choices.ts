// Which coded answers reports count: those of the lists whose field in the policy serves the purpose "report".
import { questionsOf, type Answers } from '@attune/forms'
import type { ClientRecordForm, Programme, ProgrammeForm } from '@attune/programme'

const countedByForm = new WeakMap<ProgrammeForm, readonly string[]>()

/** The questions of a form whose choices are counted. */
export function countedQuestions({ policy }: Pick<Programme, 'policy'>, form: ProgrammeForm): readonly string[] {
  let counted = countedByForm.get(form)
  if (counted === undefined) {
    const reported = new Set(policy.fields.filter((field) => field.form === form.id && field.purposes.includes('report')).map((field) => field.name))
    counted = questionsOf(form.outline)
      .filter((question) => question.type === 'select-multiple' && reported.has(question.name))
      .map((question) => question.name)
    countedByForm.set(form, counted)
  }
  return counted
}

/** "question/choice" for every counted choice that was made. How a session was held and which other support there is go by fixed names, by which sums are cut. */
export function toCountedChoices(counted: readonly string[], questions: ClientRecordForm['questions'], answers: Answers): string[] {
  const named = (name: string, question: string) => {
    const chosen = answers[question]
    const choices = typeof chosen === 'string' ? [chosen] : Array.isArray(chosen) ? (chosen as readonly string[]) : []
    return choices.filter((choice) => choice !== '').map((choice) => `${name}/${choice}`)
  }
  const { sessionMode, otherSupport } = questions
  return [
    ...named('mode', sessionMode),
    ...named('support', otherSupport),
    ...counted.filter((question) => question !== otherSupport).flatMap((question) => named(question, question)),
  ]
}
