// The quarterly audit of free text (DCS-053 to DCS-057): which quarter, until when, how many texts a person reads, and what stands in place of a
// name. A client's own name becomes the record's code; anybody else becomes a neutral word, because the code of a client is not theirs.
import { addDays } from './day.ts'
import type { Day } from './policy.ts'
import type { PolicyValues } from './values.ts'

export const findingCategories = [
  'client-name',
  'other-name',
  'contact',
  'date',
  'place',
  'special-category',
  'wrong-field',
  'missing-consent',
  'missing-training',
] as const
export type FindingCategory = (typeof findingCategories)[number]

const tokens = {
  client: { category: 'client-name', text: undefined },
  child: { category: 'other-name', text: '[the child]' },
  parent: { category: 'other-name', text: '[the parent]' },
  sibling: { category: 'other-name', text: '[a sibling]' },
  relative: { category: 'other-name', text: '[a relative]' },
  friend: { category: 'other-name', text: '[a friend]' },
  professional: { category: 'other-name', text: '[a professional]' },
  place: { category: 'place', text: '[a place]' },
  date: { category: 'date', text: '[a date]' },
  contact: { category: 'contact', text: '[contact details]' },
  detail: { category: 'special-category', text: '[a private detail]' },
} as const satisfies { readonly [id: string]: { readonly category: FindingCategory; readonly text: string | undefined } }

export type AuditTokenId = keyof typeof tokens
/** What a stretch of text may be replaced with: the client's code, or one of the neutral words. */
export const auditTokenIds = Object.keys(tokens) as readonly AuditTokenId[]

export function categoryOfToken(id: AuditTokenId): FindingCategory {
  return tokens[id].category
}

/** The neutral word in full; the client's code where the client is meant. */
export function textOfToken(id: AuditTokenId, clientCode: string): string {
  return tokens[id].text ?? clientCode
}

export type AuditSpan = { readonly start: number; readonly end: number; readonly as: AuditTokenId }

/** What is wrong with stretches that are to be replaced, in a sentence; `undefined` when they lie within the text, in order and apart. */
export function checkSpans(text: string, spans: readonly AuditSpan[]): string | undefined {
  if (spans.length === 0) return 'Mark what is to be replaced first.'
  let after = 0
  for (const { start, end } of spans) {
    if (start >= end || end > text.length) return 'A mark lies outside of the text.'
    if (start < after) return 'Two marks overlap, or they are not in the order of the text.'
    if (text.slice(start, end).trim() === '') return 'A mark holds no word.'
    after = end
  }
  return undefined
}

/** The text with each stretch replaced. */
export function replaceSpans(text: string, spans: readonly AuditSpan[], clientCode: string): string {
  let replaced = ''
  let after = 0
  for (const { start, end, as } of spans) {
    replaced += text.slice(after, start) + textOfToken(as, clientCode)
    after = end
  }
  return replaced + text.slice(after)
}

/** The calendar quarter of a day, such as "2025-Q3". */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** First day of a quarter and first day of the next one. */
export function daysOfQuarter(quarter: string): { readonly from: Day; readonly until: Day } {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))]
  const first = (q: number) => `${year + Math.floor((q - 1) / 4)}-${String(((q - 1) % 4) * 3 + 1).padStart(2, '0')}-01`
  return { from: first(number), until: first(number + 1) }
}

/** The quarter before a day's own: the last one that has ended. */
export function lastQuarterBefore(day: Day): string {
  return quarterOf(addDays(daysOfQuarter(quarterOf(day)).from, -1))
}

/** The last day on which the audit of a quarter is closed in time. */
export function auditDueOn(quarter: string, { auditDueDays }: Pick<PolicyValues, 'auditDueDays'>): Day {
  return addDays(daysOfQuarter(quarter).until, auditDueDays - 1)
}

/** How many of the texts that the detector found nothing in are read by a person all the same. */
export function auditSampleSize(unflagged: number, values: Pick<PolicyValues, 'auditSamplePercent' | 'auditSampleTextsMinimum'>): number {
  return Math.min(unflagged, Math.max(values.auditSampleTextsMinimum, Math.ceil((unflagged * values.auditSamplePercent) / 100)))
}
