import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsers, usualSeed } from './parsers.ts'

/** With the requests of apps/server/src/routes/fuzz.test.ts these are the 20,000 of each run; `npm run fuzz` does a million. */
const cases = 18_000
const all = parsers.reduce((sum, { weight }) => sum + weight, 0)

describe('hostile input', () => {
  it.each(parsers)('to $name is read or refused and does nothing else (ASVS $asvs)', { timeout: 120_000 }, async ({ weight, property }) => {
    const numRuns = Math.ceil((cases * weight) / all)
    const before = process.memoryUsage().heapUsed
    await expect((async () => fc.assert(property() as fc.IAsyncProperty<unknown>, { seed: usualSeed, numRuns }))()).resolves.toBeUndefined()
    expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(400)
  })
})
