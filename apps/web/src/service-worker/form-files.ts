// Files beside forms on this device: fetched once, bounded in size, gone when no form here needs them any more.
export type FilesStore = Pick<CacheStorage, 'open'>
/** What a page asks for: the addresses of the files of today's forms, and where the files of forms in drafts lie. */
export type KeepFiles = { readonly paths: readonly string[]; readonly spared: readonly string[] }

export const filesCache = 'attune-form-files-1'
/** Three forms with as many files as a form may have. */
export const filesLimitBytes = 60 * 1024 * 1024

const sizeOf = (reply: Response): number => Number(reply.headers.get('content-length') ?? reply.headers.get('attune-size') ?? 0)

export function formFiles(store: FilesStore, ask: (request: Request | string) => Promise<Response>, limitBytes = filesLimitBytes) {
  /** Takes the oldest out until what is to come has room. */
  async function makeRoom(cache: Cache, bytes: number): Promise<void> {
    const kept = await cache.keys()
    const sizes = await Promise.all(kept.map(async (request) => sizeOf((await cache.match(request)) ?? new Response())))
    let total = sizes.reduce((sum, size) => sum + size, bytes)
    for (const [at, request] of kept.entries()) {
      if (total <= limitBytes) return
      await cache.delete(request)
      total -= sizes[at] ?? 0
    }
  }

  async function keep(path: string, reply: Response): Promise<void> {
    const content = await reply.blob()
    if (content.size > limitBytes) return
    const cache = await store.open(filesCache)
    await makeRoom(cache, content.size)
    const headers = new Headers({ 'content-type': reply.headers.get('content-type') ?? '', 'attune-kept': '1', 'attune-size': String(content.size) })
    await cache.put(path, new Response(content, { headers }))
  }

  return {
    /** The kept file, or the server's, which is kept from then on. */
    async find(request: Request, path: string, later: (work: Promise<unknown>) => void): Promise<Response> {
      const cache = await store.open(filesCache)
      const kept = await cache.match(path)
      if (kept !== undefined) return kept
      const reply = await ask(request)
      // Behind the sign-in page of a network every address answers with a page.
      if (reply.ok && !(reply.headers.get('content-type') ?? '').startsWith('text/html')) later(keep(path, reply.clone()))
      return reply
    },
    /** Fetches what is not here yet, and lets go of what no form here needs. */
    async keepOnly({ paths, spared }: KeepFiles): Promise<void> {
      const cache = await store.open(filesCache)
      const wanted = new Set(paths)
      for (const request of await cache.keys()) {
        const path = new URL(request.url).pathname
        if (!wanted.has(path) && !spared.some((start) => path.startsWith(start))) await cache.delete(request)
      }
      for (const path of paths) {
        if ((await cache.match(path)) !== undefined) continue
        const reply = await ask(path).catch(() => undefined)
        if (reply?.ok === true && !(reply.headers.get('content-type') ?? '').startsWith('text/html')) await keep(path, reply)
      }
    },
  }
}
