// What was used lately, found by a name, and no more of it than fits.

export type Recent<Name, Value> = {
  readonly find: (name: Name) => Value | undefined
  readonly keep: (name: Name, value: Value) => void
  readonly forget: (name: Name) => void
  readonly clear: () => void
}

/**
 * Remembers the latest `limit` values at least and twice as many at most; what is found counts as used.
 *
 * Two maps that take turns, and not one from which the oldest goes each time: a Map that makes room for new entries in place of deleted ones (V8's) leaves
 * its former table pointing at its next one. Once one of these tables is old, all that come after it live on, with everything that has ever been in them,
 * until old memory is collected, which then has to be done more often and takes longer.
 */
export function keepRecent<Name, Value>(limit: number): Recent<Name, Value> {
  let latest = new Map<Name, Value>()
  let earlier = new Map<Name, Value>()
  function keep(name: Name, value: Value): void {
    if (latest.size >= limit && !latest.has(name)) {
      earlier = latest
      latest = new Map()
    }
    latest.set(name, value)
  }
  return {
    keep,
    find(name) {
      const value = latest.get(name)
      if (value !== undefined) return value
      const before = earlier.get(name)
      if (before !== undefined) keep(name, before)
      return before
    },
    forget(name) {
      latest.delete(name)
      earlier.delete(name)
    },
    clear() {
      latest = new Map()
      earlier = new Map()
    },
  }
}
