// Keeps a vault's working key in memory between a page that goes away and the one that comes back, for a minute at most.

export type KeyMessage =
  | { readonly says: 'hold-key'; readonly vaultId: string; readonly key: CryptoKey }
  | { readonly says: 'give-key'; readonly vaultId: string }
  | { readonly says: 'forget-keys' }

type Held = { readonly key: CryptoKey; readonly until: number }

export const holdMs = 60_000

export function keyKeeper(now: () => number): {
  hold(vaultId: string, key: CryptoKey): void
  give(vaultId: string): CryptoKey | undefined
  forget(): void
} {
  const held = new Map<string, Held>()
  return {
    hold(vaultId, key) {
      held.set(vaultId, { key, until: now() + holdMs })
    },
    give(vaultId) {
      const found = held.get(vaultId)
      held.delete(vaultId)
      return found !== undefined && found.until >= now() ? found.key : undefined
    },
    forget() {
      held.clear()
    },
  }
}
