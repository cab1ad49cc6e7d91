import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

describe('gather', () => {
  it('answers everybody with their own reply and does the work of many at once', async () => {
    const batches: number[] = []
    const double = gather(async (numbers: readonly number[]) => {
      batches.push(numbers.length)
      await new Promise((resolve) => setTimeout(resolve, 5))
      return numbers.map((number) => number * 2)
    })
    expect(await Promise.all(Array.from({ length: 30 }, (_, index) => double(index)))).toEqual(Array.from({ length: 30 }, (_, index) => index * 2))
    expect(batches).toEqual([1, 29])
  })

  it('tells everybody in a failed batch and goes on with the next', async () => {
    let broken = true
    const work = gather(async (numbers: readonly number[]) => {
      await Promise.resolve()
      if (broken) throw new Error('broken')
      return numbers
    })
    await expect(work(1)).rejects.toThrow('broken')
    broken = false
    expect(await work(2)).toBe(2)
  })
})
