// The functions the form engine knows, with how many arguments each takes: ODK XForms specification (XPath functions) as implemented by
// @getodk/xforms-engine 0.22.0. A call of any other, or with other arguments, stops the whole form when it is opened.

const any = Number.POSITIVE_INFINITY

type Count = number | readonly [number, number]

// prettier-ignore
const counts: { readonly [name: string]: Count } = {
  // XPath 1.0
  boolean: 1, ceiling: 1, concat: [0, any], contains: 2, count: 1, current: 0, false: 0, floor: 1, id: 1, lang: 1, last: 0, 'local-name': [0, 1],
  name: [0, 1], 'namespace-uri': [0, 1], 'normalize-space': [0, 1], not: 1, number: [0, 1], position: [0, 1], 'starts-with': 2, string: [0, 1],
  'string-length': [0, 1], substring: [2, 3], 'substring-after': 2, 'substring-before': 2, sum: 1, translate: 3, true: 0,
  // choices
  selected: 2, 'selected-at': 2, 'count-selected': 1, 'jr:choice-name': 2, 'choice-name': 2, 'jr:itext': 1, itext: 1, randomize: [1, 2],
  // repeats and lookups
  'count-non-empty': 1, 'indexed-repeat': [3, 7], instance: 1, pulldata: 4, once: 1,
  // text
  'base64-decode': 1, coalesce: 2, digest: [2, 3], 'ends-with': 2, join: [1, any], regex: 2, substr: [2, 3], uuid: [0, 1], if: 3,
  'boolean-from-string': 1, checklist: [2, any], 'weighted-checklist': [2, any],
  // numbers
  abs: 1, acos: 1, asin: 1, atan: 1, atan2: 2, cos: 1, exp: 1, exp10: 1, int: 1, log: 1, log10: 1, max: [0, any], min: [0, any], pi: 0, pow: 2, random: 0,
  round: [1, 2], sin: 1, sqrt: 1, tan: 1,
  // days, times and places
  date: 1, 'date-time': 1, 'decimal-date-time': 1, 'decimal-time': 1, 'format-date': 2, 'format-date-time': 2, now: 0, today: 0, area: 1, distance: [1, any],
  geofence: 2,
}

/** [fewest, most] arguments of a function; undefined if there is no such function. */
export function findArgumentCount(name: string): readonly [number, number] | undefined {
  const count = Object.hasOwn(counts, name) ? counts[name] : undefined
  return typeof count === 'number' ? [count, count] : count
}
