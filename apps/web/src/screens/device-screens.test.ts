// @vitest-environment jsdom
// Screens that guard what lies on a device: the notice is shown to its end, drafts that may vanish are told of, and signing out can wipe.
import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import type { SessionView } from '@attune/contract'
import { documentText, shownAtConsent, type PolicyDocument } from '@attune/policy'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, h, nextTick, type App, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { readVigDcs } from '../../../../packages/programme/test/vig-dcs.ts'
import PolicyFirst from './form/PolicyFirst.vue'
import RoomNotice from './home/RoomNotice.vue'
import SignOutScreen from './sign-in/SignOutScreen.vue'
import { loadSession } from '../session/session.ts'
import type { LockSecret } from '../vault/locks.ts'
import { vault } from '../vault/index.ts'

const { policy } = readVigDcs()
const key: LockSecret = { kind: 'passkey', credentialId: 'nia', secret: new Uint8Array(32).fill(1) }
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
let app: App | undefined
let room: HTMLElement
let asked: string[]

/** What the server answers, by method and path. */
const replies: Record<string, unknown> = { 'GET /api/policy': policy, 'GET /api/session': nia, 'DELETE /api/session': { done: true } }

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (address: URL, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${address.pathname}`)
    return new Response(JSON.stringify(replies[asked.at(-1)!] ?? {}), { headers: { 'content-type': 'application/json' } })
  })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  // jsdom has no modal dialogs; this stands for a browser's.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  room = document.createElement('div')
  document.body.replaceChildren(room)
})
afterEach(async () => {
  app?.unmount()
  vi.unstubAllGlobals()
  if (vault.state.value === 'open' || vault.state.value === 'locked') await vault.wipe()
})

async function show(screen: Component, props: Record<string, unknown> = {}): Promise<void> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { render: () => null } }] })
  app = createApp({ render: () => h(screen, props) }).use(router)
  app.mount(room)
  await nextTick()
}
const button = (name: RegExp) => [...document.querySelectorAll('button')].find((one) => name.test(one.textContent ?? ''))
const words = () => room.textContent?.replace(/\s+/g, ' ') ?? ''

describe('before the practitioner consent', () => {
  it('DCS-014: the way on stays shut until the end of the whole notice has been on the screen; the hashes of what was shown go with it', async () => {
    let tell: IntersectionObserverCallback = () => undefined
    const watched: Element[] = []
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(callback: IntersectionObserverCallback) {
          tell = callback
        }
        observe = (element: Element) => void watched.push(element)
        disconnect = () => undefined
      },
    )
    const read = vi.fn()
    await show(PolicyFirst, { onRead: read })
    await vi.waitFor(() => expect(watched).toHaveLength(1))
    // The whole of it is there, and what is watched is its last line.
    for (const purpose of policy.purposes) expect(words()).toContain(purpose.label)
    for (const rule of policy.retention) expect(words()).toContain(rule.label)
    expect([...room.querySelectorAll('p, li, h2, dd')].filter((element) => !element.closest('.form-page__actions')).at(-1)).toBe(watched[0])
    const goOn = button(/read/i)!
    const seeEnd = async (isIntersecting: boolean) => {
      tell([{ isIntersecting } as IntersectionObserverEntry], {} as IntersectionObserver)
      await nextTick()
    }
    goOn.click()
    await seeEnd(false)
    goOn.click()
    expect([goOn.disabled, read.mock.calls.length]).toEqual([true, 0])
    await seeEnd(true)
    goOn.click()
    expect(goOn.disabled).toBe(false)
    // What was shown goes with it as hashes, which take a moment.
    await vi.waitFor(() => expect(read).toHaveBeenCalledOnce())
    const { notice, summary, terms } = shownAtConsent(policy)
    const sha256 = (document: PolicyDocument) => createHash('sha256').update(documentText(document)).digest('hex')
    expect(read).toHaveBeenCalledWith({ notice: sha256(notice), summary: sha256(summary), terms: sha256(terms) })
  })
})

describe('a device that may lose drafts', () => {
  const megabyte = 1024 * 1024
  const withStorage = (left: number, kept: boolean, persist: () => Promise<boolean>) =>
    vi.stubGlobal('navigator', {
      ...navigator,
      storage: { estimate: async () => ({ usage: 100, quota: 100 + left }), persisted: async () => kept, persist },
    })

  it('says before it is full how much room is left', async () => {
    withStorage(12 * megabyte, true, async () => true)
    await show(RoomNotice)
    await vi.waitFor(() => expect(words()).toContain('About 12 MB is left for Attune.'))
    expect(room.querySelector('[role=status]')).not.toBeNull()
  })

  it('says in a line that a private window loses drafts, and asks the browser to keep them only with the reason beside it', async () => {
    const persist = vi.fn(async () => false)
    withStorage(900 * megabyte, false, persist)
    await vault.attend('account-nia')
    await vault.create('account-nia', key)
    persist.mockClear()
    await show(RoomNotice)
    await vi.waitFor(() => expect(words()).toContain('Is this a private window? Then drafts go when you close it'))
    expect(persist).not.toHaveBeenCalled()
    const ask = button(/Ask the browser to keep drafts/)!
    expect(ask.closest('.govuk-details__text')?.querySelectorAll('p').length).toBeGreaterThanOrEqual(2)
    ask.click()
    await vi.waitFor(() => expect(words()).toContain('The browser did not promise it.'))
    expect(persist).toHaveBeenCalledOnce()
  })

  it('says nothing where there is room and the browser keeps its promise', async () => {
    withStorage(900 * megabyte, true, async () => true)
    await vault.attend('account-nia')
    await vault.create('account-nia', key)
    await show(RoomNotice)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(words().trim()).toBe('')
  })
})

describe('signing out', () => {
  const draft = {
    draftId: 'd1',
    formId: 'client-session',
    formVersion: '1',
    xml: '<data/>',
    attachments: [],
    updatedAt: new Date().toISOString(),
    label: '',
  }
  beforeEach(async () => {
    await loadSession()
    await vault.attend(nia.accountId)
    await vault.create(nia.accountId, key)
    await vault.saveDraft(draft)
    asked = []
  })

  it('locks the drafts and keeps them, unless told otherwise', async () => {
    await show(SignOutScreen)
    await vi.waitFor(() => expect(words()).toContain('1'))
    button(/keep/i)!.click()
    await vi.waitFor(() => expect(asked).toContain('DELETE /api/session'))
    expect(vault.state.value).toBe('locked')
    expect(await vault.unlock(key)).toBe(true)
    expect(await vault.listDrafts()).toHaveLength(1)
  })

  it('wipes everything of this person after asking once, and nothing before the answer', async () => {
    await show(SignOutScreen)
    await vi.waitFor(() => expect(words()).toContain('1'))
    button(/wipe/i)!.click()
    await nextTick()
    expect(await vault.listDrafts()).toHaveLength(1)
    const dialog = document.querySelector('dialog, [role=dialog], [role=alertdialog]')
    const yes = [...(dialog?.querySelectorAll('button') ?? [])].find((one) => /wipe/i.test(one.textContent ?? ''))!
    yes.click()
    await vi.waitFor(() => expect(vault.state.value).toBe('none'))
    await vi.waitFor(() => expect(asked).toContain('DELETE /api/session'))
    expect(await vault.countBoxes()).toEqual({ drafts: 0, letters: 0 })
  })
})
