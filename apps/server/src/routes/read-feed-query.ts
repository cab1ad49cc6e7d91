// The system query options of OData 4.0 that the feed takes. What it does not know it refuses, so that nobody reads an answer to another question.
import { isDay } from '@attune/policy'
import type { FeedQuery } from '../actions/record/read-feed.ts'
import { raise } from '../problems.ts'

export type FeedOptions = { readonly query: FeedQuery; readonly select: readonly string[] | undefined }
type Names = { readonly sessionOn: string; readonly timePoint: string }

const known = new Set(['$top', '$skip', '$count', '$select', '$filter', '$skiptoken', '$format'])

export function readFeedQuery(given: Readonly<Record<string, unknown>>, names: Names, properties: readonly string[]): FeedOptions {
  const of = (option: string) => {
    const value = given[option]
    if (value === undefined) return undefined
    return typeof value === 'string' ? value.trim() : refuse(option, 'is given twice')
  }
  for (const option of Object.keys(given)) if (!known.has(option)) refuse(option, 'is not taken by this feed')
  const format = of('$format')
  if (format !== undefined && !/^(application\/)?json(;|$)/.test(format)) refuse('$format', 'can only be json')
  const count = of('$count')
  if (count !== undefined && count !== 'true' && count !== 'false') refuse('$count', 'is true or false')
  const [top, skip] = ['$top', '$skip'].map((option) => {
    const value = of(option)
    return value === undefined ? undefined : /^\d{1,9}$/.test(value) ? Number(value) : refuse(option, 'is a whole number')
  })
  const after = of('$skiptoken')
  const select = of('$select')
    ?.split(',')
    .map((name) => name.trim())
  const wrong = select?.find((name) => name !== '*' && !properties.includes(name))
  if (wrong !== undefined) refuse('$select', 'names a property that there is not')
  return {
    query: {
      format: 'odata',
      ...readFilter(of('$filter'), names),
      ...(top !== undefined && { top }),
      ...(skip !== undefined && { skip }),
      ...(after !== undefined && { after }),
      count: count === 'true',
    },
    select: select === undefined || select.includes('*') ? undefined : select,
  }
}

/** `session_on ge 2026-01-01 and session_on lt 2026-07-01 and time_point eq 'after'`, in any order, each part in brackets or not. */
function readFilter(filter: string | undefined, names: Names): Pick<FeedQuery, 'from' | 'until' | 'timePoint'> {
  const found: { from?: string; until?: string; timePoint?: string } = {}
  if (filter === undefined) return found
  for (const part of filter.replaceAll(/[()]/g, ' ').split(/\s+and\s+/)) {
    const [, name, operator, value] = /^\s*(\w+)\s+(eq|ge|gt|le|lt)\s+('[^']*'|[\d-]+)\s*$/.exec(part) ?? []
    if (name === names.timePoint && operator === 'eq' && value!.startsWith("'")) {
      const asked = value!.slice(1, -1)
      if (found.timePoint !== undefined && found.timePoint !== asked) refuse('$filter', 'asks for two time points at once')
      found.timePoint = asked
    } else if (name === names.sessionOn && isDay(value)) {
      const from = operator === 'gt' ? nextDay(value, 1) : operator === 'ge' || operator === 'eq' ? value : undefined
      const until = operator === 'lt' ? nextDay(value, -1) : operator === 'le' || operator === 'eq' ? value : undefined
      if (from !== undefined && (found.from === undefined || from > found.from)) found.from = from
      if (until !== undefined && (found.until === undefined || until < found.until)) found.until = until
    } else refuse('$filter', `takes ${names.sessionOn} (eq, ge, gt, le, lt) and ${names.timePoint} (eq), joined by and`)
  }
  return found
}

function nextDay(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + by)
  return date.toISOString().slice(0, 10)
}

function refuse(option: string, why: string): never {
  return raise('request-invalid', { fields: [{ place: `/${option.slice(0, 40)}`, why }] })
}
