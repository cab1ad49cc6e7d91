import type { QuestionOutline, ValueType } from '../outline.ts'
import type { ShapeIssueCode } from './shape-issue.ts'
import type { QuestionPlan } from './plan.ts'

type Scalar = string | number | boolean | readonly string[]
export type ValueReading = { readonly value: Scalar } | { readonly problem: ShapeIssueCode }

const wrongType: ValueReading = { problem: 'wrong-type' }
const zone = '(?:Z|[+-]\\d{2}(?::?\\d{2})?)?'
const timePattern = new RegExp(`^([01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?${zone}$`)
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Reads the text of a question that is not blank. */
export function readValue(plan: QuestionPlan, text: string): ValueReading {
  const { question } = plan
  switch (question.type) {
    case 'select-one':
      return isChoice(plan, text) ? { value: text } : { problem: 'unknown-choice' }
    case 'select-multiple':
    case 'rank':
      return readChoices(plan, text)
    case 'acknowledge':
      return text === 'OK' ? { value: text } : wrongType
    case 'range':
      return readRange(question, text)
    default:
      return readScalar(question.valueType, text)
  }
}

function isChoice(plan: QuestionPlan, name: string): boolean {
  return plan.choices === undefined || plan.choices.has(name)
}

function readChoices(plan: QuestionPlan, text: string): ValueReading {
  const names = text.trim().split(/\s+/)
  if (!names.every((name) => isChoice(plan, name))) return { problem: 'unknown-choice' }
  if (new Set(names).size !== names.length) return { problem: 'repeated-choice' }
  return { value: names }
}

function readRange(question: QuestionOutline, text: string): ValueReading {
  const reading = readScalar(question.valueType, text)
  if ('problem' in reading || typeof reading.value !== 'number') return reading
  const [start, end] = [question.parameters['start'], question.parameters['end']].map((bound) => (bound === undefined ? Number.NaN : Number(bound)))
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) return reading
  const within = reading.value >= Math.min(start, end) && reading.value <= Math.max(start, end)
  return within && isOnStep(reading.value, start, question.parameters['step']) ? reading : { problem: 'out-of-range' }
}

function isOnStep(value: number, start: number, step: string | undefined): boolean {
  const size = Math.abs(Number(step ?? 'NaN'))
  if (Number.isNaN(size) || size === 0) return true
  const steps = (value - start) / size
  return Math.abs(steps - Math.round(steps)) < 1e-6
}

function readScalar(type: ValueType, text: string): ValueReading {
  switch (type) {
    case 'int': {
      const number = /^\s*-?\d{1,16}\s*$/.test(text) ? Number(text) : Number.NaN
      return Number.isSafeInteger(number) ? { value: number } : wrongType
    }
    case 'decimal': {
      const number = /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/.test(text) ? Number(text) : Number.NaN
      return Number.isFinite(number) ? { value: number } : wrongType
    }
    case 'boolean':
      return ['true', 'false', '1', '0'].includes(text) ? { value: text === 'true' || text === '1' } : wrongType
    case 'date':
      return isDay(text) ? { value: text } : wrongType
    case 'time':
      return timePattern.test(text) ? { value: text } : wrongType
    case 'dateTime': {
      const at = text.indexOf('T')
      return at > 0 && isDay(text.slice(0, at)) && timePattern.test(text.slice(at + 1)) ? { value: text } : wrongType
    }
    case 'binary':
      return isFileName(text) ? { value: text } : wrongType
    case 'geopoint':
      return isPoint(text) ? { value: text } : wrongType
    case 'geotrace':
    case 'geoshape':
      return text.split(';').every((point) => point.trim() === '' || isPoint(point)) ? { value: text } : wrongType
    case 'string':
    case 'barcode':
    case 'odk:rank':
      return { value: text }
  }
}

function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = datePattern.exec(text) ?? []
  if (year === '') return false
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
  const longest = month === '02' && !leap ? 28 : (monthDays[Number(month) - 1] ?? 0)
  return Number(day) >= 1 && Number(day) <= longest
}

/** A name, not a path: attachments are stored by it. */
function isFileName(text: string): boolean {
  return text.length <= 255 && !/[/\\\p{Cc}]/u.test(text) && text !== '.' && text !== '..'
}

// Phones write a number near 0, such as a longitude by Greenwich, as 5.0E-4.
function isPoint(text: string): boolean {
  const parts = text.trim().split(/\s+/)
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(part))) return false
  const [latitude, longitude] = parts.map(Number)
  return Math.abs(latitude ?? Number.NaN) <= 90 && Math.abs(longitude ?? Number.NaN) <= 180
}
