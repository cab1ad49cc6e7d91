import { describe, expect, it } from 'vitest'
import { findRangeSteps, toRangeValue } from './range-steps.ts'

describe('a scale', () => {
  it('has every step from start to end, either way, without the dust of binary fractions', () => {
    expect(findRangeSteps({ start: 0, end: 10, step: 1 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(findRangeSteps({ start: 3, end: 0, step: 1 })).toEqual([3, 2, 1, 0])
    expect(findRangeSteps({ start: 0, end: 0.3, step: 0.1 })).toEqual([0, 0.1, 0.2, 0.3])
  })

  it('with more steps than can be drawn has none to draw', () => expect(findRangeSteps({ start: 0, end: 1000, step: 1 }, 21)).toBeUndefined())

  it('takes a typed number only when it is one of its steps', () => {
    const scale = { start: 0, end: 10, step: 0.5 }
    expect([7.5, 0, 10].map((value) => toRangeValue(scale, value))).toEqual([7.5, 0, 10])
    expect([7.4, -1, 11, Number.NaN].map((value) => toRangeValue(scale, value))).toEqual([undefined, undefined, undefined, undefined])
  })
})
