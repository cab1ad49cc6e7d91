// Keeps a vault's working key in memory between a page that goes away and the one that comes back, for a minute at most.

export type KeyMessage =
  | { readonly says: 'hold-key'; readonly vaultId: string; readonly key: CryptoKey }
  | { readonly says: 'give-key'; readonly vaultId: string }
  | { readonly says: 'took-key'; readonly vaultId: string }
  | { readonly says: 'forget-keys' }

type Held = { readonly key: CryptoKey; readonly until: number }

export const holdMs = 60_000

export function keyKeeper(now: () => number): {
  hold(vaultId: string, key: CryptoKey): void
  /** The key, which stays until a page says that it took it: one that went away before it could would lose it for the next. */
  give(vaultId: string): CryptoKey | undefined
  took(vaultId: string): void
  forget(): void
} {
  const held = new Map<string, Held>()
  return {
    hold(vaultId, key) {
      held.set(vaultId, { key, until: now() + holdMs })
    },
    give(vaultId) {
      const found = held.get(vaultId)
      if (found !== undefined && found.until >= now()) return found.key
      held.delete(vaultId)
      return undefined
    },
    took(vaultId) {
      held.delete(vaultId)
    },
    forget() {
      held.clear()
    },
  }
}
