import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice } from '../device.fixture.ts'
import type { LockSecret } from './locks.ts'

const key: LockSecret = { kind: 'passkey', credentialId: 'ada', secret: new Uint8Array(32).fill(1) }
const minutes = (count: number) => count * 60_000

let vault: (typeof import('./index.ts'))['vault']
let idle: typeof import('../settings/idle.ts')
let stop: () => void = () => undefined

beforeEach(async () => {
  newDevice()
  vi.resetModules()
  vault = (await import('./index.ts')).vault
  idle = await import('../settings/idle.ts')
  const { watchIdleness } = await import('./idle-lock.ts')
  await vault.attend('account-ada')
  await vault.create('account-ada', key)
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'], now: new Date('2026-11-22T10:00:00Z') })
  stop = watchIdleness()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

// Locking reads and writes the disk; what runs by the fake clock does not wait for that.
const settled = () => vi.waitFor(() => expect(vault.state.value).not.toBe('open'))
const touch = (sign = 'pointerdown') => window.dispatchEvent(new Event(sign))

describe('a device that nobody touches', () => {
  it('locks its drafts after a quarter of an hour, not before, and what was typed is sealed first', async () => {
    let sealed = 0
    vault.onLocking(() => void sealed++)
    vi.advanceTimersByTime(minutes(14))
    expect([vault.state.value, sealed]).toEqual(['open', 0])
    vi.advanceTimersByTime(minutes(1))
    await settled()
    expect([vault.state.value, sealed]).toEqual(['locked', 1])
    await expect(vault.listDrafts()).rejects.toThrow('locked')
  })

  it.each(['pointerdown', 'keydown', 'wheel', 'touchstart'])('stays open while it is touched (%s)', async (sign) => {
    for (let round = 0; round < 4; round++) {
      vi.advanceTimersByTime(minutes(10))
      touch(sign)
    }
    expect(vault.state.value).toBe('open')
  })

  it('goes by the minutes that the person chose', async () => {
    idle.idleMinutes.value = 5
    vi.advanceTimersByTime(minutes(4))
    expect(vault.state.value).toBe('open')
    vi.advanceTimersByTime(minutes(1))
    await settled()
    expect(vault.state.value).toBe('locked')
  })

  it('that slept is locked when the page is looked at again, and a first touch does not open it for longer', async () => {
    vi.setSystemTime(new Date('2026-11-22T18:00:00Z'))
    touch()
    await settled()
    expect(vault.state.value).toBe('locked')
    await vault.unlock(key)
    vi.setSystemTime(new Date('2026-11-23T07:00:00Z'))
    document.dispatchEvent(new Event('visibilitychange'))
    await settled()
    expect(vault.state.value).toBe('locked')
  })

  it('locks in time although its clock was put back', async () => {
    vi.setSystemTime(new Date('2026-11-22T06:00:00Z'))
    vi.advanceTimersByTime(minutes(15))
    await settled()
    expect(vault.state.value).toBe('locked')
  })

  it('does not lock again at once after it was opened', async () => {
    vi.advanceTimersByTime(minutes(16))
    await settled()
    vi.advanceTimersByTime(minutes(60))
    expect(await vault.unlock(key)).toBe(true)
    vi.advanceTimersByTime(minutes(1))
    expect(vault.state.value).toBe('open')
  })
})
