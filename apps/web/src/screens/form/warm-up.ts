/**
 * Starts fetching the form engine, so that it is there when a form is opened. Costs nothing when it is there already; without a connection it
 * fails quietly, and opening a form says so.
 */
export function warmUp(): void {
  void import('@attune/forms/engine').then(({ loadEngine }) => loadEngine()).catch(() => undefined)
}
