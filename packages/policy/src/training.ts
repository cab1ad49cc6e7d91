// The training check: scored unit by unit, passed only when every unit is passed.
import type { Training } from './policy.ts'

export type TrainingScore = {
  readonly passed: boolean
  readonly units: readonly {
    readonly id: string
    readonly right: number
    readonly asked: number
    readonly passed: boolean
    readonly wrong: readonly string[]
  }[]
}

/** Scores the answers (question id to choice id) to a training. A question without an answer counts as wrong. */
export function scoreTraining(training: Training, answers: { readonly [question: string]: string }): TrainingScore {
  const units = training.units.map((unit) => {
    const wrong = unit.questions.filter((question) => answers[question.id] !== question.right).map((question) => question.id)
    const asked = unit.questions.length
    const right = asked - wrong.length
    return { id: unit.id, right, asked, passed: asked > 0 && right * 100 >= unit.passPercent * asked, wrong }
  })
  return { passed: units.length > 0 && units.every((unit) => unit.passed), units }
}

/** The training as a device may see it: without the answers. */
export function withoutAnswers(training: Training) {
  return {
    ...training,
    units: training.units.map((unit) => ({ ...unit, questions: unit.questions.map(({ id, text, choices }) => ({ id, text, choices })) })),
  }
}
