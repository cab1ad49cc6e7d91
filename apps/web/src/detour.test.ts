import type { SessionView } from '@attune/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice } from './device.fixture.ts'
import type { LockSecret } from './vault/locks.ts'

newDevice()

const key: LockSecret = { kind: 'passkey', credentialId: 'c', secret: new Uint8Array(32).fill(1) }
const nia: SessionView = {
  accountId: 'account-nia',
  displayName: 'Nia Morgan',
  email: 'nia@riverside.example',
  assurance: 'second-factor',
  factors: { totp: true, passkeys: 0, recoveryCodesLeft: 8, provider: false },
  grants: [{ grantId: 'g', role: 'practitioner', serviceId: 'riverside', serviceName: 'Riverside' }],
  grantId: 'g',
  endsAt: '2026-11-23T00:00:00Z',
  demo: false,
}
const place = (fullPath: string, name: string, meta = {}) => ({ fullPath, name, meta })
const drafts = place('/drafts', 'drafts', { onDevice: true, roles: ['practitioner'] })
const records = place('/records', 'records', { roles: ['data-support'] })
const status = place('/standing', 'standing', { roles: ['practitioner'] })

async function openPage() {
  vi.resetModules()
  const { findDetour } = await import('./detour.ts')
  const session = await import('./session/session.ts')
  const { vault } = await import('./vault/index.ts')
  return { findDetour, session, vault }
}

let page: Awaited<ReturnType<typeof openPage>>

beforeEach(async () => {
  newDevice()
  page = await openPage()
})

describe('the way to a screen', () => {
  it('leads a stranger to the sign-in page and back afterwards', () => {
    page.session.forgetSession()
    expect(page.findDetour(drafts)).toEqual({ name: 'sign-in', query: { back: '/drafts' } })
    expect(page.findDetour(place('/', 'home'))).toEqual({ name: 'sign-in', query: {} })
    expect(page.findDetour(place('/demo', 'demo', { open: true }))).toBeUndefined()
  })

  it('stops at the second step, which is entered or set up first', () => {
    page.session.takeSession({ ...nia, assurance: 'password' })
    expect(page.findDetour(status)).toMatchObject({ name: 'second-step' })
    page.session.takeSession({ ...nia, assurance: 'password', factors: { totp: false, passkeys: 0, recoveryCodesLeft: 0, provider: false } })
    expect(page.findDetour(status)).toMatchObject({ name: 'set-up-factor' })
    expect(page.findDetour(place('/second-factor', 'set-up-factor', { half: true }))).toBeUndefined()
  })

  it('leads home from a screen of another role', () => {
    page.session.takeSession(nia)
    expect(page.findDetour(records)).toEqual({ name: 'home' })
    expect(page.findDetour(status)).toBeUndefined()
  })

  it('asks for the vault before it shows what lies on the device', async () => {
    page.session.takeSession(nia)
    await page.vault.attend(nia.accountId)
    expect(page.findDetour(drafts)).toEqual({ name: 'unlock', query: { back: '/drafts' } })
    await page.vault.create(nia.accountId, key)
    expect(page.findDetour(drafts)).toBeUndefined()
    await page.vault.lock()
    expect(page.findDetour(drafts)).toMatchObject({ name: 'unlock' })
  })

  it('with no connection leads to the vault where there is one, and else to the sign-in page', async () => {
    await page.vault.attend(nia.accountId)
    await page.vault.create(nia.accountId, key)
    page = await openPage()
    await page.session.loadSession()
    expect(page.session.session.value.is).toBe('unreachable')
    await page.vault.attend(undefined)
    expect(page.findDetour(status)).toMatchObject({ name: 'unlock' })
    await page.vault.wipe()
    expect(page.findDetour(status)).toMatchObject({ name: 'sign-in' })
  })

  it('lets the person carry on with what is on the device when the sign-in ran out, and asks only for what needs the server', async () => {
    page.session.takeSession(nia)
    await page.vault.attend(nia.accountId)
    await page.vault.create(nia.accountId, key)
    page.session.carryOnOffline(nia)
    const { call } = await import('./api.ts')
    const real = globalThis.fetch
    // The server no longer knows the session.
    globalThis.fetch = () =>
      Promise.resolve(
        new Response(JSON.stringify({ code: 'not-signed-in', title: 'x', detail: 'y' }), {
          status: 401,
          headers: { 'content-type': 'application/problem+json' },
        }),
      )
    await call('GET /api/forms').catch(() => undefined)
    globalThis.fetch = real
    expect(page.session.session.value).toMatchObject({ is: 'on-device', signInAgain: true })
    expect(page.findDetour(drafts)).toBeUndefined()
    expect(page.findDetour(status)).toEqual({ name: 'sign-in', query: { back: '/standing', again: '1' } })
    page.session.carryOnOffline(nia)
  })
})
