import { describe, expect, it } from 'vitest'
import { judgeClaims } from './judge-claims.ts'

const now = new Date('2026-03-02T10:00:00Z')
const seconds = (ago: number) => now.getTime() / 1_000 - ago
const settings = { acr: ['aal2', 'aal3'], amr: ['mfa'], maxAgeSeconds: 3_600 }
const judge = (claims: { authTime?: number | undefined; acr?: string; amr?: string[] }, afresh = false) =>
  judgeClaims({ subject: 's', authTime: seconds(60), acr: undefined, amr: [], ...claims }, settings, {
    now,
    begunAt: new Date(now.getTime() - 90_000),
    afresh,
  })

describe('a sign-in at an organisation', () => {
  it.each([
    [{ acr: 'aal2' }, true],
    [{ acr: 'aal3' }, true],
    [{ acr: 'aal1' }, false],
    [{ acr: 'AAL2' }, false],
    [{ acr: 'aal2 aal1' }, false],
    [{ acr: '' }, false],
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: ['pwd', 'otp'] }, false],
    [{ amr: ['mfa '] }, false],
    [{ acr: 'aal1', amr: ['mfa'] }, true],
    [{}, false],
  ])('with %j proves two steps: %s (ASVS 6.8.4)', (claims, secondFactor) => expect(judge(claims)).toMatchObject({ is: 'proof', secondFactor }))

  it.each([
    [undefined, 'auth-time-missing'],
    [Number.NaN, 'auth-time-missing'],
    [seconds(-31), 'auth-time-ahead'],
    [seconds(3_631), 'auth-time-old'],
    [0, 'auth-time-old'],
  ])('of the time %s is refused: %s (ASVS 6.8.4)', (authTime, because) =>
    expect(judge({ authTime, acr: 'aal2' })).toEqual({ is: 'refused', because }),
  )

  it('is taken as old as it is, and never as one of the future (ASVS 6.8.4)', () => {
    expect(judge({ authTime: seconds(3_600) })).toMatchObject({ authenticatedAt: new Date(now.getTime() - 3_600_000) })
    expect(judge({ authTime: seconds(-20) })).toMatchObject({ authenticatedAt: now })
  })

  it('that had to be new is refused when it was there before the visit began (ASVS 6.8.4, 7.5.1)', () => {
    expect(judge({ authTime: seconds(90) }, true)).toMatchObject({ is: 'proof' })
    expect(judge({ authTime: seconds(120) }, true)).toMatchObject({ is: 'proof' })
    expect(judge({ authTime: seconds(121) }, true)).toEqual({ is: 'refused', because: 'auth-time-old' })
    expect(judge({ authTime: seconds(121) }, false)).toMatchObject({ is: 'proof' })
  })
})
