// The sign-in of an organisation on this machine: a real OpenID provider (oidc-provider), and a browser that walks through it. Who signs in there, with how
// many steps and when, is set by the test.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Provider from 'oidc-provider'

export type PersonThere = {
  readonly sub: string
  readonly acr?: string
  readonly amr?: readonly string[]
  /** Seconds since they signed in. */ readonly ago?: number
}

export type TestProvider = {
  readonly issuer: string
  /** Who signs in at the next page that asks. */
  person: PersonThere
  /** Questions that people were sent with. */
  readonly asked: URLSearchParams[]
  /** Paths that this server's other side asked for, such as /token. */
  readonly calls: string[]
  /** Changes what it answers, for a provider that means ill. */
  forge?: (path: string, body: string) => string | undefined
  /** A token with these claims, signed with the provider's own key: what it says is wrong, its signature is not. */
  readonly signed: (claims: object, head?: object) => string
  readonly settings: Readonly<Record<string, string>>
  /** A browser that keeps its cookies there; gives the query it is sent back with. */
  readonly browser: () => { readonly visit: (url: string) => Promise<string> }
  readonly stop: () => Promise<void>
}

export const clientId = 'attune'
const keyId = 'of tests'
export const clientSecret = 'a secret of tests only, long enough'

export async function startSignInProvider(redirect: string): Promise<TestProvider> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...keys.privateKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }] },
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] },
    ],
    claims: { openid: ['sub', 'amr', 'acr'] },
    acrValues: ['aal1', 'aal2'],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['of tests only'] },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  })
  const test: TestProvider = {
    issuer,
    person: { sub: 'nobody' },
    asked: [],
    calls: [],
    settings: {
      ATTUNE_OIDC_ISSUER: issuer,
      ATTUNE_OIDC_CLIENT_ID: clientId,
      ATTUNE_OIDC_SECRET_FILE: writeSecret(clientSecret),
      ATTUNE_OIDC_NAME: 'Northshire Council',
      ATTUNE_OIDC_ACR: 'aal2',
      ATTUNE_NEAR: new URL(issuer).host,
    },
    browser,
    signed(claims, head = {}) {
      const parts = [{ alg: 'RS256', kid: keyId, ...head }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
      return `${parts}.${sign('sha256', Buffer.from(parts), keys.privateKey).toString('base64url')}`
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }

  // Signing in there, and agreeing to it, without a page in between.
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res)
    if (prompt.name === 'login') {
      const { sub, acr, amr, ago = 0 } = test.person
      const login = { accountId: sub, ts: Math.floor(Date.now() / 1_000) - ago, ...(acr && { acr }), ...(amr && { amr: [...amr] }) }
      await provider.interactionFinished(ctx.req, ctx.res, { login }, { mergeWithLastSubmission: false })
    } else {
      const grant = new provider.Grant({ accountId: session!.accountId!, clientId: String(params['client_id']) })
      grant.addOIDCScope('openid')
      await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true })
    }
    ctx.respond = false
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const url = new URL(request.url!, issuer)
    if (url.pathname === '/auth') test.asked.push(url.searchParams)
    if (request.headers.cookie === undefined && url.pathname !== '/auth') test.calls.push(url.pathname)
    if (test.forge !== undefined) {
      const end = response.end.bind(response)
      response.end = ((body: unknown, ...rest: never[]) => {
        const forged = typeof body === 'string' || Buffer.isBuffer(body) ? test.forge?.(url.pathname, String(body)) : undefined
        if (forged === undefined) return end(body as never, ...rest)
        response.setHeader('content-length', Buffer.byteLength(forged))
        return end(forged)
      }) as typeof response.end
    }
    answer(request, response)
  })

  function browser(): { visit: (url: string) => Promise<string> } {
    const cookies = new Map<string, string>()
    return {
      async visit(address) {
        let url = new URL(address)
        for (let hop = 0; hop < 12; hop++) {
          const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
          const reply = await fetch(url, { redirect: 'manual', headers: { cookie } })
          for (const line of reply.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
            if (value === '') cookies.delete(name!)
            else cookies.set(name!, value!)
          }
          const location = reply.headers.get('location')
          if (location === null) throw new Error(`The provider did not send the browser back: ${reply.status} ${await reply.text()}`)
          await reply.arrayBuffer()
          url = new URL(location, url)
          if (url.href.startsWith(redirect)) return url.search.slice(1)
        }
        throw new Error('The provider sent the browser round and round.')
      },
    }
  }
  return test
}

export function writeSecret(secret: string, mode = 0o600): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'attune-oidc-')), 'secret')
  writeFileSync(file, `${secret}\n`)
  chmodSync(file, mode)
  return file
}
