// @vitest-environment jsdom
// A report on the screen: what it is of stays said, also when a further cut of it is refused.
import type { Report } from '@attune/contract'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, h, type App } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { plainReport } from './report.fixture.ts'
import ReportScreen from './ReportScreen.vue'

const refused = {
  type: 'about:blank',
  status: 403,
  code: 'slice-refused',
  title: 'These numbers could point at a single family.',
  detail: 'Too few.',
}
let given: Report
let app: App | undefined
let room: HTMLElement

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('fetch', async (address: URL) => {
    const age = address.searchParams.get('ageGroup')
    if (!address.pathname.endsWith('/reports/service'))
      return new Response(JSON.stringify({ reports: [], layouts: [] }), { headers: { 'content-type': 'application/json' } })
    const [body, status] = age === 'pre-birth' ? [refused, 403] : [{ ...given, ageGroup: age }, 200]
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' },
    })
  })
  given = plainReport
  room = document.createElement('div')
  document.body.replaceChildren(room)
})
function open(): void {
  const any = { render: () => null }
  const names = ['home', 'report-national-summary', 'report-service-summary', 'report-selections', 'report-layouts']
  const routes = names.map((name) => ({ name, path: `/${name}`, component: any }))
  app = createApp({ render: () => h(ReportScreen, { scope: 'service' }) }).use(createRouter({ history: createMemoryHistory(), routes }))
  app.mount(room)
}
afterEach(() => {
  app?.unmount()
  vi.unstubAllGlobals()
})

async function choose(ageGroup: string): Promise<void> {
  await vi.waitFor(() => expect(room.textContent).toContain('145'))
  const select = [...room.querySelectorAll('select')].find((one) => [...one.options].some(({ value }) => value === ageGroup))!
  select.value = ageGroup
  select.dispatchEvent(new Event('change'))
  room.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
}

it('a cut that is refused says that what stands below is still the report from before', async () => {
  open()
  await choose('pre-birth')
  await vi.waitFor(() => expect(room.textContent).toContain('These numbers could point at a single family.'))
  expect(room.textContent).toContain('Below is still the report from before: sessions from January to September 2026.')
  expect(room.textContent).toContain('145')
})

it('one age group is named as one, and nothing is split by age once more', async () => {
  open()
  await vi.waitFor(() => expect(room.textContent).toContain('Clients by age group'))
  expect(room.textContent).not.toContain('Below is still')
  await choose('2-4')
  await vi.waitFor(() => expect(room.textContent).toContain('Sessions from January to September 2026, age group 2–4.'))
  expect(room.textContent).not.toContain('Clients by age group')
})

it('a service of one family says that nothing is released and why, in place of a page of dashes', async () => {
  const few = { hidden: true as const, because: 'Fewer than 10 people are in this slice, so it cannot be released.' }
  given = { ...plainReport, clients: few, sessions: few, periods: [], ageGroups: [{ ageGroup: '0-2', count: few }] }
  given = { ...given, released: { ...given.released, notice: few.because } }
  open()
  await vi.waitFor(() => expect(room.textContent).toContain('No figures are released for this period yet.'))
  expect(room.textContent).toContain(few.because)
  for (const words of ['Clients by age group', 'No measure was used', 'Released on', 'newest quarter']) expect(room.textContent).not.toContain(words)
  expect(room.querySelector('select')).toBeNull()
})
