// XPath 1.0 values with two additions: `unknown` (only the full engine can say) and a moment of which nothing but the latest
// possible day is known, because a form is filled before it arrives.

/** One node of the filled form: a group, a repeat instance or a question. Questions carry text; an absent question's text is "". */
export type LiveNode = {
  readonly text: string
  /** 1 for anything but the later instances of a repeat. */
  readonly position: number
}

export const unknown = Symbol('unknown')
export type LatestDay = { readonly latestDay: number }
export type Value = string | number | boolean | readonly LiveNode[] | LatestDay | typeof unknown

export function isNodes(value: Value): value is readonly LiveNode[] {
  return Array.isArray(value)
}

export function toText(value: Value): string | typeof unknown {
  if (typeof value === 'string') return value
  if (value === unknown) return unknown
  if (isNodes(value)) return value[0]?.text ?? ''
  if (typeof value === 'number') return numberToText(value)
  return typeof value === 'boolean' ? String(value) : unknown
}

export function toNumber(value: Value): number | typeof unknown {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = toText(value)
  return text === unknown ? unknown : textToNumber(text)
}

export function toBoolean(value: Value): boolean | typeof unknown {
  if (typeof value === 'boolean') return value
  if (value === unknown) return unknown
  if (typeof value === 'string') return value !== ''
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value)
  return isNodes(value) ? value.length > 0 : unknown
}

export function textToNumber(text: string): number {
  const trimmed = text.trim()
  if (/^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(trimmed)) return Number(trimmed)
  return toDays(trimmed)
}

function numberToText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return Object.is(value, -0) ? '0' : String(value)
}

/** ODK counts a date as days since 1970-01-01. A time of day needs a zone that a bare date lacks, so it stays with the engine (NaN). */
function toDays(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return Number.NaN
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000
}
