// Reads one scale definition (already parsed YAML or JSON) into a checked Scale, or says everything that is wrong with it.
import { FieldReader } from './field-reader.ts'
import type { ScaleIssue } from './field-reader.ts'
import { parseScores } from './parse-score.ts'
import { confidences, directions, itemTextRules, scaleEntries } from './scale.ts'
import type { RiskItem, Scale, ScaleItem, ScaleOption } from './scale.ts'

export type { ScaleIssue } from './field-reader.ts'

const scaleFields = [
  'id',
  'name',
  'version',
  'about',
  'entry',
  'stem',
  'items',
  'options',
  'reverse',
  'scoreFactor',
  'direction',
  'missing',
  'total',
  'subscales',
  'risks',
  'licence',
  'confidence',
  'confidenceNote',
  'sources',
  'cautions',
  'facts',
  'notReady',
]

/**
 * Checks a scale definition and fills in what follows from it.
 * Returns the scale, or every issue found, each with the path of the field and what to write instead.
 */
export function parseScale(value: unknown): { readonly scale: Scale } | { readonly issues: readonly ScaleIssue[] } {
  const issues: ScaleIssue[] = []
  const read = new FieldReader(value, '', issues)
  read.onlyFields(scaleFields)
  const id = read.text('id')
  if (id !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) read.issue('id', 'write small letters, digits and single hyphens')
  const entry = read.oneOf('entry', scaleEntries)
  const licenceReader = read.inner('licence')
  licenceReader.onlyFields(['itemText', 'terms', 'attribution'])
  const itemText = licenceReader.oneOf('itemText', itemTextRules)
  const options = parseOptions(read, 'options')
  const items = parseItems(read, options)
  if (itemText !== 'ship' && itemText !== 'ship-unmodified' && items.some((item) => item.text !== undefined)) {
    read.issue('items', `the licence class is "${itemText}", so item wording may not be kept here; load it as an item pack`)
  }
  if (entry === 'items' && items.length === 0) read.issue('items', 'list the items, or set entry to "totals"')
  if (entry === 'items' && items.some((item) => item.text === undefined)) read.issue('items', 'entry is "items", so every item needs its wording')
  const direction = read.oneOf('direction', directions)
  const scoreFactor = read.whole('scoreFactor', 1)
  if (scoreFactor < 1) read.issue('scoreFactor', 'write a whole number of 1 or more')
  const notReady = read.optionalText('notReady')
  const scores = parseScores(read, { items, direction, scoreFactor, isReady: notReady === undefined })
  const risks = read.list('risks').map((risk): RiskItem => ({ item: risk.text('item'), atLeast: risk.number('atLeast'), about: risk.text('about') }))
  for (const risk of risks)
    if (items.length > 0 && !items.some((item) => item.code === risk.item)) read.issue('risks', `there is no item "${risk.item}"`)
  const stem = read.optionalText('stem')
  const attribution = licenceReader.optionalText('attribution')
  const confidenceNote = read.optionalText('confidenceNote')
  const scale: Scale = {
    id,
    name: read.text('name'),
    version: read.text('version'),
    about: read.text('about'),
    entry,
    ...(stem === undefined ? {} : { stem }),
    items,
    options,
    scoreFactor,
    direction,
    ...scores,
    risks,
    ...(notReady === undefined ? {} : { notReady }),
    licence: { itemText, terms: licenceReader.text('terms'), ...(attribution === undefined ? {} : { attribution }) },
    confidence: read.oneOf('confidence', confidences),
    ...(confidenceNote === undefined ? {} : { confidenceNote }),
    sources: read.texts('sources'),
    cautions: read.texts('cautions', []),
  }
  if (scale.sources.length === 0) read.issue('sources', 'name at least one source')
  return issues.length > 0 ? { issues } : { scale }
}

function parseOptions(read: FieldReader, field: string): readonly ScaleOption[] {
  return read.list(field).map((option) => {
    option.onlyFields(['value', 'label'])
    const label = option.optionalText('label')
    return { value: option.number('value'), ...(label === undefined ? {} : { label }) }
  })
}

function parseItems(read: FieldReader, options: readonly ScaleOption[]): readonly ScaleItem[] {
  const reverse = read.texts('reverse', [])
  const items =
    read.has('items') && typeof read.value('items') === 'number'
      ? countedItems(read, options, reverse)
      : read.list('items').map((item): ScaleItem => {
          item.onlyFields(['code', 'text', 'min', 'max', 'options', 'scored'])
          const own = parseOptions(item, 'options')
          const values = (own.length > 0 ? own : options).map((option) => option.value)
          const text = item.optionalText('text')
          const code = item.text('code')
          const min = item.number('min', values.length > 0 ? Math.min(...values) : undefined)
          const max = item.number('max', values.length > 0 ? Math.max(...values) : undefined)
          if (min >= max) item.issue('min', 'the lowest answer must be below the highest')
          return {
            code,
            ...(text === undefined ? {} : { text }),
            min,
            max,
            reversed: reverse.includes(code),
            scored: item.flag('scored', true),
            options: own.length > 0 ? own : options,
          }
        })
  const codes = items.map((item) => item.code)
  for (const code of codes.filter((code, index) => codes.indexOf(code) !== index)) read.issue('items', `the code "${code}" is used twice`)
  for (const code of reverse) if (!codes.includes(code)) read.issue('reverse', `there is no item "${code}"`)
  return items
}

// `items: 25` stands for q1 to q25: enough for a scale whose wording is not kept here.
function countedItems(read: FieldReader, options: readonly ScaleOption[], reverse: readonly string[]): readonly ScaleItem[] {
  const values = options.map((option) => option.value)
  if (values.length < 2) read.issue('options', 'list at least two answer options')
  const [min, max] = [Math.min(...values), Math.max(...values)]
  return Array.from({ length: read.whole('items') }, (_, i) => {
    const code = `q${i + 1}`
    return { code, min, max, reversed: reverse.includes(code), scored: true, options }
  })
}
