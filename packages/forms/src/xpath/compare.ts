import { isNodes, textToNumber, toBoolean, toNumber, toText, unknown, type LatestDay, type Value } from './values.ts'

type Truth = boolean | typeof unknown

/** XPath 1.0 section 3.4: a set of nodes compares true when any of its nodes does. */
export function compare(operator: string, left: Value, right: Value): Truth {
  if (left === unknown || right === unknown) return unknown
  if (isMoment(left) || isMoment(right)) return compareMoment(operator, left, right)
  if (operator === '=' || operator === '!=') return compareEquality(operator === '=', left, right)
  return someNumber(left, (a) => someNumber(right, (b) => order(operator, a, b)))
}

function compareEquality(equal: boolean, left: Value, right: Value): Truth {
  if (typeof left === 'boolean' || typeof right === 'boolean') return (toBoolean(left) === toBoolean(right)) === equal
  if (typeof left === 'number' || typeof right === 'number') return someNumber(left, (a) => someNumber(right, (b) => (a === b) === equal))
  return someText(left, (a) => someText(right, (b) => (a === b) === equal))
}

function someNumber(value: Value, test: (number: number) => boolean): boolean {
  if (isNodes(value)) return value.some((node) => test(textToNumber(node.text)))
  const number = toNumber(value)
  return number !== unknown && test(number)
}

function someText(value: Value, test: (text: string) => boolean): boolean {
  if (isNodes(value)) return value.some((node) => test(node.text))
  const text = toText(value)
  return text !== unknown && test(text)
}

function order(operator: string, a: number, b: number): boolean {
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

function isMoment(value: Value): value is LatestDay {
  return typeof value === 'object' && !isNodes(value)
}

/**
 * "Not after today" was true or false on the day the form was filled, which may be days before it is read. A day later than the
 * latest possible today breaks it for certain; everything else stays open.
 */
function compareMoment(operator: string, left: Value, right: Value): Truth {
  if (isMoment(right) && (operator === '<=' || operator === '<')) {
    const day = toNumber(left)
    return day !== unknown && day > right.latestDay ? false : unknown
  }
  if (isMoment(left) && (operator === '>=' || operator === '>')) {
    const day = toNumber(right)
    return day !== unknown && day > left.latestDay ? false : unknown
  }
  return unknown
}
