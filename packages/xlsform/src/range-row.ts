import { compareDecimals, findDecimal, isMultiple, isWhole, toAbsolute, toDifference, type Decimal } from './decimal.ts'
import type { ChoiceList } from './choices-sheet.ts'
import { checkParameterNames, toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'

type Scale = { readonly start: Decimal; readonly end: Decimal; readonly step: Decimal }
const defaults = { start: '1', end: '10', step: '1' }

/** A scale between two numbers. Compared as exact decimals, for 0.3 is a multiple of 0.1 to its author. */
export function checkRange(draft: QuestionDraft, context: SurveyContext): void {
  const place = toDraftPlace(draft, context, 'parameters')
  const { report } = context.issues
  checkParameterNames(draft, context, ['end', 'placeholder', 'start', 'step', 'tick_interval', 'tick_labelset'])
  const appearance = draft.control.get('appearance') ?? ''
  const marks = ['tick_interval', 'placeholder', 'tick_labelset'].filter((name) => draft.parameters.has(name))
  if (marks.length > 0 && appearance !== '' && !/vertical|no-ticks/.test(appearance))
    report('range-appearance', place, { names: marks.join(', '), appearance })
  for (const [name, value] of Object.entries(defaults)) if (!draft.parameters.has(name)) draft.parameters.set(name, value)
  const read = (name: string): Decimal | undefined => {
    const text = draft.parameters.get(name)
    const value = text === undefined ? undefined : findDecimal(text)
    if (text !== undefined && value === undefined) report('parameter-not-number', place, { name })
    return value
  }
  const [start, end, step] = [read('start'), read('end'), read('step')]
  const [interval, placeholder] = [read('tick_interval'), read('placeholder')]
  if (start === undefined || end === undefined || step === undefined) return
  const scale = { start, end, step }
  const wrong = toStepProblem(step, scale)
  if (wrong !== undefined) report(wrong, place, { name: 'step' })
  if (interval !== undefined) {
    const off = toStepProblem(interval, scale) ?? (step.digits !== 0n && !isMultiple(interval, step) ? 'range-not-multiple' : undefined)
    if (off !== undefined) report(off, place, { name: 'tick_interval' })
  }
  if (placeholder !== undefined && step.digits !== 0n) {
    if (!isMultiple(toDifference(placeholder, start), step)) report('range-not-multiple', place, { name: 'placeholder' })
    if (!isWithin(placeholder, scale)) report('range-outside', place, { name: 'placeholder' })
  }
  const labels = draft.parameters.get('tick_labelset')
  if (labels !== undefined) {
    const list = context.choices.lists.get(labels)
    if (list === undefined) report('range-labels-missing', place, { list: labels })
    else if (step.digits !== 0n && interval?.digits !== 0n) checkLabels(list, scale, interval, appearance.includes('no-ticks'), draft, context)
    draft.itemset = labels
  }
  if ([start, end, step, interval, placeholder].some((value) => value !== undefined && !isWhole(value))) draft.bind.set('type', 'decimal')
  writeAttributes(draft)
}

function toStepProblem(step: Decimal, { start, end }: Scale): 'range-zero' | 'range-too-large' | undefined {
  if (step.digits === 0n) return 'range-zero'
  return compareDecimals(step, toAbsolute(toDifference(end, start))) > 0 ? 'range-too-large' : undefined
}

function isWithin(value: Decimal, { start, end }: Scale): boolean {
  const [low, high] = compareDecimals(start, end) <= 0 ? [start, end] : [end, start]
  return compareDecimals(value, low) >= 0 && compareDecimals(value, high) <= 0
}

/** Labels stand at ticks, so each choice is named by the number it stands at. */
function checkLabels(
  list: ChoiceList,
  scale: Scale,
  interval: Decimal | undefined,
  noTicks: boolean,
  draft: QuestionDraft,
  context: SurveyContext,
): void {
  const place = toDraftPlace(draft, context, 'parameters')
  const { report } = context.issues
  const every = interval ?? scale.step
  const values: Decimal[] = []
  for (const { name } of list.choices) {
    const value = findDecimal(name)
    if (value === undefined) report('range-label-not-number', place, { list: list.name, name })
    else if (!isWithin(value, scale)) report('range-label-outside', place, { list: list.name, name })
    else if (!isMultiple(toDifference(value, scale.start), every))
      report('range-label-off-tick', place, { list: list.name, name, by: interval ? 'tick_interval' : 'step' })
    else values.push(value)
  }
  if (!noTicks || values.length < list.choices.length) return
  const atEnds = values.every((value) => compareDecimals(value, scale.start) === 0 || compareDecimals(value, scale.end) === 0)
  const hasBoth = [scale.start, scale.end].every((end) => values.some((value) => compareDecimals(value, end) === 0))
  if (!atEnds || !hasBoth) report('range-labels-without-ticks', place, { list: list.name })
}

const attributeNames: { readonly [parameter: string]: string } = { tick_interval: 'odk:tick-interval', placeholder: 'odk:placeholder' }

function writeAttributes(draft: QuestionDraft): void {
  for (const [name, value] of draft.parameters) if (name !== 'tick_labelset') draft.control.set(attributeNames[name] ?? name, value)
}
