// @vitest-environment jsdom
import type { RecordRow } from '@attune/contract'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp, h, nextTick, reactive, type App } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { recordColumns } from './record-columns.ts'
import RecordsTable from './RecordsTable.vue'
import { newestFirst, sortRecords, type SortOrder } from './sort-records.ts'

const heightInSight = 600

beforeAll(() => {
  // jsdom lays nothing out: these stand for what a browser measures.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => heightInSight })
  Element.prototype.scrollIntoView = () => undefined
  globalThis.ResizeObserver = class {
    observe = () => undefined
    unobserve = () => undefined
    disconnect = () => undefined
  }
})

const day = (number: number) => new Date(Date.UTC(2026, 0, 1) - number * 86_400_000).toISOString().slice(0, 10)

const records: readonly RecordRow[] = Array.from({ length: 10_000 }, (_, number) => ({
  recordId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  code: `CODE-${number}`,
  sessionOn: day(number % 700),
  sessionNo: (number % 4) + 1,
  timePoint: 'before',
  sessionMode: 'online',
  ageGroup: '0-2',
  practitionerId: null,
  scores: { 'phq-9': number % 28 },
  receivedAt: '2026-03-01T10:00:00Z',
  serviceCopy: true,
  reviewState: 'received',
}))

let app: App | undefined
afterEach(() => app?.unmount())

async function show() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => null } },
      { path: '/records/:recordId', name: 'record', component: { render: () => null } },
    ],
  })
  const state = reactive<{ order: SortOrder }>({ order: newestFirst })
  const place = { scrollTop: 0, row: 0, column: 0 }
  const columns = recordColumns(records, { practitioners: new Map(), measures: new Map() })
  const host = document.body.appendChild(document.createElement('div'))
  app = createApp(() =>
    h(RecordsTable, {
      records: sortRecords(records, state.order),
      columns,
      order: state.order,
      compact: true,
      place,
      onOrder: (order: SortOrder) => (state.order = order),
    }),
  )
  app.use(router).mount(host)
  await nextTick()
  const grid = host.querySelector('[role=grid]') as HTMLTableElement
  const press = async (key: string, ctrlKey = false) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
    await nextTick()
    await nextTick()
  }
  return { host, grid, router, press, focused: () => document.activeElement as HTMLElement }
}

describe('ten thousand records in one table', () => {
  it('only the rows in sight are in the document, and screen readers hear the true number', async () => {
    const { grid } = await show()
    expect(grid.querySelectorAll('tr[data-row]').length).toBeLessThan(60)
    expect(grid.getAttribute('aria-rowcount')).toBe('10001')
    expect(grid.querySelector('tr[data-row="0"]')?.getAttribute('aria-rowindex')).toBe('2')
    expect(grid.querySelector('tr[data-row="0"] th')?.textContent).toContain('CODE-0')
  })

  it('one cell alone is a tab stop, and the arrow keys move it', async () => {
    const { grid, press, focused } = await show()
    expect(grid.querySelectorAll('tbody [tabindex="0"]')).toHaveLength(1)
    grid.querySelector<HTMLElement>('[data-cell="0,0"]')?.focus()
    await press('ArrowDown')
    await press('ArrowRight')
    expect(focused().dataset['cell']).toBe('1,1')
    expect(grid.querySelectorAll('tbody [tabindex="0"]')).toHaveLength(1)
  })

  it('Control and End bring the last of all rows in and focus it', async () => {
    const { grid, press, focused } = await show()
    grid.querySelector<HTMLElement>('[data-cell="0,0"]')?.focus()
    await press('End', true)
    expect(focused().closest('tr')?.getAttribute('aria-rowindex')).toBe('10001')
    expect(grid.querySelectorAll('tr[data-row]').length).toBeLessThan(60)
  })

  it('Enter on any cell opens its record', async () => {
    const { grid, press, router } = await show()
    grid.querySelector<HTMLElement>('[data-cell="0,0"]')?.focus()
    await press('ArrowRight')
    await press('Enter')
    await router.isReady()
    await new Promise((resolve) => setTimeout(resolve))
    expect(router.currentRoute.value.name).toBe('record')
  })

  it('a heading sorts by its column and says so', async () => {
    const { grid } = await show()
    const heading = [...grid.querySelectorAll('th[scope=col]')].find((cell) => cell.textContent?.includes('PHQ-9'))
    expect(heading?.getAttribute('aria-sort')).toBe('none')
    heading?.querySelector('button')?.click()
    await nextTick()
    expect(heading?.getAttribute('aria-sort')).toBe('ascending')
    heading?.querySelector('button')?.click()
    await nextTick()
    expect(heading?.getAttribute('aria-sort')).toBe('descending')
    expect(grid.querySelector('tr[data-row="0"]')?.textContent).toContain('27')
  })
})
