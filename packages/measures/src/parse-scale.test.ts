import { describe, expect, it } from 'vitest'
import { parseScale } from './index.ts'

const good = {
  id: 'made-up',
  name: 'Made up',
  version: '1',
  about: 'A made-up scale.',
  entry: 'totals',
  scoreFactor: 1,
  direction: 'lower',
  items: 3,
  options: [{ value: 0 }, { value: 1 }, { value: 2 }],
  total: { name: 'Total', min: 0, max: 6 },
  licence: { itemText: 'ask', terms: 'Ask.' },
  confidence: 'low',
  sources: ['nobody'],
}

const table = (without: readonly number[]) =>
  Object.fromEntries([0, 1, 2, 3, 4, 5, 6].filter((raw) => !without.includes(raw)).map((raw) => [String(raw), raw / 2]))

function issuesOf(value: unknown): readonly string[] {
  const result = parseScale(value)
  return 'issues' in result ? result.issues.map((issue) => issue.path) : []
}

describe('reading a scale definition', () => {
  it('a complete one is accepted', () => {
    const result = parseScale(good)
    expect('scale' in result && result.scale.items.map((item) => item.code)).toEqual(['q1', 'q2', 'q3'])
  })

  it.each<[string, unknown, readonly string[]]>([
    ['not a mapping', 'PHQ-9', ['']],
    ['an id with capitals', { ...good, id: 'Made Up' }, ['id']],
    ['an unknown field', { ...good, colour: 'red' }, ['colour']],
    ['a range that the items cannot reach', { ...good, total: { name: 'Total', min: 0, max: 9 } }, ['total.min']],
    ['a reversed item that is not there', { ...good, reverse: ['q9'] }, ['reverse']],
    ['no score at all', { ...good, total: undefined }, ['total']],
    ['wording under a licence that forbids it', { ...good, items: [{ code: 'q1', text: 'a' }, { code: 'q2' }, { code: 'q3' }] }, ['items']],
    ['entry by items without wording', { ...good, entry: 'items' }, ['items']],
    ['the same code twice', { ...good, items: [{ code: 'q1' }, { code: 'q1' }, { code: 'q2' }] }, ['items']],
    ['a total from a subscale that is not there', { ...good, total: { name: 'Total', min: 0, max: 6, from: ['other'] } }, ['total.from']],
    [
      'bands that do not start at the lowest score',
      { ...good, total: { ...good.total, bands: { confidence: 'low', source: 'x', list: [{ id: 'a', label: 'a', from: 1 }] } } },
      ['total.bands.list'],
    ],
    [
      'bands that fall',
      {
        ...good,
        total: {
          ...good.total,
          bands: {
            confidence: 'low',
            source: 'x',
            list: [
              { id: 'a', label: 'a', from: 0 },
              { id: 'b', label: 'b', from: 0 },
            ],
          },
        },
      },
      ['total.bands.list'],
    ],
    [
      'a threshold without a source',
      { ...good, total: { ...good.total, reliableChange: [{ points: 2, confidence: 'high' }] } },
      ['total.reliableChange[0].source'],
    ],
    [
      'a fact without a confidence',
      { ...good, total: { ...good.total, caseness: { at: 3, side: 'at-or-above', source: 'x' } } },
      ['total.caseness.confidence'],
    ],
    [
      'cases at the end that is better',
      { ...good, total: { ...good.total, caseness: { at: 3, side: 'at-or-below', confidence: 'low', source: 'x' } } },
      ['total.caseness.side'],
    ],
    ['a table that leaves a raw total out', { ...good, total: { ...good.total, conversion: table([3]) } }, ['total.conversion']],
    [
      'a table for totals of which answers may be missing',
      { ...good, total: { ...good.total, conversion: table([]), missing: { atLeast: 2, confidence: 'low' } } },
      ['total.missing'],
    ],
    ['a risk item that is not there', { ...good, risks: [{ item: 'q9', atLeast: 1, about: 'x' }] }, ['risks']],
    ['a scale factor of half', { ...good, scoreFactor: 0.5 }, ['scoreFactor', 'scoreFactor']],
  ])('%s is refused with the place of the mistake', (_about, value, paths) => {
    expect(issuesOf(value).slice(0, paths.length)).toEqual(paths)
  })

  it('all mistakes are told at once', () => {
    expect(issuesOf({ ...good, name: '', direction: 'up', confidence: 'sure' })).toEqual(['direction', 'name', 'confidence'])
  })
})
