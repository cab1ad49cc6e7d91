// @vitest-environment jsdom
// Asking for a decision about retention: what cannot be right is said at its box, before anything is sent.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, h, nextTick, type App } from 'vue'
import AskDecision from './AskDecision.vue'

let app: App | undefined
let room: HTMLElement
let sent: unknown[]
beforeEach(() => {
  sent = []
  vi.stubGlobal('fetch', async (_address: URL, { body }: RequestInit) => {
    sent.push(JSON.parse(String(body)))
    return new Response('{}', { headers: { 'content-type': 'application/json' } })
  })
  Element.prototype.scrollIntoView = () => undefined
  room = document.createElement('div')
  document.body.replaceChildren(room)
  app = createApp({ render: () => h(AskDecision, { services: [{ serviceId: 'north', name: 'North' }] as never }) })
  app.mount(room)
})
afterEach(() => {
  app?.unmount()
  vi.unstubAllGlobals()
})

const write = (id: string, words: string) => {
  const box = document.getElementById(id) as HTMLInputElement | HTMLSelectElement
  box.value = words
  box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? 'change' : 'input'))
}
async function writeDay(id: string, parts: readonly [string, string, string]): Promise<void> {
  for (const [at, part] of parts.entries()) {
    write(`${id}${['', '-month', '-year'][at]}`, part)
    await nextTick()
  }
}
async function ask(): Promise<(string | undefined)[]> {
  room.querySelector<HTMLButtonElement>('form button')!.click()
  await nextTick()
  await nextTick()
  return [...room.querySelectorAll('.govuk-error-message')].map((one) => one.textContent?.replace('Error:', '').trim())
}

it('says that days stand back to front, and that a day to put it off to lies behind us; then asks', async () => {
  write('ask-service', 'north')
  write('ask-reason', 'An evaluation of these sessions runs until then.')
  await writeDay('ask-from', ['1', '3', '2026'])
  await writeDay('ask-until', ['1', '1', '2026'])
  await writeDay('ask-untilOn', ['1', '1', '2020'])
  await nextTick()
  expect(await ask()).toEqual(['The last day cannot be before the first', 'It has to be a day to come'])
  expect(sent).toEqual([])
  await writeDay('ask-until', ['2', '3', '2026'])
  await writeDay('ask-untilOn', ['1', '1', '2090'])
  await nextTick()
  expect(await ask()).toEqual([])
  await vi.waitFor(() =>
    expect(sent).toMatchObject([{ serviceId: 'north', sessionFrom: '2026-03-01', sessionUntil: '2026-03-02', untilOn: '2090-01-01' }]),
  )
})

it('says at the boxes what is missing', async () => {
  const found = await ask()
  expect(found).toEqual(['Choose the service', ...Array.from({ length: 3 }, () => 'Enter a day of the calendar'), 'Give a reason'])
  expect(document.getElementById('ask-service')!.getAttribute('aria-describedby')).toBe('ask-service-error')
})
