// Locks the vault after nothing was touched for a while, and hands the key over while a page is only being reloaded.
import { idleMinutes } from '../settings/idle.ts'
import { holdKey } from './held-key.ts'
import { findOpenVault, lockVault, onOpened } from './vault.ts'

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const checkEveryMs = 15_000

/** Watches from now on. Returns how to stop. */
export function watchIdleness(): () => void {
  // Two clocks, and the one that says longer counts: the day's clock can be put back, the other one may stand still while the device sleeps.
  let touched = { day: Date.now(), running: performance.now() }
  const idleMs = (): number => Math.max(Date.now() - touched.day, performance.now() - touched.running)
  const isOver = (): boolean => findOpenVault() !== undefined && idleMs() >= idleMinutes.value * 60_000
  const note = (): void => {
    touched = { day: Date.now(), running: performance.now() }
  }
  const check = async (): Promise<void> => {
    if (isOver()) await lockVault()
  }
  // The first touch after a long sleep may come before any timer: it finds the vault locked and does not open it for longer.
  const touch = (): void => {
    if (isOver()) void check()
    else note()
  }
  const handOver = (): void => {
    const open = findOpenVault()
    if (open !== undefined) holdKey(open.vaultId, open.key)
  }
  const look = (): void => void check()
  for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true })
  const timer = setInterval(look, checkEveryMs)
  const stopOpened = onOpened(note)
  // A device that slept did not run its timers.
  document.addEventListener('visibilitychange', look)
  window.addEventListener('pagehide', handOver)
  return () => {
    for (const sign of signs) window.removeEventListener(sign, touch, { capture: true })
    clearInterval(timer)
    stopOpened()
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('pagehide', handOver)
  }
}
