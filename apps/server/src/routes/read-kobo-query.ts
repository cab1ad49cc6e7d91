// The questions that Kobo's clients ask of data.json. What is not known is refused, so that nobody reads an answer to another question.
import { isDay } from '@attune/policy'
import { raise } from '../problems.ts'

type Names = { readonly sessionOn: string; readonly timePoint: string }
export type KoboFilter = {
  readonly from?: string
  readonly until?: string
  readonly timePoint?: string
  /** Received then or later. */
  readonly receivedFrom?: Date
  /** Received before then. */
  readonly receivedBefore?: Date
}
export type KoboQuery = {
  readonly start: number
  readonly limit: number
  readonly fields: readonly string[] | undefined
  readonly filter: KoboFilter
}

/** As many as a page holds: several clients read one page and no further. */
const usualPage = 1_000
const known = new Set(['format', 'start', 'limit', 'fields', 'query', 'sort'])

export function readKoboQuery(given: Readonly<Record<string, unknown>>, names: Names): KoboQuery {
  const unknown = Object.keys(given).find((name) => !known.has(name))
  if (unknown !== undefined) refuse(unknown, 'is not taken here')
  if (given['format'] !== undefined && given['format'] !== 'json') refuse('format', 'can only be json')
  const whole = (name: string, usual: number) => {
    const value = given[name]
    if (value === undefined) return usual
    return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : refuse(name, 'is a whole number')
  }
  const fields = parse(given, 'fields')
  if (fields !== undefined && !(Array.isArray(fields) && fields.every((field) => typeof field === 'string')))
    refuse('fields', 'is a JSON list of names')
  const sort = parse(given, 'sort')
  const [[by, way] = ['', 0], ...further] = typeof sort === 'object' && sort !== null ? Object.entries(sort) : []
  if (sort !== undefined && (plain(by) !== names.sessionOn || way !== -1 || further.length > 0))
    refuse('sort', `is by ${names.sessionOn}, the newest first`)
  return {
    start: whole('start', 0),
    limit: Math.max(1, whole('limit', usualPage)),
    fields: fields as string[] | undefined,
    filter: readKoboFilter(parse(given, 'query'), names),
  }
}

/**
 * `{"session_on": {"$gte": "2026-01-01", "$lte": "2026-06-30"}, "time_point": "after"}`, names with their groups or without, and
 * `{"_submission_time": {"$gt": "2026-01-01T12:00:00"}}`, by which scripts fetch what is new.
 */
export function readKoboFilter(query: unknown, { sessionOn, timePoint }: Names): KoboFilter {
  const filter: { from?: string; until?: string; timePoint?: string; receivedFrom?: Date; receivedBefore?: Date } = {}
  if (query === undefined) return filter
  if (typeof query !== 'object' || query === null || Array.isArray(query)) return refuse('query', 'is a JSON object')
  for (const [key, value] of Object.entries(query as Record<string, unknown>)) {
    if (plain(key) === timePoint && typeof value === 'string') filter.timePoint = value
    else if (plain(key) === sessionOn && isDay(value)) Object.assign(filter, { from: value, until: value })
    else if (plain(key) === sessionOn && typeof value === 'object' && value !== null)
      for (const [operator, day] of Object.entries(value)) {
        if (!isDay(day) || (operator !== '$gte' && operator !== '$lte')) refuse('query', `takes $gte and $lte with a day for ${sessionOn}`)
        filter[operator === '$gte' ? 'from' : 'until'] = day as string
      }
    else if (key === '_submission_time') Object.assign(filter, readReceived(value))
    else refuse('query', `takes ${sessionOn}, ${timePoint} and _submission_time`)
  }
  return filter
}

/** Times are told in whole seconds, so "later than" begins with the next one. Without a zone they are UTC, as in Kobo. */
function readReceived(value: unknown): { receivedFrom?: Date; receivedBefore?: Date } {
  const bounds: { receivedFrom?: Date; receivedBefore?: Date } = {}
  const second = 1_000
  for (const [operator, text] of Object.entries(typeof value === 'object' && value !== null ? value : { $eq: value })) {
    const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(String(text))
    const at = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2] ?? '00:00:00'}${parts[3] ?? 'Z'}`)
    if (Number.isNaN(at)) refuse('query', 'takes an ISO time for _submission_time')
    if (operator === '$gt') bounds.receivedFrom = new Date(at + second)
    else if (operator === '$gte') bounds.receivedFrom = new Date(at)
    else if (operator === '$lt') bounds.receivedBefore = new Date(at)
    else if (operator === '$lte') bounds.receivedBefore = new Date(at + second)
    else refuse('query', 'takes $gt, $gte, $lt and $lte for _submission_time')
  }
  return bounds
}

const plain = (key: string) => key.slice(key.lastIndexOf('/') + 1)

function parse(given: Readonly<Record<string, unknown>>, name: string): unknown {
  const text = given[name]
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(String(text)) as unknown
  } catch {
    return refuse(name, 'is not JSON')
  }
}

function refuse(name: string, why: string): never {
  return raise('request-invalid', { fields: [{ place: `/${name.slice(0, 40)}`, why }] })
}
