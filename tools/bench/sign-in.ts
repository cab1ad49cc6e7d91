// How long signing in takes: both steps, as the server answers them, beside the one thing in it that is slow on purpose.
import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { toTotpCode } from '../../apps/server/src/actions/session/totp.ts'
import { hashPassword } from '../../apps/server/src/actions/session/password.ts'
import { PasskeyDevice } from '../../apps/server/test/passkey-device.ts'
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { startServerProcess, type ServerProcess } from '../walk/server-process.ts'
import { readSpent } from './send-load.ts'

const accounts = 5
const goalMs = 80

export async function measureSignIn(): Promise<Figure[]> {
  const server = await startServerProcess()
  try {
    return await signPeopleIn(server)
  } finally {
    await server.stop()
    await server.remove()
  }
}

/** Signs new people in with a password and a code used once, and with a passkey. */
async function signPeopleIn(server: ServerProcess): Promise<Figure[]> {
  const { url } = server
  const spent = { code: 0, passkey: 0 }
  const total = () => readSpent(server).server + readSpent(server).database
  const administrator = await signInDemo(url, 'administrator')
  const { edition } = (await administrator.call<{ edition: string }>('GET', '/api/programme')).body
  const first: number[] = []
  const both: number[] = []
  const passkey: number[] = []
  for (let person = 0; person < accounts; person++) {
    const [email, password] = [`bench-${person}@operator.example`, createHash('sha256').update(`bench ${person}`).digest('base64url')]
    const invited = await administrator.call<{ link: string }>('POST', '/api/invitations', {
      body: { email, role: 'analyst', serviceId: 'operator' },
    })
    const device = new PasskeyDevice()
    const codes = await enrol(url, { token: invited.body.link.split('#')[1]!, displayName: 'Bench', noticeRead: edition, password }, device)
    const beforeCodes = total()
    for (const code of codes) {
      const browser = new Browser(url)
      const began = performance.now()
      await browser.post('/api/session', { email, password })
      first.push(performance.now() - began)
      await browser.post('/api/session/recovery', { code })
      both.push(performance.now() - began)
    }
    const beforePasskeys = total()
    spent.code += beforePasskeys - beforeCodes
    for (let round = 0; round < codes.length; round++) {
      const browser = new Browser(url)
      const began = performance.now()
      const { challengeId, options } = await browser.post<{ challengeId: string; options: { challenge: string } }>('/api/session/passkey/options', {})
      const response = device.sign(options.challenge, { origin: url })
      await browser.post('/api/session/passkey', { challengeId, response })
      passkey.push(performance.now() - began)
    }
    spent.passkey += total() - beforePasskeys
  }
  const hashing: number[] = []
  for (let round = 0; round < both.length; round++) {
    const began = performance.now()
    await hashPassword(`bench ${round}`)
    hashing.push(performance.now() - began)
  }
  const beside = `goal ${goalMs} ms`
  const cost = (seconds: number, times: number) => `processor time each ${((seconds * 1000) / times).toFixed(1)} ms`
  return [
    {
      name: `signing in with password and code, p95 of ${both.length}`,
      value: `${at(both, 0.95).toFixed(1)} ms`,
      beside: `${beside}; p50 ${at(both, 0.5).toFixed(1)} ms; ${cost(spent.code, both.length)}; of it the password ${at(first, 0.5).toFixed(1)} ms (p95 ${at(first, 0.95).toFixed(1)} ms); bare argon2id p50 ${at(hashing, 0.5).toFixed(1)} ms, p95 ${at(hashing, 0.95).toFixed(1)} ms`,
    },
    {
      name: `signing in with a passkey, p95 of ${passkey.length}`,
      value: `${at(passkey, 0.95).toFixed(1)} ms`,
      beside: `${beside}; p50 ${at(passkey, 0.5).toFixed(1)} ms; ${cost(spent.passkey, passkey.length)}; two requests, signing on the device among it`,
    },
  ]
}

const at = (values: readonly number[], share: number) => [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? 0

/** Takes up an invitation and sets up both kinds of second step. Returns the recovery codes. */
async function enrol(url: string, invitation: object, device: PasskeyDevice): Promise<readonly string[]> {
  const browser = new Browser(url)
  await browser.post('/api/invitations/accept', invitation)
  const { secret } = await browser.post<{ secret: string }>('/api/factors/totp', {})
  const { recoveryCodes } = await browser.post<{ recoveryCodes: string[] }>('/api/factors/totp/confirm', { code: toTotpCode(secret, new Date()) })
  const { challengeId, options } = await browser.post<{ challengeId: string; options: { challenge: string } }>('/api/factors/passkey/options', {})
  await browser.post('/api/factors/passkey', { challengeId, name: 'Bench', response: device.register(options.challenge, { origin: url }) })
  return recoveryCodes
}

/** Keeps its one cookie. */
class Browser {
  readonly #url: string
  #cookie = ''
  constructor(url: string) {
    this.#url = url
  }
  async post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json', origin: this.#url, cookie: this.#cookie }
    const reply = await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 200)}`)
    this.#cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie
    return (await reply.json()) as T
  }
}
