import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect, findingTypes } from './index.ts'

const words = (text: string, roster?: readonly string[]) =>
  detect(text, roster === undefined ? {} : { roster }).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`)

describe('the roster of the record', () => {
  it('a name the record holds is found with a slip of the pen, without its accents, and with another ending', () => {
    const roster = ['Saoirse Ní Bhriain', 'Wei']
    expect(words('saorise did well', roster)).toEqual(['PERSON saorise'])
    expect(words('Met Saoirsé and wei.', roster)).toEqual(['PERSON Saoirsé', 'PERSON wei'])
    expect(words('saoirses turn', roster)).toEqual(['PERSON saoirses'])
  })

  it('a name on the roster is surer than any other, a near one less so', () => {
    const [exact] = detect('Brambletta waved', { roster: ['Brambletta'] })
    const [near] = detect('Bramblettta waved', { roster: ['Brambletta'] })
    expect(exact?.confidence).toBe(0.99)
    expect(near).toMatchObject({ confidence: 0.85, because: 'nearly a name this record holds' })
    const typo = detect('with brambeltta today', { roster: ['Brambletta'] })
    expect(typo.map(({ because }) => because)).toEqual(['nearly a name this record holds'])
  })

  it('a name that is a word needs its capital, and titles and lone letters on a roster say nothing', () => {
    expect(words('we may try again', ['May'])).toEqual([])
    expect(words('May tried again', ['May'])).toEqual(['PERSON May'])
    expect(words('the plan of a mum', ['Mrs A', 'Mum'])).toEqual([])
  })
})

it('words of a service that look like names are left alone', () => {
  expect(words('The Kestrelle room was free.')).toEqual(['PERSON Kestrelle'])
  expect(detect('The Kestrelle room was free.', { serviceWords: ['Kestrelle'] })).toEqual([])
})

it('places are counted in UTF-16 code units, so that a screen can cut the text there', () => {
  const text = '🎈🎈 Ffion rang'
  const [found] = detect(text)
  expect([found?.start, found?.end, text.slice(found?.start, found?.end)]).toEqual([5, 10, 'Ffion'])
})

it('a school called after a saint is one finding, not a person in a school', () => {
  expect(words("Goes to St Anne's Catholic Primary.")).toEqual(["ORG St Anne's Catholic Primary"])
})

it('findings never overlap, stand in order, lie inside the text and have a known kind, whatever the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'Ffion',
      'Mrs',
      'LS1 4AP',
      '07700 900123',
      'St',
      "Mary's",
      'School',
      'DOB',
      '1/2/2019',
      '12',
      'Beech',
      'Road',
      '@',
      '.',
      ',',
      '-',
      '\n',
      'will',
      'May',
      'dob',
      'bipolar',
    ),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join(' ')
      let at = 0
      for (const { start, end, type, confidence, because } of detect(text)) {
        expect(start).toBeGreaterThanOrEqual(at)
        expect(end).toBeGreaterThan(start)
        expect(findingTypes).toContain(type)
        expect(confidence > 0 && confidence <= 1).toBe(true)
        expect(because.length).toBeGreaterThan(3)
        at = end
      }
      expect(at).toBeLessThanOrEqual(text.length)
    }),
    { seed: 20261127, numRuns: 300 },
  )
})

it('the reason given never repeats the words that were found', () => {
  const text = 'Spoke to Ffion Prydderch of Hillside Infant School, NHS 943 476 5919.'
  for (const { start, end, because } of detect(text)) expect(because.toLowerCase()).not.toContain(text.slice(start, end).toLowerCase())
})
