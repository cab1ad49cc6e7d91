import { describe, expect, it } from 'vitest'
import { clockOffMs, noteServerTime } from './clock.ts'

const server = 'Fri, 27 Nov 2026 10:00:00 GMT'
const at = (time: string) => Date.parse(`2026-11-${time}Z`)

describe('the clock of the device', () => {
  it('is noticed when it is days ahead or behind, and no longer once it was put right', () => {
    noteServerTime(server, at('29T10:00:00'))
    expect(clockOffMs.value).toBe(48 * 3_600_000)
    noteServerTime(server, at('26T10:00:00'))
    expect(clockOffMs.value).toBe(-24 * 3_600_000)
    noteServerTime(server, at('27T10:00:30'))
    expect(clockOffMs.value).toBe(0)
  })

  it('is left alone when it differs by a few minutes, or when the server did not say', () => {
    noteServerTime(server, at('27T10:09:00'))
    expect(clockOffMs.value).toBe(0)
    noteServerTime(server, at('28T10:00:00'))
    noteServerTime(null, at('28T10:00:00'))
    noteServerTime('soon', at('28T10:00:00'))
    expect(clockOffMs.value).toBe(24 * 3_600_000)
  })
})
