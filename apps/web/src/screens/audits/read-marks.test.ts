import { describe, expect, it } from 'vitest'
import { isComplete, markAt, nameMark, previewText, toggleWord, toMarks, toPieces } from './read-marks.ts'

const text = 'Ana Bell’s mum rang ana@example.org on 3/4/2025, twice.'
const pieces = toPieces(text)
const word = (words: string) => pieces.find((piece) => piece.text === words)!

describe('the pieces of a text', () => {
  it('are its words and what lies between, and nothing is lost', () => {
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter((piece) => piece.isWord).map((piece) => piece.text)).toEqual([
      'Ana',
      'Bell’s',
      'mum',
      'rang',
      'ana@example.org',
      'on',
      '3',
      '4',
      '2025',
      'twice',
    ])
    expect(toPieces('')).toEqual([])
  })
})

describe('marks', () => {
  const found = toMarks([
    { start: 0, end: 3, kind: 'PERSON' },
    { start: 20, end: 35, kind: 'CONTACT' },
  ])
  it('of the detector come with what they become, but for names', () => {
    expect(found.map((mark) => mark.as)).toEqual([undefined, 'contact'])
    expect(isComplete(found)).toBe(false)
    expect(isComplete([])).toBe(false)
  })

  it('grow by the word beside them, and go when their word is pressed again', () => {
    const grown = toggleWord(text, found, word('Bell’s'))
    expect(grown[0]).toEqual({ start: 0, end: 10, as: undefined })
    expect(markAt(grown, word('Ana'))).toBe(0)
    expect(toggleWord(text, grown, word('Ana'))).toEqual([found[1]])
    expect(toggleWord(text, found, word('twice'))).toHaveLength(3)
  })

  it('join when the word between two of them is pressed', () => {
    const two = toggleWord(text, toggleWord(text, [], word('Ana')), word('mum'))
    expect(toggleWord(text, two, word('Bell’s'))).toEqual([{ start: 0, end: 14, as: undefined }])
  })

  it('say how the text will read', () => {
    const named = nameMark(toggleWord(text, found, word('Bell’s')), 0, 'client')
    expect(isComplete(named)).toBe(true)
    expect(previewText(text, found, 'the code')).toBe('… Bell’s mum rang [contact details] on 3/4/2025, twice.')
    expect(previewText(text, named, 'the code')).toBe('the code mum rang [contact details] on 3/4/2025, twice.')
  })
})
