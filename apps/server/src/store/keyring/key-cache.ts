// Unwrapped keys in memory for a while. Bounded, and old entries are asked for again, so that a key destroyed by another process is soon
// unusable here too.
import { keepRecent } from '../recent.ts'
import type { SealingKey } from './seal.ts'

export type KeyCache = {
  find: (name: string) => SealingKey | undefined
  keep: (name: string, key: SealingKey) => void
  forget: (name: string) => void
  clear: () => void
}

/** `limit`: what several sessions with one client in a row need; every collection goes through what is in memory, so no more than that is. */
export function makeKeyCache({ limit = 2_500, keepMs = 60_000, now }: { limit?: number; keepMs?: number; now: () => number }): KeyCache {
  const entries = keepRecent<string, { readonly key: SealingKey; readonly until: number }>(limit)
  // Destroyed a moment ago: a question that was under way then may still bring the key, and it is not kept.
  const destroyed = new Map<string, number>()

  function wasDestroyed(name: string): boolean {
    // A Map keeps the order of arrival: the first is the oldest.
    for (const [gone, until] of destroyed) {
      if (until > now()) break
      destroyed.delete(gone)
    }
    return destroyed.has(name)
  }

  return {
    find(name) {
      const entry = entries.find(name)
      if (entry === undefined || entry.until > now()) return entry?.key
      entries.forget(name)
      return undefined
    },
    keep(name, key) {
      if (!wasDestroyed(name)) entries.keep(name, { key, until: now() + keepMs })
    },
    // The bytes are not overwritten: a seal under way with them would be made with zeros.
    forget(name) {
      entries.forget(name)
      destroyed.delete(name)
      destroyed.set(name, now() + keepMs)
    },
    clear: entries.clear,
  }
}
