import { RE2JS } from 're2js'
import { isNodes, textToNumber, toBoolean, toNumber, toText, unknown, type Value } from './values.ts'

// The functions that forms lean on, from the ODK XForms specification (https://getodk.github.io/xforms-spec/#xpath-functions).
// A function missing here is not an error: its result is unknown, and the full engine has the last word.

type Known = Exclude<Value, typeof unknown>
type XPathFunction = (args: readonly Known[]) => Value

/**
 * An author's pattern runs in an engine whose time is linear in what was sent: no pattern can keep the server busy (ASVS 1.2.9). What that engine
 * does not read (look-around, back-references, very long repetitions) is left to the form engine, which runs in a thread that can be ended.
 */
const patterns = new Map<string, RE2JS | undefined>()
/** Forms come and go with services; what is kept of their patterns stays small. */
const mostPatterns = 1_000

const text = (value: Known | undefined): string => (value === undefined ? '' : String(toText(value)))
const number = (value: Known | undefined): number => (value === undefined ? Number.NaN : Number(toNumber(value)))
const words = (value: Known | undefined): string[] =>
  text(value)
    .split(/\s+/)
    .filter((word) => word !== '')
const texts = (args: readonly Known[]): string[] => args.flatMap((value) => (isNodes(value) ? value.map((node) => node.text) : [text(value)]))
const numbers = (args: readonly Known[]): number[] => texts(args).map(textToNumber)

export const functions: { readonly [name: string]: XPathFunction } = {
  true: () => true,
  false: () => false,
  not: ([value]) => !truth(value),
  boolean: ([value]) => truth(value),
  'boolean-from-string': ([value]) => ['1', 'true'].includes(text(value).toLowerCase()),
  string: ([value]) => text(value),
  number: ([value]) => number(value),
  int: ([value]) => Math.trunc(number(value)),
  floor: ([value]) => Math.floor(number(value)),
  ceiling: ([value]) => Math.ceil(number(value)),
  abs: ([value]) => Math.abs(number(value)),
  pow: ([value, power]) => number(value) ** number(power),
  round: ([value, places]) => round(number(value), places === undefined ? 0 : number(places)),
  concat: (args) => texts(args).join(''),
  join: ([separator, ...rest]) => texts(rest).join(text(separator)),
  contains: ([value, part]) => text(value).includes(text(part)),
  'starts-with': ([value, part]) => text(value).startsWith(text(part)),
  'ends-with': ([value, part]) => text(value).endsWith(text(part)),
  'string-length': ([value]) => lengthOf(text(value)),
  'normalize-space': ([value]) => words(value).join(' '),
  substr: ([value, from, to]) => text(value).slice(number(from), to === undefined ? undefined : number(to)),
  'substring-before': ([value, part]) => text(value).slice(0, Math.max(0, text(value).indexOf(text(part)))),
  'substring-after': ([value, part]) =>
    text(value).includes(text(part)) ? text(value).slice(text(value).indexOf(text(part)) + text(part).length) : '',
  count: ([value]) => (value !== undefined && isNodes(value) ? value.length : unknown),
  'count-non-empty': ([value]) => (value !== undefined && isNodes(value) ? value.filter((node) => node.text !== '').length : unknown),
  sum: (args) => settle(numbers(args), (values) => values.reduce((total, value) => total + value, 0)),
  min: (args) => settle(numbers(args), (values) => Math.min(...values)),
  max: (args) => settle(numbers(args), (values) => Math.max(...values)),
  selected: ([value, name]) => words(value).includes(text(name).trim()),
  'count-selected': ([value]) => words(value).length,
  'selected-at': ([value, index]) => words(value)[number(index)] ?? '',
  coalesce: (args) => (args.length === 2 ? text(args[0]) || text(args[1]) : unknown),
  once: () => unknown,
  regex: ([value, pattern]) => matches(text(value), text(pattern)),
  date: ([value]) => value ?? unknown,
}

/** Phones and browsers count a sign beyond U+FFFF as two, XPath as one: only where both agree is the length certain. */
function lengthOf(value: string): Value {
  return [...value].length === value.length ? value.length : unknown
}

const truth = (value: Known | undefined): boolean => value !== undefined && toBoolean(value) === true

/** Engines differ on blanks among the numbers (skip, or not a number), so such a result is left open. */
function settle(values: readonly number[], combine: (values: readonly number[]) => number): Value {
  return values.length === 0 || values.some(Number.isNaN) ? unknown : combine(values)
}

function round(value: number, places: number): number {
  const scale = 10 ** places
  return (Math.round(Math.abs(value) * scale) / scale) * Math.sign(value)
}

/** JavaRosa matches the whole answer, other engines any part of it: only where both agree is the result certain. */
function matches(value: string, pattern: string): boolean | typeof unknown {
  if (!patterns.has(pattern)) {
    if (patterns.size >= mostPatterns) patterns.clear()
    patterns.set(pattern, toPattern(pattern))
  }
  const found = patterns.get(pattern)
  if (found === undefined) return unknown
  if (!found.test(value)) return false
  return found.testExact(value) ? true : unknown
}

function toPattern(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return undefined
  }
}
