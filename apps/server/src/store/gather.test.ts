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

  it('begins a second piece while the first is under way where enough are waiting, never a third, and answers each with their own', async () => {
    const [batches, under] = [[] as number[], { way: 0, most: 0 }]
    const work = gather(
      async (numbers: readonly number[]) => {
        batches.push(numbers.length)
        under.most = Math.max(under.most, ++under.way)
        await new Promise((resolve) => setTimeout(resolve, 20))
        under.way--
        return numbers
      },
      { second: 4 },
    )
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
    const all = [work(0)]
    for (const many of [3, 1, 4, 2]) {
      await pause()
      all.push(...Array.from({ length: many }, (_, at) => work(all.length + at)))
    }
    expect(await Promise.all(all)).toEqual(all.map((_, at) => at))
    expect([batches[0], batches[1], under.most]).toEqual([1, 4, 2])
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(11)
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
