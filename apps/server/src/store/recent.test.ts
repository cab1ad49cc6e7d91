import { describe, expect, it } from 'vitest'
import { keepRecent } from './recent.ts'

describe('what was used lately', () => {
  it('is the latest of all that came, at least as many as asked and at most twice as many', () => {
    const recent = keepRecent<number, string>(10)
    for (let name = 0; name < 1_000; name++) recent.keep(name, `value ${name}`)
    const found = Array.from({ length: 1_000 }, (_, name) => name).filter((name) => recent.find(name) !== undefined)
    expect(found.length).toBeLessThanOrEqual(20)
    expect(found.slice(-10)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999])
    expect(recent.find(999)).toBe('value 999')
  })

  it('stays as long as it is asked for, whatever comes meanwhile', () => {
    const recent = keepRecent<string, number>(4)
    recent.keep('asked for', 1)
    for (let name = 0; name < 100; name++) {
      recent.keep(`other ${name}`, name)
      expect(recent.find('asked for')).toBe(1)
    }
  })

  it('is the last value of a name, and nothing once it is forgotten', () => {
    const recent = keepRecent<string, number>(2)
    recent.keep('a', 1)
    recent.keep('b', 1)
    recent.keep('c', 1)
    recent.keep('a', 2)
    expect(recent.find('a')).toBe(2)
    recent.forget('a')
    expect(recent.find('a')).toBeUndefined()
    recent.clear()
    expect(recent.find('c')).toBeUndefined()
  })
})
