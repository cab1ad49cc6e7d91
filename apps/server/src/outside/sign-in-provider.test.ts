import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../env.ts'
import { writeSecret } from '../../test/sign-in-provider.ts'
import { checkSecretFile, openSignInProvider } from './sign-in-provider.ts'

const given = {
  ATTUNE_HOME: '/nonexistent/attune',
  ATTUNE_OIDC_ISSUER: 'https://login.example.org/realms/north',
  ATTUNE_OIDC_CLIENT_ID: 'attune',
  ATTUNE_OIDC_SECRET_FILE: '/var/lib/attune/oidc-secret',
  ATTUNE_OIDC_NAME: 'North',
}

describe('the settings of a sign-in provider', () => {
  it('ask for what is missing, and for encryption, each in a sentence', () => {
    expect(readEnvironment({ ATTUNE_HOME: '/nonexistent/attune' }).provider).toBeUndefined()
    expect(readEnvironment(given).provider).toEqual({
      issuer: given.ATTUNE_OIDC_ISSUER,
      clientId: 'attune',
      secretFile: '/var/lib/attune/oidc-secret',
      name: 'North',
      acr: [],
      amr: ['mfa'],
      maxAgeSeconds: 3_600,
    })
    expect(() => readEnvironment({ ATTUNE_OIDC_ISSUER: given.ATTUNE_OIDC_ISSUER, ATTUNE_HOME: given.ATTUNE_HOME })).toThrow(
      /CLIENT_ID is needed\.\n.*SECRET_FILE is needed\.\n.*NAME is needed\./,
    )
    expect(() => readEnvironment({ ...given, ATTUNE_OIDC_ISSUER: 'http://login.example.org/' })).toThrow('not encrypted')
    expect(readEnvironment({ ...given, ATTUNE_OIDC_ISSUER: 'http://login.internal/', ATTUNE_NEAR: 'login.internal' }).provider?.issuer).toBe(
      'http://login.internal/',
    )
    expect(() => readEnvironment({ ...given, ATTUNE_OIDC_MAX_AGE_MINUTES: '0' })).toThrow('from 1 to 720')
  })
})

describe('the file of its secret', () => {
  it('is read only when nobody else can read it and something is in it', () => {
    const settings = readEnvironment(given).provider!
    const open = (secretFile: string) => openSignInProvider({ ...settings, secretFile }, [], () => new Date())
    const [good, readable, empty] = [writeSecret('secret'), writeSecret('secret', 0o640), writeSecret('')]
    expect(checkSecretFile(good)).toBeUndefined()
    expect(open(good).name).toBe('North')
    expect(() => open(readable)).toThrow(`Run: chmod 600 "${readable}"`)
    expect(() => open(empty)).toThrow('is empty')
    expect(() => open(`${good}-gone`)).toThrow('ATTUNE_OIDC_SECRET_FILE')
    for (const file of [good, readable, empty]) rmSync(file)
  })
})
