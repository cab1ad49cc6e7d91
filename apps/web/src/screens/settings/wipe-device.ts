import { outbox } from '../../outbox/index.ts'
import { vault } from '../../vault/index.ts'

/** Wipes what the person has on this device: vault, outbox, and the programme's words kept for working without a signal. */
export async function wipeDevice(): Promise<void> {
  await vault.wipe()
  navigator.serviceWorker?.controller?.postMessage({ says: 'forget-words' })
  await outbox.refresh()
}
