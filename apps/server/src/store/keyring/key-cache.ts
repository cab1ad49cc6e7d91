// Unwrapped keys in memory for a while. Bounded, and old entries are asked for again, so that a key destroyed by another process is soon
// unusable here too.
import type { SealingKey } from './seal.ts'

export type KeyCache = {
  find: (name: string) => SealingKey | undefined
  keep: (name: string, key: SealingKey) => void
  forget: (name: string) => void
  clear: () => void
}

export function makeKeyCache({ limit = 50_000, keepMs = 60_000, now }: { limit?: number; keepMs?: number; now: () => number }): KeyCache {
  // Without a key: destroyed a moment ago. A question that was under way then may still bring it; it is not kept.
  const entries = new Map<string, { key: SealingKey | undefined; until: number }>()
  const put = (name: string, key: SealingKey | undefined) => {
    entries.delete(name)
    entries.set(name, { key, until: now() + keepMs })
    // A Map keeps the order of arrival: the first is the oldest.
    if (entries.size > limit) entries.delete(entries.keys().next().value!)
  }
  return {
    find(name) {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      if (entry.until > now()) return entry.key
      entries.delete(name)
      return undefined
    },
    keep(name, key) {
      const entry = entries.get(name)
      if (entry === undefined || entry.key !== undefined || entry.until <= now()) put(name, key)
    },
    // The bytes are not overwritten: a seal under way with them would be made with zeros.
    forget: (name) => put(name, undefined),
    clear() {
      for (const [name, { key }] of entries) if (key !== undefined) entries.delete(name)
    },
  }
}
