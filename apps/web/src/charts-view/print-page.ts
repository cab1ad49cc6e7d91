import { nextTick } from 'vue'

/**
 * Prints the page. Called by a button, `print()` would take the page as it is before charts were laid out for paper: browsers tell of printing inside
 * the call, and what follows from it is drawn only afterwards. So they are told first.
 */
export async function printPage(): Promise<void> {
  dispatchEvent(new Event('beforeprint'))
  await nextTick()
  window.print()
}
