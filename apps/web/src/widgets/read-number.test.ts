import { describe, expect, it } from 'vitest'
import { readNumber } from './read-number.ts'

describe('a number as it is typed', () => {
  it.each([
    ['7', '7'],
    [' 7 ', '7'],
    ['007', '7'],
    ['-3', '-3'],
    ['−3', '-3'],
    ['+4', '4'],
    ['1,250', '1250'],
    ['12,345,678', '12345678'],
    ['2.0', '2'],
    ['0', '0'],
    ['', ''],
    ['  ', ''],
  ])('“%s” is the whole number “%s”', (typed, number) => expect(readNumber(typed, true)).toBe(number))

  it.each(['1.5', 'three', '1,25', '1 000', '1e3', '--2', '9999999999999999', '٣', '7 days'])('“%s” is no whole number', (typed) =>
    expect(readNumber(typed, true)).toBeUndefined(),
  )

  it.each([
    ['1.5', '1.5'],
    ['.5', '0.5'],
    ['-0.25', '-0.25'],
    ['1,250.75', '1250.75'],
    ['3', '3'],
  ])('“%s” is the decimal number “%s”', (typed, number) => expect(readNumber(typed, false)).toBe(number))

  it('a comma is not taken for a decimal point, because nobody can know which was meant', () => expect(readNumber('1,5', false)).toBeUndefined())
})
