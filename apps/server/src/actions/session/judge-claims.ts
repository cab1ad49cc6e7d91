// What a sign-in at an organisation is worth here (ASVS 6.8.4). The provider was asked for two steps and for a fresh sign-in; that it was asked proves
// nothing, so its answer is looked at: https://openid.net/specs/openid-connect-core-1_0.html#IDToken (acr, amr, auth_time), RFC 8176 for amr.
import { clockToleranceSeconds, type Claims, type ProviderSettings } from '../../outside/sign-in-provider.ts'

export type Judged =
  | { readonly is: 'proof'; readonly secondFactor: boolean; readonly authenticatedAt: Date }
  | { readonly is: 'refused'; readonly because: 'auth-time-missing' | 'auth-time-ahead' | 'auth-time-old' }

/**
 * Judges the claims at `now` for a visit that began at `begunAt`. `afresh`: the person had to sign in during the visit. Two steps are proven only by a value
 * that the settings name; without one our own second step is asked for.
 */
export function judgeClaims(
  { authTime, acr, amr }: Claims,
  settings: Pick<ProviderSettings, 'acr' | 'amr' | 'maxAgeSeconds'>,
  { now, begunAt, afresh }: { readonly now: Date; readonly begunAt: Date; readonly afresh: boolean },
): Judged {
  if (authTime === undefined || !Number.isFinite(authTime)) return { is: 'refused', because: 'auth-time-missing' }
  const toleranceMs = clockToleranceSeconds * 1_000
  const at = authTime * 1_000
  if (at > now.getTime() + toleranceMs) return { is: 'refused', because: 'auth-time-ahead' }
  const earliest = afresh ? begunAt.getTime() : now.getTime() - settings.maxAgeSeconds * 1_000
  if (at < earliest - toleranceMs) return { is: 'refused', because: 'auth-time-old' }
  const secondFactor = (acr !== undefined && settings.acr.includes(acr)) || amr.some((one) => settings.amr.includes(one))
  return { is: 'proof', secondFactor, authenticatedAt: new Date(Math.min(at, now.getTime())) }
}
