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
  const entries = new Map<string, { key: SealingKey; until: number }>()
  return {
    find(name) {
      const entry = entries.get(name)
      if (entry === undefined) return undefined
      if (entry.until > now()) return entry.key
      entries.delete(name)
      return undefined
    },
    keep(name, key) {
      entries.delete(name)
      entries.set(name, { key, until: now() + keepMs })
      // A Map keeps the order of arrival: the first is the oldest.
      if (entries.size > limit) entries.delete(entries.keys().next().value!)
    },
    // The bytes are not overwritten: a seal under way with them would be made with zeros.
    forget: (name) => void entries.delete(name),
    clear: () => entries.clear(),
  }
}
