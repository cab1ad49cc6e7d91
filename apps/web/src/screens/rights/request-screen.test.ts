// @vitest-environment jsdom
// The screen of one request: nothing is sent that lacks what the law asks for, what cannot be taken back is asked once, and everybody is told whose turn it is.
import type { RequestView, SessionView } from '@attune/contract'
import type { Role } from '@attune/policy'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, h, nextTick, type App, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { loadSession } from '../../session/session.ts'
import RequestScreen from './RequestScreen.vue'
import RightsScreen from './RightsScreen.vue'

const [may, not] = [
  { may: true, sentence: '' },
  { may: false, sentence: 'Not now.' },
]
const request: RequestView = {
  requestId: '7ea465d6-93ed-443f-91f0-fa4b1949e692',
  reference: 'R-TFD95W',
  serviceId: 'north',
  serviceName: 'North',
  type: 'access',
  label: 'See',
  subject: 'client',
  code: '6W2HR6TW7N',
  state: 'confirmed',
  receivedOn: '2026-11-27',
  dueOn: '2026-12-29',
  urgency: 'in-time',
  holding: false,
  outcome: null,
  means: '',
  explanation: 'It is due by 29 December 2026.',
  treatedBecause: null,
  words: null,
  ground: null,
  identityCheck: 'document-seen',
  practitioner: null,
  filedAt: '2026-11-27T10:00:00Z',
  confirmedAt: '2026-11-27T10:00:00Z',
  decidedAt: null,
  endedAt: null,
  reasons: null,
  recipient: null,
  proposedByMe: false,
  linked: [],
  records: 4,
  corrections: 0,
  letters: ['acknowledgement'],
  packages: [],
  steps: { confirm: not, pause: may, resume: not, extend: may, decide: may, agree: not, takeBack: may, lift: not },
  secondPersonFor: [],
}
let app: App | undefined
let room: HTMLElement
let shown: RequestView
let role: Role
let sent: { path: string; body: unknown }[]

beforeEach(() => {
  sent = []
  shown = request
  vi.stubGlobal('fetch', async (address: URL, { method = 'GET', body }: RequestInit) => {
    const session: SessionView = {
      accountId: 'a',
      displayName: 'Nia',
      email: 'nia@north.example',
      assurance: 'second-factor',
      factors: { totp: true, passkeys: 0, recoveryCodesLeft: 8, provider: false },
      grants: [{ grantId: 'g', role, serviceId: 'north', serviceName: 'North' }],
      grantId: 'g',
      endsAt: '2027-01-01T00:00:00Z',
      demo: false,
    }
    if (method === 'POST') sent.push({ path: address.pathname.split('/').at(-1)!, body: body === undefined ? undefined : JSON.parse(String(body)) })
    const reply =
      {
        '/api/session': session,
        '/api/rights': { requests: [shown], next: null },
        '/api/services': { services: [] },
        '/api/policy': { retention: [] },
      }[address.pathname] ?? shown
    return new Response(JSON.stringify(reply), { headers: { 'content-type': 'application/json' } })
  })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  // jsdom has no modal dialogs; this stands for a browser's.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  Element.prototype.scrollIntoView = () => undefined
  room = document.createElement('div')
  document.body.replaceChildren(room)
})
afterEach(() => {
  app?.unmount()
  vi.unstubAllGlobals()
})

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

async function show(as: Role, more: Partial<RequestView> = {}): Promise<void> {
  role = as
  shown = { ...request, ...more }
  await loadSession()
  await mount(RequestScreen, { requestId: request.requestId })
}

async function mount(screen: Component, props: Record<string, unknown> = {}): Promise<void> {
  const any = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['', 'right-new', 'my-data', 'rights', 'right', 'right-letter', 'record'].map((name) => ({
      name: name || 'home',
      path: `/${name}${name && '/:requestId?/:kind?'}`,
      component: any,
    })),
  })
  app = createApp({ render: () => h(screen, props) }).use(router)
  app.mount(room)
  await settled()
}

const press = async (name: RegExp, at: ParentNode = room) => {
  const button = [...at.querySelectorAll('button')].findLast((one) => name.test(one.textContent ?? ''))
  expect(button, String(name)).toBeDefined()
  button!.click()
  await settled()
}
const write = async (id: string, words: string) => {
  const box = document.getElementById(id) as HTMLInputElement | HTMLTextAreaElement
  box.value = words
  box.dispatchEvent(new Event('input'))
  await nextTick()
}
const errors = () => [...room.querySelectorAll('.govuk-error-message')].map((one) => one.textContent?.replace('Error:', '').trim())

