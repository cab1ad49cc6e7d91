import { expect, it } from 'vitest'
import { giveBackMemory } from './give-back-memory.ts'

it('what nothing refers to any more is given back, and no other code gets at the collector', async () => {
  let left: object[] | undefined = Array.from({ length: 400_000 }, (_, at) => ({ at, name: `left ${at}` }))
  const before = process.memoryUsage().heapUsed
  expect(left.length).toBe(400_000)
  left = undefined
  await giveBackMemory()
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(10_000_000)
  expect('gc' in globalThis).toBe(false)
})
