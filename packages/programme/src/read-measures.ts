// Which measures a programme uses and where its forms hold them. Answers and totals must fit the scale; the words of an item must be its own.
import { questionsOf, type FormOutline, type QuestionOutline } from '@attune/forms'
import { findScore, parseScale, type Scale } from '@attune/measures'
import { parse } from 'yaml'
import type { Cursor } from './cursor.ts'
import { nearest } from './cursor.ts'
import type { IssueSink } from './issue.ts'
import { measureDomains, type MeasureUse, type ProgrammeForm } from './programme.ts'
import { readUnique } from './read-list.ts'

export function readMeasures(
  root: Cursor,
  scales: ReadonlyMap<string, string>,
  forms: readonly ProgrammeForm[],
  issues: IssueSink,
): readonly MeasureUse[] {
  return readUnique(
    root,
    (use: MeasureUse | undefined) => (use === undefined ? '' : `${use.scale.id} in ${use.form}`),
    (item) => readMeasure(item, scales, forms, issues),
  ).filter((use) => use !== undefined)
}

function readMeasure(item: Cursor, scales: ReadonlyMap<string, string>, forms: readonly ProgrammeForm[], issues: IssueSink): MeasureUse | undefined {
  item.onlyKeys(['scale', 'form', 'domain', 'items', 'scores'])
  const scale = readScale(item.need('scale', 'the id of a measure'), scales, issues)
  const formPlace = item.need('form', 'the form_id of a form')
  const formId = formPlace.text()
  const form = forms.find((candidate) => candidate.id === formId)
  const domain = item.need('domain', measureDomains.join(' or ')).word(measureDomains)
  if (form === undefined && formId !== '')
    formPlace.report(
      'reference-unknown',
      `There is no form "${formId}" in this programme.${nearest(
        formId,
        forms.map((known) => known.id),
      )}`,
    )
  if (scale === undefined || form === undefined) return undefined
  const questions = new Map(questionsOf(form.outline).map((question) => [question.name, question]))
  const items = readItems(item, scale, form.outline, questions)
  const scores = readScores(item, scale, questions, Object.keys(items).length > 0)
  if (Object.keys(items).length + Object.keys(scores).length === 0)
    item.report('measure-item-wrong', `Nothing says where ${form.id} holds ${scale.name}. Write items: or scores:.`)
  return { scale, form: form.id, domain, items, scores }
}

function readScale(place: Cursor, scales: ReadonlyMap<string, string>, issues: IssueSink): Scale | undefined {
  const id = place.text()
  if (id === '') return undefined
  const text = scales.get(id)
  if (text === undefined) {
    place.report(
      'measure-unknown',
      `There is no measure "${id}".${nearest(id, [...scales.keys()])} Known are: ${[...scales.keys()].sort().join(', ')}.`,
    )
    return undefined
  }
  const file = `scales/${id}.yaml`
  const broken = (message: string) => issues.push({ file, line: 1, column: 1, code: 'scale-broken', message })
  try {
    const result = parseScale(parse(text, { maxAliasCount: 50 }))
    if ('scale' in result) return result.scale
    for (const issue of result.issues) broken(`${issue.path}: ${issue.message}`)
  } catch (error) {
    broken(`This is not valid YAML: ${error instanceof Error ? error.message : String(error)}`)
  }
  return undefined
}

function readItems(item: Cursor, scale: Scale, outline: FormOutline, questions: ReadonlyMap<string, QuestionOutline>): MeasureUse['items'] {
  const place = item.at('items')
  const items: { [item: string]: string } = {}
  for (const { key, value, place: keyPlace } of place?.entries() ?? []) {
    const name = value.text()
    items[key] = name
    const line = scale.items.find((candidate) => candidate.code === key)
    const question = questions.get(name)
    if (line === undefined)
      keyPlace.report('measure-item-wrong', `${scale.name} has no item "${key}". It has: ${scale.items.map((known) => known.code).join(', ')}.`)
    else if (question === undefined) value.report('question-unknown', `The form has no question "${name}".${nearest(name, [...questions.keys()])}`)
    else {
      const values = (outline.choices[question.list ?? ''] ?? []).map((choice) => choice.name)
      const options = line.options.length > 0 ? line.options.map((option) => String(option.value)) : undefined
      if (
        question.type !== 'select-one' ||
        (options !== undefined && (values.length !== options.length || options.some((option) => !values.includes(option))))
      ) {
        value.report(
          'measure-item-wrong',
          `"${name}" must be a choice of ${options?.join(', ') ?? `${line.min} to ${line.max}`}, as ${scale.name} is scored. It offers: ${values.join(', ')}.`,
        )
      }
      const words = question.label[outline.defaultLanguage]
      if (line.text !== undefined && words !== line.text)
        value.report('measure-wording-differs', `"${name}" must use the measure's own words, unchanged: “${line.text}”`)
    }
  }
  if (place !== undefined) {
    const missing = scale.items.filter((line) => line.scored && !Object.hasOwn(items, line.code)).map((line) => line.code)
    if (missing.length > 0) place.report('measure-item-wrong', `${scale.name} cannot be scored without ${missing.join(', ')}. Add their questions.`)
  }
  return items
}

function readScores(item: Cursor, scale: Scale, questions: ReadonlyMap<string, QuestionOutline>, hasItems: boolean): MeasureUse['scores'] {
  const scores: { [score: string]: string } = {}
  for (const { key, value, place: keyPlace } of item.at('scores')?.entries() ?? []) {
    const name = value.text()
    scores[key] = name
    const score = findScore(scale, key)
    const question = questions.get(name)
    if (score === undefined) keyPlace.report('measure-item-wrong', `${scale.name} has no score "${key}".`)
    else if (question === undefined) value.report('question-unknown', `The form has no question "${name}".${nearest(name, [...questions.keys()])}`)
    else if (hasItems && question.calculation === undefined)
      value.report(
        'measure-item-wrong',
        `"${name}" is typed in, but ${scale.name} is asked item by item. Let the form work it out: give it a calculation.`,
      )
    else if (!hasItems && !isRangeKept(question, score.min, score.max)) {
      value.report(
        'measure-item-wrong',
        `"${name}" must take whole numbers from ${score.min} to ${score.max} only. Give it the constraint . >= ${score.min} and . <= ${score.max}.`,
      )
    }
  }
  return scores
}

function isRangeKept(question: QuestionOutline, least: number, most: number): boolean {
  if (question.type === 'range') return Number(question.parameters['start']) === least && Number(question.parameters['end']) === most
  const constraint = (question.constraint ?? '').replace(/\s+/g, ' ').trim()
  return question.type === 'integer' && constraint === `. >= ${least} and . <= ${most}`
}
