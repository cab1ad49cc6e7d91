import { defaultDisclosureRules as rules } from '@attune/measures'
import { describe, expect, it } from 'vitest'
import { toShare } from './measure-change.ts'

const hidden = { shown: false, because: 'Hidden so that a smaller hidden number beside it cannot be worked out.' } as const
const shown = (value: number) => ({ shown: true, value }) as const

describe('a share whose part is hidden because few are left', () => {
  it('is told as at least so much, and not at all where that would be at least nothing', () => {
    expect(toShare(hidden, shown(50), 3, rules)).toMatchObject({ hidden: true, atLeast: 85, because: expect.stringContaining('at least') })
    const few = toShare(hidden, shown(5), 3, rules)
    expect(few).toEqual({ hidden: true, because: hidden.because })
  })

  it('is told as hidden where it is not the few who are left', () => {
    expect(toShare(hidden, shown(50), 30, rules)).toEqual({ hidden: true, because: hidden.because })
  })
})
