// Headers that every response carries, errors and files included (ASVS 3.4.1 to 3.4.6).
import type { FastifyReply } from 'fastify'
import { isApiPath } from './api-path.ts'

/** 'wasm-unsafe-eval' lets the form engine's WebAssembly run; nothing else may make code. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  // apps/web/src/trusted-types.ts says what its default policy lets through; Vue's own is for markup that was compiled into the app.
  "require-trusted-types-for 'script'",
  'trusted-types default vue',
].join('; ')

// The camera is for photo questions, and where the device is for questions about a place, asked when somebody presses the button there; everything
// else that a browser could offer is off.
const permissions = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'display-capture',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'browsing-topics',
]

export const securityHeaders: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': [...permissions.map((name) => `${name}=()`), 'camera=(self)', 'geolocation=(self)'].join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
}

/** Of a map that was set up the pictures may be shown, from that origin alone. */
export function withMap(headers: Readonly<Record<string, string>>, { tiles }: { readonly tiles: string }): Readonly<Record<string, string>> {
  return {
    ...headers,
    'content-security-policy': contentSecurityPolicy.replace(/img-src [^;]+/, (pictures) => `${pictures} ${new URL(tiles).origin}`),
  }
}

const mapHeaders = new WeakMap<object, Readonly<Record<string, string>>>()

export function setSecurityHeaders(reply: FastifyReply, path: string, map?: { readonly tiles: string }): void {
  let headers = securityHeaders
  if (map !== undefined) {
    headers = mapHeaders.get(map) ?? withMap(securityHeaders, map)
    mapHeaders.set(map, headers)
  }
  reply.headers(headers)
  if (isApiPath(path)) reply.header('cache-control', 'no-store')
}

/** The same headers for answers that are written to the socket before Fastify sees a request. */
export const rawSecurityHeaders = Object.entries(securityHeaders)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')
