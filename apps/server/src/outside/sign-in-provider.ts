// The sign-in of an organisation, OpenID Connect with the code flow. The library (openid-client, certified) keeps the protocol: PKCE, state, nonce, issuer,
// audience, signature. What a sign-in there is worth here is judged apart, from acr, amr and auth_time: the library takes a token without them.
import { readFileSync, statSync } from 'node:fs'
import type { Configuration } from 'openid-client'
import { askOutside } from './ask-outside.ts'

export type ProviderSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly secretFile: string
  /** How people call it, on the button. */
  readonly name: string
  /** Values of acr, and of amr, that say that two steps were taken there. */
  readonly acr: readonly string[]
  readonly amr: readonly string[]
  /** Seconds that a sign-in there may be old to open a session here. */
  readonly maxAgeSeconds: number
}

/** What the answer has to fit; made for one visit and used once. */
export type VisitSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** What the provider says about a sign-in, after everything that the protocol asks for was checked. */
export type Claims = {
  readonly subject: string
  readonly authTime: number | undefined
  readonly acr: string | undefined
  readonly amr: readonly string[]
}

export type SignInProvider = ProviderSettings & {
  /** The address there that the person is sent to, and what the answer has to fit. `afresh` asks them to sign in again. */
  readonly begin: (redirect: string, visit: { readonly afresh: boolean }) => Promise<{ readonly url: string; readonly secrets: VisitSecrets }>
  /** Trades the answer in for what it says. Rejects with ProviderRefused for one that does not fit, with ProviderAway when nobody answers. */
  readonly finish: (answer: URL, secrets: VisitSecrets) => Promise<Claims>
}

/** Says no, in a word for the log that holds nothing of the answer. */
export class ProviderRefused extends Error {
  readonly because: string
  constructor(because: string) {
    super(because)
    this.because = because
  }
}
export class ProviderAway extends Error {}

const patienceMs = 10_000
const mostBytes = 1024 * 1024
/** Keys and addresses of a provider change; a day is what most say. */
const knownMs = 12 * 60 * 60_000

// Loaded on first use: most installations have no provider.
const library = () => import('openid-client')

/** What is wrong with the file of the secret, in a sentence; undefined when all is well. */
export function checkSecretFile(file: string): string | undefined {
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      return `Other users of this machine can read ${file}. Run: chmod 600 "${file}"`
    return readFileSync(file, 'utf8').trim() === '' ? `${file} is empty. Put the client secret into it.` : undefined
  } catch {
    return `There is no file ${file} that this server can read (ATTUNE_OIDC_SECRET_FILE).`
  }
}

/** Throws a sentence when the secret cannot be had. Nobody is asked before the first visit: a provider that is away stops no start. */
export function openSignInProvider(settings: ProviderSettings, near: readonly string[], now: () => Date): SignInProvider {
  const issue = checkSecretFile(settings.secretFile)
  if (issue !== undefined) throw new Error(issue)
  const secret = readFileSync(settings.secretFile, 'utf8').trim()
  let known: { readonly at: number; readonly configuration: Configuration } | undefined

  async function findConfiguration(): Promise<Configuration> {
    if (known !== undefined && now().getTime() - known.at < knownMs) return known.configuration
    const client = await library()
    const issuer = new URL(settings.issuer)
    const metadata = { [client.clockTolerance]: clockToleranceSeconds }
    const configuration = await client.discovery(issuer, settings.clientId, metadata, client.ClientSecretBasic(secret), {
      timeout: patienceMs / 1_000,
      // Signatures are looked at although the token comes over TLS from the provider itself (ASVS 6.8.2).
      execute: [client.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [])],
      [client.customFetch]: ask,
    })
    known = { at: now().getTime(), configuration }
    return configuration
  }

  // Every address that the provider names, its keys among them, passes the same guard (ASVS 1.3.6).
  async function ask(
    address: string,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: unknown },
  ): Promise<Response> {
    const sent = body === undefined || body === null ? {} : { body: Buffer.from(body instanceof Uint8Array ? body : String(body)) }
    return askOutside(new URL(address), { method, headers, patienceMs, mostBytes, ...sent }, near)
  }

  return {
    ...settings,
    async begin(redirect, { afresh }) {
      const client = await library()
      const configuration = await findConfiguration().catch(away)
      const secrets = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirect,
        // No e-mail address, no name: who somebody is here is said by the invitation.
        scope: 'openid',
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
        max_age: String(afresh ? 0 : settings.maxAgeSeconds),
        ...(afresh && { prompt: 'login' }),
        ...(settings.acr.length > 0 && { acr_values: settings.acr.join(' ') }),
      })
      return { url: url.href, secrets }
    },

    async finish(answer, { state, nonce, verifier }) {
      const client = await library()
      const configuration = await findConfiguration().catch(away)
      const tokens = await client
        .authorizationCodeGrant(configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          const code = error instanceof Error && 'code' in error ? String(error.code) : ''
          const word = error instanceof Error && 'error' in error ? String(error.error) : code
          // A word that the provider chose itself does not get into the log when it is none of the standard's.
          if (/^[a-z_]{3,40}$/i.test(word) && !/^(ETIMEDOUT|ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|OAUTH_TIMEOUT)$/.test(word))
            throw new ProviderRefused(word)
          return away(error)
        })
      const claims = tokens.claims()
      if (claims === undefined) throw new ProviderRefused('no-id-token')
      const { sub, auth_time, acr, amr } = claims as { sub: string; auth_time?: unknown; acr?: unknown; amr?: unknown }
      return {
        subject: sub,
        authTime: typeof auth_time === 'number' ? auth_time : undefined,
        acr: typeof acr === 'string' ? acr : undefined,
        amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
      }
    },
  }
}

/** Seconds by which the clocks of two machines may differ. */
export const clockToleranceSeconds = 30

function away(error: unknown): never {
  throw new ProviderAway(error instanceof Error ? error.name : 'no answer')
}
