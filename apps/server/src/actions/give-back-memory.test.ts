import { expect, it } from 'vitest'
import { freeYoungMemory, giveBackMemory } from './give-back-memory.ts'

it('what nothing refers to any more is given back, and no other code gets at the collector', async () => {
  let left: object[] | undefined = Array.from({ length: 400_000 }, (_, at) => ({ at, name: `left ${at}` }))
  const before = process.memoryUsage().heapUsed
  expect(left.length).toBe(400_000)
  left = undefined
  await giveBackMemory()
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(10_000_000)
  expect('gc' in globalThis).toBe(false)
})

it('what was made a moment ago and is not wanted any more is freed at once, buffers included', () => {
  const make = () => Array.from({ length: 1_000 }, () => Buffer.alloc(8_192)).length
  const begun = process.memoryUsage().arrayBuffers
  expect(make()).toBe(1_000)
  expect(process.memoryUsage().arrayBuffers - begun).toBeGreaterThan(6_000_000)
  // The second waits for what the first began on another thread.
  freeYoungMemory()
  freeYoungMemory()
  expect(process.memoryUsage().arrayBuffers - begun).toBeLessThan(2_000_000)
  expect('gc' in globalThis).toBe(false)
})
