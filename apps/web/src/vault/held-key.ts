// A reload must not cost the person their passphrase. While a page goes away it hands its key to the service worker, which keeps it in
// memory for a minute at most and gives it back to one page. Nothing is written: browsers store even unextractable keys in the clear.
import type { KeyMessage } from '../service-worker/key-keeper.ts'

// A worker that the browser has to start first, on a slow phone, takes seconds.
const patienceMs = 6000

export function holdKey(vaultId: string, key: CryptoKey): void {
  tell({ says: 'hold-key', vaultId, key })
}

export async function forgetHeldKey(): Promise<void> {
  tell({ says: 'forget-keys' })
}

export function findHeldKey(vaultId: string): Promise<CryptoKey | undefined> {
  return new Promise((resolve) => {
    if (navigator.serviceWorker?.controller == null) return resolve(undefined)
    const { port1, port2 } = new MessageChannel()
    const patience = setTimeout(() => resolve(undefined), patienceMs)
    port1.onmessage = ({ data }: MessageEvent<CryptoKey | null>) => {
      clearTimeout(patience)
      if (data !== null) tell({ says: 'took-key', vaultId })
      resolve(data ?? undefined)
    }
    tell({ says: 'give-key', vaultId }, port2)
  })
}

function tell(message: KeyMessage, ...ports: MessagePort[]): void {
  navigator.serviceWorker?.controller?.postMessage(message, ports)
}
