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
    expect(batches).toEqual([30])
  })

  it('takes along who comes in the next turns of the event loop, and keeps nobody waiting for those who come later', async () => {
    const batches: number[] = []
    const work = gather(async (numbers: readonly number[]) => {
      batches.push(numbers.length)
      return numbers
    })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const second = turn().then(() => work(1))
    expect(await Promise.all([work(0), second])).toEqual([0, 1])
    expect(batches).toEqual([2])
    // Somebody comes in every turn: the work begins all the same, after a few.
    const all: Promise<number>[] = []
    for (let at = 0; at < 40; at++) {
      const next = turn()
      all.push(work(at))
      await next
    }
    await Promise.all(all)
    expect(Math.max(...batches)).toBeLessThan(10)
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(42)
  })

  it('fills the next batch while one is under way', async () => {
    const batches: number[] = []
    const work = gather(async (numbers: readonly number[]) => {
      batches.push(numbers.length)
      await new Promise((resolve) => setTimeout(resolve, 20))
      return numbers
    })
    const first = work(0)
    await new Promise((resolve) => setTimeout(resolve, 10))
    await Promise.all([first, ...Array.from({ length: 9 }, (_, at) => work(at))])
    expect(batches).toEqual([1, 9])
  })

  it('in halves: of many who come at once half begin, the others follow with whoever came meanwhile, one piece at a time, and each gets their own reply', async () => {
    const [batches, under] = [[] as number[], { way: 0, most: 0 }]
    const work = gather(
      async (numbers: readonly number[]) => {
        batches.push(numbers.length)
        under.most = Math.max(under.most, ++under.way)
        await new Promise((resolve) => setTimeout(resolve, 20))
        under.way--
        return numbers
      },
      { halves: true, limit: 6 },
    )
    const all = Array.from({ length: 9 }, (_, at) => work(at))
    await new Promise((resolve) => setTimeout(resolve, 10))
    all.push(...Array.from({ length: 4 }, (_, at) => work(9 + at)))
    expect(await Promise.all(all)).toEqual(all.map((_, at) => at))
    expect(batches).toEqual([5, 6, 2])
    expect(under.most).toBe(1)
    expect(await work(13)).toBe(13)
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
