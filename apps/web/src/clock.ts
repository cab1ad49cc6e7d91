// Is the clock of this device right? A wrong day refuses today's session as "in the future", or puts yesterday's date on it. The server says the
// time with every reply; the person is told when the two differ.
import { readonly, ref } from 'vue'

const offBy = ref(0)
const noticedFromMs = 10 * 60_000

/** How far the clock of this device is ahead of the server's, in milliseconds; 0 while the difference does not matter or is not known. */
export const clockOffMs = readonly(offBy)

/** api.ts notes what each fresh reply said; `header` is its Date (RFC 9110, 6.6.1), whole seconds. */
export function noteServerTime(header: string | null, now = Date.now()): void {
  const at = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(at)) return
  const off = now - at
  offBy.value = Math.abs(off) < noticedFromMs ? 0 : off
}
