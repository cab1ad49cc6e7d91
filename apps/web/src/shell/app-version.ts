// Puts the app on the device, and says when a newer one waits. A new version is used only when the person agrees: nothing they are in
// the middle of is reloaded under them, and drafts lie in the vault, which every version reads.
import { ref } from 'vue'

export const updateReady = ref(false)
export const offlineReady = ref(false)
const checkEveryMs = 60 * 60_000
// A file that did not come (a poor signal, a server that starts anew) leaves the app off the device; what did come is kept for the next try.
const tryAgainAfterMs = [2_000, 10_000, 60_000, 300_000] as const
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
  if (first) {
    tryUntilKept()
    void navigator.serviceWorker.ready.then(({ active }) => {
      offlineReady.value = true
      // A page that was on its way while the worker took over the open ones is left out: it asks for itself.
      if (navigator.serviceWorker.controller === null) active?.postMessage({ says: 'serve-me' })
    })
  }
  setInterval(() => void registration.update().catch(() => undefined), checkEveryMs)
}

function tryUntilKept(tries = 0): void {
  setTimeout(
    () =>
      void navigator.serviceWorker.getRegistration().then((there) => {
        if (there?.active != null || there?.waiting != null) return
        if (there?.installing == null) void navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined)
        tryUntilKept(tries + 1)
      }),
    tryAgainAfterMs[tries] ?? tryAgainAfterMs.at(-1),
  )
}

/** Turns to the waiting version and reloads. The page seals what it holds on its way out. */
export function takeNewVersion(seal: () => Promise<void>): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  void seal().then(() => waiting?.postMessage({ says: 'use-new-version' }))
}
