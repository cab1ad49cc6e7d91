import type { ConformanceCase } from './conformance-case.ts'

// What the compiler refuses on purpose, with a reason the author reads. A case about it can neither pass nor fail.
const refused: readonly (readonly [RegExp, string])[] = [
  [/select[_ ]one[_ ]external/i, 'select_one_external (external_choices)'],
  [/begin[_ ]loop/i, 'loop'],
  [/\|\s*osm\b[^|]*\|/i, 'osm'],
  [/\|\s*public_key\s*\|/i, 'public_key'],
  [/\bsearch\(/i, 'search()'],
  [/\|\s*sms_|\|\s*(prefix|delimiter)\s*\|/i, 'sms'],
]

// Where we differ on purpose. Such a case counts as not passed; the reason stands beside it.
const differing: readonly (readonly [RegExp, string])[] = [
  [
    /instance\([^|]*<>/,
    'the recorded compiler escapes comparison signs twice in a lookup inside a label, which no player can read; ours writes them as they are',
  ],
  [
    /\|\s*type\s*\|\s*name\s*\|\s*media\s*\|/,
    'a question whose only words are a column that is ignored would be empty on the screen; ours asks for a label',
  ],
]

/** Why our answer to a case is another one on purpose; undefined where it is not. */
export function findDifferenceReason(one: ConformanceCase): string | undefined {
  return differing.find(([pattern]) => pattern.test(one.md))?.[1]
}

/** Why a case is outside of what the compiler accepts; undefined for all others. A form that must be refused anyway is in scope. */
export function findOutOfScope(one: ConformanceCase): string | undefined {
  return refused.find(([pattern]) => pattern.test(one.md))?.[1]
}
