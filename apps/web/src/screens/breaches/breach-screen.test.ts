// @vitest-environment jsdom
// The page of one incident: an assessment that was saved stands there to be changed, and a closed one says since when it is closed.
import type { BreachView } from '@attune/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, h, type App } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import BreachScreen from './BreachScreen.vue'

const breach: BreachView = {
  breachId: '7ea465d6-93ed-443f-91f0-fa4b1949e692',
  reference: 'Incident 2026-002',
  kind: 'lost',
  foundAt: '2026-11-26T21:47:00Z',
  dueAt: '2026-11-29T21:47:00Z',
  risk: 'high',
  regulator: 'waiting',
  individuals: 'waiting',
  services: ['North'],
  records: 3,
  closedAt: null,
  happenedFrom: '2026-11-25',
  happenedUntil: '2026-11-26',
  recordedAt: '2026-11-27T03:47:00Z',
  recordedBy: 'Ada',
  what: 'A laptop was left on the bus.',
  likelihood: 5,
  severity: 4,
  reasons: 'Easy to read and very private.',
  regulatorToldAt: null,
  regulatorReference: null,
  lateBecause: null,
  individualsToldAt: null,
  lessons: null,
  affected: [],
  notices: [],
  servicesLeft: 0,
  letters: 0,
  lettersSent: 0,
}
let app: App | undefined
let room: HTMLElement
let shown = breach

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(shown), { headers: { 'content-type': 'application/json' } }))
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  room = document.createElement('div')
  document.body.replaceChildren(room)
})
afterEach(() => {
  app?.unmount()
  vi.unstubAllGlobals()
})

async function show(more: Partial<BreachView>): Promise<void> {
  shown = { ...breach, ...more }
  const any = { render: () => null }
  const routes = ['home', 'breaches'].map((name) => ({ name, path: name === 'home' ? '/' : `/${name}`, component: any }))
  app = createApp({ render: () => h(BreachScreen, { breachId: breach.breachId }) }).use(createRouter({ history: createMemoryHistory(), routes }))
  app.mount(room)
  await vi.waitFor(() => expect(room.textContent).toContain(breach.what))
}
const valueOf = (id: string) => (document.getElementById(id) as HTMLSelectElement | HTMLTextAreaElement | null)?.value

describe('the page of an incident', () => {
  it('shows the assessment that was saved where it can be changed', async () => {
    await show({})
    expect(['likelihood', 'severity', 'risk', 'reasons'].map((field) => valueOf(`breach-${field}`))).toEqual(['5', '4', 'high', breach.reasons])
  })

  it('begins in the middle where nobody has assessed it yet', async () => {
    await show({ likelihood: null, severity: null, risk: null, reasons: null })
    expect(['likelihood', 'severity', 'reasons'].map((field) => valueOf(`breach-${field}`))).toEqual(['3', '3', ''])
  })

  it('of a closed one says when it was closed, and has nothing left to do', async () => {
    await show({ closedAt: '2026-11-30T10:00:00Z', lessons: 'Downloads stay on encrypted drives.', regulator: 'told', individuals: 'told' })
    expect(room.textContent).toMatch(/Closed\s*30 November 2026/)
    expect(room.querySelector('form')).toBeNull()
  })
})
