// The web app's files. Files with a hash in their name never change and are kept for a year; the page and the service worker are asked for
// every time, so that an update arrives. Files compressed at build time (.br, .gz) go out as they are.
import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isApiPath } from './api-path.ts'
// What a route's config may say is declared beside the door.
import type {} from './door.ts'

const hashed = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+(\.(br|gz))?$/

/** What the build makes. Should anything else lie there (a copy, a source or its map, a list of settings), it is nobody's (ASVS 13.4.2, 13.4.7). */
const kinds: ReadonlySet<string> = new Set(['.css', '.html', '.js', '.png', '.svg', '.wasm', '.webmanifest', '.woff2'])

export const webFolder = path.join(import.meta.dirname, '..', '..', '..', 'web', 'dist')

export async function registerStaticFiles(app: FastifyInstance, folder = webFolder): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (route.url === '/*' && route.config?.name === undefined) route.config = { ...route.config, door: 'open' }
  })
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/',
    index: ['index.html'],
    wildcard: true,
    redirect: false,
    dotfiles: 'ignore',
    allowedPath: (place) => place.endsWith('/') || kinds.has(path.extname(place)),
    preCompressed: true,
    cacheControl: false,
    suppressWarning: true,
    setHeaders: (reply, file) => {
      reply.header(
        'cache-control',
        file.includes(`${path.sep}assets${path.sep}`) && hashed.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
}

/** Addresses that the web app knows and the server does not (a reload of a screen) get the page. */
export function isPageRequest(request: FastifyRequest): boolean {
  const place = request.url.split('?', 1)[0]!
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  return !isApiPath(place) && path.extname(place) === '' && (request.headers.accept ?? '').includes('text/html')
}

export async function sendPage(reply: FastifyReply, folder = webFolder): Promise<FastifyReply> {
  if (existsSync(path.join(folder, 'index.html'))) return reply.sendFile('index.html')
  return reply
    .code(503)
    .type('text/plain; charset=utf-8')
    .send('The web app has not been built yet. Stop Attune and start it again with "npm start", which builds it.\n')
}
