// Puts the app on the device, and says when a newer one waits. A new version is used only when the person agrees: nothing they are in
// the middle of is reloaded under them, and drafts lie in the vault, which every version reads.
import { ref } from 'vue'

export const updateReady = ref(false)
export const offlineReady = ref(false)
const checkEveryMs = 60 * 60_000
let waiting: ServiceWorker | null = null

export async function keepAppOnDevice(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const first = navigator.serviceWorker.controller === null
  const registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' })
  const look = (): void => {
    waiting = registration.waiting
    updateReady.value = waiting !== null && navigator.serviceWorker.controller !== null
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  if (first) void navigator.serviceWorker.ready.then(() => (offlineReady.value = true))
  setInterval(() => void registration.update().catch(() => undefined), checkEveryMs)
}

/** Turns to the waiting version and reloads. The page seals what it holds on its way out. */
export function takeNewVersion(seal: () => Promise<void>): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  void seal().then(() => waiting?.postMessage({ says: 'use-new-version' }))
}