describe('the clock of a request', () => {
  it('is stopped with what the person is asked, and moved on with the reason why, never without', async () => {
    await show('administrator')
    await press(/^\s*Stop the clock/)
    expect(document.activeElement?.id).toBe('right-clock-reasons')
    await press(/^\s*Stop the clock/)
    expect([errors(), sent]).toEqual([['Write at least a sentence'], []])
    await write('right-clock-reasons', 'On which day was the session?')
    await press(/^\s*Stop the clock/)
    expect(sent).toEqual([{ path: 'clock', body: { step: 'pause', reasons: 'On which day was the session?' } }])
  })

  it('is given more time with the reasons that the letter needs', async () => {
    await show('administrator')
    await press(/Add two months/)
    expect(room.textContent).toContain('the law asks for the reasons')
    await write('right-clock-reasons', 'Four services have to be asked first.')
    await press(/Add two months/)
    expect(sent).toEqual([{ path: 'clock', body: { step: 'extend', reasons: 'Four services have to be asked first.' } }])
  })
})

describe('a decision', () => {
  const choose = async (id: string) => {
    document.getElementById(id)!.click()
    await nextTick()
  }
  it('for a package says at the box what is wrong with a key or a name, and sends nothing', async () => {
    await show('administrator', { type: 'port' })
    await choose('decision-outcome-grant')
    await write('decision-reasons', 'They take it to another clinic.')
    await write('decision-key', 'age1nonsense')
    await press(/Save the decision/)
    expect(errors()).toEqual(['Enter the name of the recipient', 'Enter their public age key: one line that begins with age1'])
    expect(document.getElementById('decision-key')!.getAttribute('aria-describedby')).toContain('decision-key-error')
    expect(sent).toEqual([])
  })

  it('to show what is held may go without a package: the service hands the copy over', async () => {
    await show('administrator')
    await choose('decision-outcome-grant')
    await write('decision-reasons', 'The service gives them a copy.')
    await press(/Save the decision/)
    expect(sent).toEqual([{ path: 'decision', body: { outcome: 'grant', reasons: 'The service gives them a copy.' } }])
  })
})

describe('the second person', () => {
  it('is told what goes: of a client everything, of a practitioner who they are', async () => {
    const steps = { ...request.steps, decide: not, agree: may }
    await show('administrator', { type: 'delete', state: 'proposed', outcome: 'grant', steps })
    expect(room.textContent).toContain('the records are erased and their key is destroyed')
    app!.unmount()
    await show('administrator', { type: 'delete', state: 'proposed', outcome: 'grant', steps, subject: 'practitioner', code: null })
    expect(room.textContent).toContain('The clients’ records stay, without their name.')
    expect(room.textContent).not.toContain('the records are erased')
  })
})

describe('whoever does not decide', () => {
  it('is told whose turn it is', async () => {
    await show('data-support')
    expect(room.textContent).toContain('decides next. Nothing is left to do for you but to give the person the letter below.')
    app!.unmount()
    await show('practitioner', { subject: 'practitioner', code: null })
    expect(room.textContent).toContain('Your own data')
    expect(room.textContent).toContain('writes to you when there is news')
  })

  it('finds a request about oneself called one’s own, in the list as on its page', async () => {
    role = 'practitioner'
    shown = { ...request, subject: 'practitioner', code: null }
    await loadSession()
    await mount(RightsScreen)
    expect(room.querySelector('.attune-row')?.textContent).toContain('Your own data')
  })

  it('says how it was made sure who asks: none is chosen beforehand', async () => {
    await show('service-lead', { state: 'received', steps: { ...request.steps, confirm: may } })
    await press(/We have made sure who asks/)
    expect([errors(), sent]).toEqual([['Choose how it was made sure who asks'], []])
    document.getElementById('right-confirm-called-back')!.click()
    await press(/We have made sure who asks/)
    expect(sent).toEqual([{ path: 'confirm', body: { identityCheck: 'called-back' } }])
  })

  it('adds the code of a client who asked without one, and is told when it is missing', async () => {
    await show('data-support', { state: 'received', code: null, steps: { ...request.steps, confirm: may } })
    document.getElementById('right-confirm-document-seen')!.click()
    await press(/We have made sure who asks/)
    expect([errors(), document.activeElement?.id, sent]).toEqual([['Enter the client code'], 'right-confirm-code', []])
    await write('right-confirm-code', '6W2H R6TW 7N')
    await press(/We have made sure who asks/)
    expect(sent).toEqual([{ path: 'confirm', body: { identityCheck: 'document-seen', code: '6W2H R6TW 7N' } }])
  })

  it('is asked once before a request is taken back', async () => {
    await show('data-support')
    await press(/They take it back/)
    expect([room.querySelector('dialog')?.textContent?.includes('It ends without an answer'), sent]).toEqual([true, []])
    await press(/Keep it/, room.querySelector('dialog')!)
    expect(room.querySelector('dialog')).toBeNull()
    await press(/They take it back/)
    await press(/They take it back/, room.querySelector('dialog')!)
    expect(sent).toEqual([{ path: 'take-back', body: undefined }])
  })

  it('sees on which day it was answered', async () => {
    await show('data-support', {
      state: 'done',
      urgency: 'ended',
      outcome: 'grant',
      endedAt: '2026-12-03T10:00:00Z',
      decidedAt: '2026-12-03T10:00:00Z',
    })
    expect(room.textContent).toContain('3 December 2026')
  })
})
