// Keeps the app on the device so that it opens with no network. Written by hand: what is kept, and what never is, should be readable here.
// Kept: the app's own files, and the programme's and forms' public words. Never: any other reply of /api/, any answer, anybody's facts.
import { keyKeeper, type KeyMessage } from './service-worker/key-keeper.ts'
import { filesCache, formFiles, type KeepFiles } from './service-worker/form-files.ts'
import { isFormFile, isKeepable, isVersioned } from './service-worker/keepable.ts'
import { sharedFiles, sharePath } from './service-worker/shared-files.ts'

declare const self: ServiceWorkerGlobalScope
declare const __KEPT_FILES__: readonly { readonly path: string; readonly hash: string }[]
declare const __APP_VERSION__: string

const appCache = `attune-app-${__APP_VERSION__}`
const wordsCache = 'attune-programme-1'
const patienceMs = 4000
const keys = keyKeeper(() => Date.now())
const files = formFiles(caches, (request) => fetch(request))
const shared = sharedFiles(() => Date.now())

self.addEventListener('install', (event) => event.waitUntil(keepApp()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOldApps()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method === 'POST' && address.origin === self.location.origin && address.pathname === sharePath)
    return event.respondWith(takeShared(request))
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (isKeepable(address.pathname)) return event.respondWith(keepWords(event, request, address.pathname))
  if (isFormFile(address.pathname)) return event.respondWith(files.find(request, address.pathname, (work) => event.waitUntil(work)))
  if (address.pathname.startsWith('/api/') || address.pathname === '/submission') return
  if (request.mode === 'navigate') return event.respondWith(openApp(request))
  event.respondWith(findFile(request))
})

self.addEventListener('message', (event) => {
  const message = event.data as
    | KeyMessage
    | ({ says: 'keep-form-files' } & KeepFiles)
    | { says: 'give-shared-files' }
    | { says: 'use-new-version' }
    | { says: 'forget-words' }
    | { says: 'version' }
    | { says: 'serve-me' }
  if (message.says === 'hold-key') keys.hold(message.vaultId, message.key)
  else if (message.says === 'give-key') event.ports[0]?.postMessage(keys.give(message.vaultId) ?? null)
  else if (message.says === 'took-key') keys.took(message.vaultId)
  else if (message.says === 'forget-keys') keys.forget()
  else if (message.says === 'give-shared-files') event.ports[0]?.postMessage(shared.give())
  else if (message.says === 'use-new-version') void self.skipWaiting()
  else if (message.says === 'serve-me') event.waitUntil(self.clients.claim())
  else if (message.says === 'forget-words') event.waitUntil(Promise.all([caches.delete(wordsCache), caches.delete(filesCache)]))
  else if (message.says === 'keep-form-files') event.waitUntil(files.keepOnly(message))
  else if (message.says === 'version') event.ports[0]?.postMessage(__APP_VERSION__)
})

// Background Sync, where the browser has it: the letters are sealed and only a page of theirs can open them, so wake the pages there are.
self.addEventListener('sync', ((event: ExtendableEvent & { tag: string }) => {
  if (event.tag === 'attune-outbox') event.waitUntil(wakePages())
}) as EventListener)

async function keepApp(): Promise<void> {
  const cache = await caches.open(appCache)
  // Files of the version before that did not change are copied instead of fetched: a new version costs little on a poor signal.
  await Promise.all(
    __KEPT_FILES__.map(async ({ path }) => {
      const before = /^\/assets\//.test(path) ? await caches.match(path) : undefined
      if (before !== undefined) return cache.put(path, before)
      const reply = await fetch(new Request(path, { cache: 'no-cache' }))
      if (!reply.ok) throw new Error(`The app’s file ${path} could not be fetched.`)
      await cache.put(path, await withoutRedirect(reply))
    }),
  )
}

async function forgetOldApps(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('attune-app-') && name !== appCache) await caches.delete(name)
  await self.clients.claim()
}

// What the device shares to the app ends here: the page that opens asks for it, and no request goes out.
async function takeShared(request: Request): Promise<Response> {
  shared.take(await request.formData())
  return Response.redirect(sharePath, 303)
}

// A reload of any screen gets the app itself from the device; the server is asked only when it is not kept.
async function openApp(request: Request): Promise<Response> {
  const cache = await caches.open(appCache)
  return (await cache.match('/')) ?? fetch(request)
}

async function findFile(request: Request): Promise<Response> {
  const cache = await caches.open(appCache)
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request)
}

// A form's version never changes, so the kept one is as good as the server's. Lists come fresh when the server answers in time.
async function keepWords(event: FetchEvent, request: Request, path: string): Promise<Response> {
  const cache = await caches.open(wordsCache)
  const kept = await cache.match(path)
  if (kept !== undefined && isVersioned(path)) return kept
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout(kept === undefined ? 20_000 : patienceMs) })
    const type = reply.headers.get('content-type') ?? ''
    if (reply.ok && type.includes('application/json')) event.waitUntil(cache.put(path, asKept(reply.clone())))
    // Behind a Wi-Fi sign-in page, or while the server is being mended, yesterday's list is better than none.
    return kept !== undefined && (reply.status >= 500 || type.startsWith('text/html')) ? kept : reply
  } catch (fault) {
    if (kept !== undefined) return kept
    throw fault
  }
}

// The page must be able to tell a kept reply from a fresh one.
function asKept(reply: Response): Response {
  const headers = new Headers(reply.headers)
  headers.set('attune-kept', '1')
  return new Response(reply.body, { status: reply.status, headers })
}

// A reply that was redirected must not answer a navigation.
async function withoutRedirect(reply: Response): Promise<Response> {
  return reply.redirected ? new Response(await reply.blob(), { status: reply.status, headers: reply.headers }) : reply
}

async function wakePages(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.length === 0) throw new Error('Nobody is there to open the outbox; the browser tries again later.')
  for (const page of pages) page.postMessage('send-waiting')
}
