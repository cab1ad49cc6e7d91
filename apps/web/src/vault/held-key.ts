// A reload must not cost the person their passphrase. While a page goes away it hands its key to the service worker, which keeps it in
// memory for a minute at most and gives it back once. Nothing is written: browsers store even unextractable keys in the clear.
import type { KeyMessage } from '../service-worker/key-keeper.ts'

const patienceMs = 2000

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
      resolve(data ?? undefined)
    }
    tell({ says: 'give-key', vaultId }, port2)
  })
}

function tell(message: KeyMessage, ...ports: MessagePort[]): void {
  navigator.serviceWorker?.controller?.postMessage(message, ports)
}
