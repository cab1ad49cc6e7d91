import { describe, expect, it } from 'vitest'
import { makeKeyCache } from './key-cache.ts'
import { makeKey } from './seal.ts'

describe('keys in memory', () => {
  const key = makeKey('client')

  it('are asked for again after their time, and of too many the oldest go', () => {
    let now = 0
    const cache = makeKeyCache({ limit: 2, keepMs: 10, now: () => now })
    for (const name of ['a', 'b', 'c', 'd', 'e']) cache.keep(name, key)
    expect(['a', 'b', 'd', 'e'].map((name) => cache.find(name))).toEqual([undefined, undefined, key, key])
    now = 10
    expect(cache.find('e')).toBeUndefined()
  })

  it('do not come back after one was destroyed because many others came meanwhile', () => {
    const cache = makeKeyCache({ limit: 2, keepMs: 10, now: () => 0 })
    cache.keep('gone', key)
    cache.forget('gone')
    for (let other = 0; other < 20; other++) cache.keep(`other ${other}`, key)
    cache.keep('gone', key)
    expect(cache.find('gone')).toBeUndefined()
  })

  it('do not come back by a question that was under way when one was destroyed, not even over a rotation', () => {
    let now = 0
    const cache = makeKeyCache({ keepMs: 10, now: () => now })
    cache.keep('gone', key)
    cache.forget('gone')
    cache.keep('gone', key)
    cache.clear()
    cache.keep('gone', key)
    expect(cache.find('gone')).toBeUndefined()
    now = 10
    cache.keep('gone', key)
    expect(cache.find('gone')).toBe(key)
  })
})
