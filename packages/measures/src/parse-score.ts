// Reads the total and the subscales of a scale definition and checks that they fit its items.
import type { FieldReader } from './field-reader.ts'
import { confidences, directions } from './scale.ts'
import type { BandTable, Caseness, Direction, MissingRule, ReliableChange, ScaleItem, Score } from './scale.ts'

type Surroundings = { readonly items: readonly ScaleItem[]; readonly direction: Direction; readonly scoreFactor: number; readonly isReady: boolean }

const scoreFields = [
  'id',
  'name',
  'items',
  'from',
  'combine',
  'missing',
  'roundTo',
  'min',
  'max',
  'direction',
  'bands',
  'caseness',
  'reliableChange',
  'conversion',
]

export function parseScores(read: FieldReader, around: Surroundings): { readonly total?: Score; readonly subscales: readonly Score[] } {
  const subscales = read.list('subscales').map((inner) => parseScore(inner, inner.text('id'), around))
  const total = read.has('total') ? parseScore(read.inner('total'), 'total', around) : undefined
  const ids = [...(total === undefined ? [] : [total.id]), ...subscales.map((score) => score.id)]
  if (ids.length === 0 && around.isReady) read.issue('total', 'a scale needs a total or at least one subscale')
  for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) read.issue('subscales', `the id "${id}" is used twice`)
  for (const part of total?.from ?? []) if (!subscales.some((score) => score.id === part)) read.issue('total.from', `there is no subscale "${part}"`)
  return total === undefined ? { subscales } : { total, subscales }
}

function parseScore(read: FieldReader, id: string, around: Surroundings): Score {
  read.onlyFields(scoreFields)
  const min = read.number('min')
  const max = read.number('max')
  if (min >= max) read.issue('min', 'the lowest score must be below the highest')
  const from = read.texts('from', [])
  const items =
    from.length > 0
      ? []
      : read.texts(
          'items',
          around.items.filter((item) => item.scored).map((item) => item.code),
        )
  for (const code of items) if (!around.items.some((item) => item.code === code)) read.issue('items', `there is no item "${code}"`)
  const combine = read.oneOf('combine', ['sum', 'mean'], 'sum')
  const scored = around.items.filter((item) => items.includes(item.code))
  if (scored.length > 0 && !read.has('conversion')) checkRange(read, scored, combine, min, max)
  const bandTable = parseBands(read, min, max)
  const direction = read.oneOf('direction', directions, around.direction)
  const caseness = parseCaseness(read, direction)
  const missing = parseMissing(read, from.length > 0 ? from.length : items.length)
  const conversion = parseConversion(read, scored)
  // A table knows whole raw totals only: what fewer answers add up to is another total.
  if (conversion !== undefined && missing.atLeast < Math.max(from.length, items.length))
    read.issue('missing', 'a score that is looked up in a table needs every answer: leave "missing" out')
  const roundTo = read.number('roundTo', 1 / around.scoreFactor)
  if (roundTo <= 0) read.issue('roundTo', 'write a number above 0')
  return {
    id,
    name: read.text('name'),
    items,
    from,
    combine,
    missing,
    roundTo,
    min,
    max,
    direction,
    scoreFactor: around.scoreFactor,
    ...(bandTable === undefined ? {} : { bandTable }),
    ...(caseness === undefined ? {} : { caseness }),
    reliableChange: read.list('reliableChange').map(parseReliableChange),
    ...(conversion === undefined ? {} : { conversion }),
  }
}

function checkRange(read: FieldReader, items: readonly ScaleItem[], combine: 'sum' | 'mean', min: number, max: number): void {
  const share = combine === 'mean' ? items.length : 1
  const lowest = items.reduce((sum, item) => sum + item.min, 0) / share
  const highest = items.reduce((sum, item) => sum + item.max, 0) / share
  if (lowest !== min || highest !== max) read.issue('min', `the items run from ${lowest} to ${highest}, but the range says ${min} to ${max}`)
}

function parseBands(read: FieldReader, min: number, max: number): BandTable | undefined {
  if (!read.has('bands')) return undefined
  const table = read.inner('bands')
  table.onlyFields(['list', 'confidence', 'source'])
  const bands = table.list('list').map((band) => ({ id: band.text('id'), label: band.text('label'), from: band.number('from') }))
  if (bands[0]?.from !== min) table.issue('list', `the first band must start at the lowest score, ${min}`)
  if (bands.some((band, index) => index > 0 && band.from <= (bands[index - 1]?.from ?? 0)))
    table.issue('list', 'bands must rise from one to the next')
  if (bands.some((band) => band.from > max)) table.issue('list', `no band may start above the highest score, ${max}`)
  return { bands, confidence: table.oneOf('confidence', confidences), source: table.text('source') }
}

function parseCaseness(read: FieldReader, direction: Direction): Caseness | undefined {
  if (!read.has('caseness')) return undefined
  const inner = read.inner('caseness')
  inner.onlyFields(['at', 'side', 'confidence', 'source'])
  const side = inner.oneOf('side', ['at-or-above', 'at-or-below'])
  if (side === (direction === 'higher' ? 'at-or-above' : direction === 'lower' ? 'at-or-below' : undefined))
    inner.issue('side', 'cases lie at the end that is worse, and the direction says that this end is better')
  return {
    at: inner.number('at'),
    side,
    confidence: inner.oneOf('confidence', confidences),
    source: inner.text('source'),
  }
}

function parseMissing(read: FieldReader, itemCount: number): MissingRule {
  if (!read.has('missing')) return { atLeast: itemCount, confidence: 'high' }
  const inner = read.inner('missing')
  inner.onlyFields(['atLeast', 'confidence', 'source'])
  const atLeast = inner.whole('atLeast')
  if (itemCount > 0 && (atLeast < 1 || atLeast > itemCount)) inner.issue('atLeast', `write a number from 1 to ${itemCount}`)
  const source = inner.optionalText('source')
  return { atLeast, confidence: inner.oneOf('confidence', confidences), ...(source === undefined ? {} : { source }) }
}

function parseReliableChange(read: FieldReader): ReliableChange {
  read.onlyFields(['points', 'rule', 'confidence', 'source', 'unrounded'])
  const points = read.number('points')
  if (points <= 0) read.issue('points', 'write a number above 0')
  return {
    points,
    rule: read.oneOf('rule', ['at-least', 'more-than'], 'at-least'),
    confidence: read.oneOf('confidence', confidences),
    source: read.text('source'),
    ...(read.has('unrounded') ? { unrounded: read.number('unrounded') } : {}),
  }
}

function parseConversion(read: FieldReader, scored: readonly ScaleItem[]): Readonly<Record<string, number>> | undefined {
  if (!read.has('conversion')) return undefined
  const entries = read.entries('conversion')
  for (const [raw, converted] of entries) if (typeof converted !== 'number') read.issue(`conversion.${raw}`, 'write a number')
  const known = new Set(entries.map(([raw]) => raw))
  const [lowest, highest] = [scored.reduce((sum, item) => sum + item.min, 0), scored.reduce((sum, item) => sum + item.max, 0)]
  for (let raw = lowest; scored.length > 0 && raw <= highest; raw += 1)
    if (!known.has(String(raw))) read.issue('conversion', `the table has no line for a raw total of ${raw}`)
  return Object.fromEntries(entries.map(([raw, converted]) => [raw, Number(converted)]))
}
