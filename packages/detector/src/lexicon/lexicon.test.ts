import { describe, expect, it } from 'vitest'
import { isNhsNumber } from '../detectors/nhs-number.ts'
import { fold } from '../tokens/fold.ts'
import { isOneSlipAway } from '../tokens/one-slip.ts'
import { getLexicon, makeLexicon } from './lexicon.ts'

describe('what is known of one word', () => {
  const lexicon = getLexicon()

  it.each(['aoife', 'siobhan', 'ffion', 'ieuan', 'gurpreet', 'abdirahman', 'hodan', 'temitope', 'agnieszka', 'kwabena', 'shanice', 'xiuying'])(
    '%s is a usual given name and no word',
    (name) => expect(lexicon.sense(name)).toMatchObject({ given: 2, isWord: false }),
  )

  it.each(['table', 'waited', 'stories', 'kindness', 'teething', 'unsettled', 'takeaway', 'recordings', 'teethin'])(
    '%s is a word and no name',
    (word) => expect(lexicon.sense(word)).toMatchObject({ given: 0, isWord: true }),
  )

  it.each([
    ['may', 2],
    ['violet', 2],
    ['gill', 1],
    ['table', 0],
  ] as const)('%s: a name that is a word, %i', (word, level) => expect(lexicon.sense(word).nameWord).toBe(level))

  it.each(['cafcass', 'ofsted', 'peppa', 'tesco', 'makaton'])('%s is nobody', (word) => expect(lexicon.sense(word).isNobody).toBe(true))

  it('names taken out of the lists are in none of them', () => {
    const without = makeLexicon(new Set(['ffion', 'may'])).sense('ffion')
    expect(without).toMatchObject({ given: 0, isFamily: false, nameWord: 0, isWord: false })
    expect(without.shape).toBeGreaterThan(0)
  })
})

it.each([
  ['Róisín', 'roisin'],
  ['Małgorzata', 'małgorzata'.replace('ł', 'l')],
  ['Ægir’s', "aegir's"],
  ['ŁÓDŹ', 'lodz'],
])('%s folds to %s', (written, folded) => expect(fold(written)).toBe(folded))

it.each([
  ['saoirse', 'saorise', true],
  ['mohamed', 'mohammed', true],
  ['aisha', 'aysha', true],
  ['aisha', 'aysah', false],
  ['ffion', 'ffio', true],
  ['ffion', 'fiona', false],
])('%s and %s are one slip apart: %s', (a, b, is) => expect(isOneSlipAway(a, b)).toBe(is))

it.each([
  ['9434765919', true],
  ['9434765918', false],
  ['4010232137', true],
  ['0000000000', false],
  ['943476591', false],
])('%s passes as an NHS number: %s', (digits, is) => expect(isNhsNumber(digits)).toBe(is))
