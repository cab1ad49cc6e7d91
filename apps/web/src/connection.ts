// Can the server be reached? The browser's own word (`navigator.onLine`) is only a hint: it says yes behind a Wi-Fi sign-in page.
import { readonly, ref } from 'vue'

const reach = ref<'reached' | 'away' | 'portal'>(navigator.onLine ? 'reached' : 'away')
const listeners = new Set<() => void>()

/** What the last request, or the browser, said about the way to the server. */
export const connection = readonly(reach)

/** api.ts notes the outcome of every request here. */
export function noteReach(outcome: 'reached' | 'away' | 'portal'): void {
  const was = reach.value
  reach.value = outcome
  if (outcome === 'reached' && was !== 'reached') for (const tell of listeners) tell()
}

/** Calls back each time the way to the server may be open again. */
export function onReachable(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

window.addEventListener('offline', () => noteReach('away'))
window.addEventListener('online', () => {
  for (const tell of listeners) tell()
})
