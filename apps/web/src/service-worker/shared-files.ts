// Files that were shared to the app. They stay in the service worker's memory until the page asks, once, and for five minutes at most: nothing of
// them is written to the disk, and the request that brought them never goes on to the network.

export const sharePath = '/follow-up'
const holdMs = 5 * 60_000
const most = 10

export type SharedFiles = {
  take(form: FormData): void
  give(): File[]
}

export function sharedFiles(now: () => number): SharedFiles {
  let held: { readonly files: readonly File[]; readonly until: number } | undefined
  return {
    take(form) {
      const files = form.getAll('copy').filter((entry) => typeof entry !== 'string')
      held = { files: files.slice(0, most), until: now() + holdMs }
    },
    give() {
      const found = held !== undefined && held.until >= now() ? [...held.files] : []
      held = undefined
      return found
    },
  }
}
