import type { Training, TrainingQuestion, TrainingUnit } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readUnique } from './read-list.ts'

/** Reads the training: at least one unit, each with questions that can be answered rightly. */
export function readTraining(root: Cursor): Training {
  root.onlyKeys(['course', 'version', 'title', 'units'])
  const list = root.need('units', 'a list of units with a lesson and questions')
  const units = readUnique(
    list,
    (unit: TrainingUnit) => unit.id,
    (item) => {
      item.onlyKeys(['id', 'label', 'passPercent', 'lesson', 'questions'])
      const questionList = item.need('questions', 'a list of questions')
      const questions = readUnique(questionList, (question: TrainingQuestion) => question.id, readQuestion)
      if (!questionList.isMissing && questions.length === 0)
        questionList.report('training-broken', 'A unit without questions can never be passed. Add at least one.')
      return {
        id: item.need('id', 'a short word').id(),
        label: item.need('label', 'what the unit is about').text(),
        passPercent: item.need('passPercent', 'how many per cent must be right').number(1, 100),
        lesson: item.need('lesson', 'a list of sentences').texts(),
        questions,
      }
    },
  )
  if (!list.isMissing && units.length === 0) list.report('training-broken', 'A training without units can never be passed. Add at least one.')
  const title = root.need('title', 'what the training is called').text()
  return { course: root.need('course', 'a short word').id(), version: root.need('version', 'such as "2025-06"').text(), title, units }
}

function readQuestion(item: Cursor): TrainingQuestion {
  item.onlyKeys(['id', 'text', 'choices', 'right', 'because'])
  const choices = readUnique(
    item.need('choices', 'a list of answers'),
    (choice: { id: string; text: string }) => choice.id,
    (choice) => {
      choice.onlyKeys(['id', 'text'])
      return { id: choice.need('id', 'a short word').id(), text: choice.need('text', 'the answer').text() }
    },
  )
  const rightPlace = item.need('right', 'the id of the right answer')
  const right = rightPlace.text()
  if (right !== '' && !choices.some((choice) => choice.id === right))
    rightPlace.report('training-broken', `There is no answer "${right}" to choose. Name one of: ${choices.map((choice) => choice.id).join(', ')}.`)
  return {
    id: item.need('id', 'a short word').id(),
    text: item.need('text', 'the question').text(),
    choices,
    right,
    because: item.need('because', 'why it is right').text(),
  }
}
