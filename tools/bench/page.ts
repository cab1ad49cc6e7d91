// What a phone has to fetch and how long a person waits: script by gzip, first question cold, an answer on the screen, at 1x and 4x slower CPU.
import { gzipSync } from 'node:zlib'
import { openBrowser, phone, type Browser } from '../../apps/web/test/browser.ts'
import { choose, protectDevice, signIn, visit } from '../../apps/web/test/practitioner-walk.ts'
import type { Figure } from '../bench.ts'
import { startServerProcess } from '../walk/server-process.ts'

type Page = Browser['page']

export async function slowDown(page: Page, times: number): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('Emulation.setCPUThrottlingRate', { rate: times })
}

type FirstQuestion = { readonly home: number; readonly question: number }

/** In a page loaded afresh: milliseconds to the home page, and from pressing Start to the first question with the engine not loaded before. */
async function firstQuestion(page: Page, url: string): Promise<FirstQuestion> {
  await page.goto('about:blank')
  const asks = page.getByLabel('Passphrase for this device', { exact: true })
  const start = page.getByRole('link', { name: /Start a session|Start: Client session/ }).first()
  const began = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await asks.or(start).first().waitFor()
  const home = performance.now() - began
  if (await page.getByText('Your drafts are locked').isVisible()) await visit(page, `${url}/drafts`, 'Drafts on this device')
  if (page.url() !== `${url}/`) {
    // Inside the app, so that nothing is loaded anew.
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await start.waitFor()
  }
  const pressed = performance.now()
  await start.click()
  await page
    .getByRole('group', { name: /Has the client signed/ })
    .last()
    .waitFor()
  return { home, question: performance.now() - pressed }
}

/** Milliseconds from the event of an answer to the next painted frame, as the page itself sees it; the median of several. */
export async function answerToScreen(page: Page): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const took = await page.evaluate(
      (answer) =>
        new Promise<number>((resolve) => {
          const radios = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')]
          const began = performance.now()
          radios[answer]?.click()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
        }),
      round % 2,
    )
    times.push(took)
    await page.waitForTimeout(400)
  }
  return times.sort((a, b) => a - b)[4] ?? 0
}

export const middle = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

export async function measurePage(): Promise<Figure[]> {
  const server = await startServerProcess()
  const browser = await openBrowser({ viewport: phone, mobile: true })
  try {
    const { page } = browser
    const scripts = new Map<string, number>()
    page.on('response', async (reply) => {
      if (reply.request().resourceType() !== 'script' || scripts.has(reply.url())) return
      const body = await reply.body().catch(() => undefined)
      if (body !== undefined) scripts.set(reply.url(), gzipSync(body).length)
    })
    const weigh = () => [...scripts.values()].reduce((sum, one) => sum + one, 0) / 1024
    await page.goto(server.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(500)
    const firstPage = weigh()
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await protectDevice(page)
    scripts.clear()
    // Without the service worker's help, as on the first visit: what the form page alone asks for.
    await firstQuestion(page, server.url)
    await page.waitForTimeout(500)
    const formPage = weigh()

    const figures: Figure[] = [
      { name: 'script of the first page, gzip', value: `${firstPage.toFixed(0)} kB`, beside: 'goal 350 kB' },
      { name: 'script of the form page with the engine, gzip', value: `${formPage.toFixed(0)} kB`, beside: 'the engine alone is 261 kB' },
    ]
    for (const times of [1, 4]) {
      await slowDown(page, times)
      const cold: FirstQuestion[] = []
      for (let round = 0; round < 3; round++) cold.push(await firstQuestion(page, server.url))
      figures.push(
        { name: `home page loaded afresh, CPU ${times}x slower`, value: `${middle(cold.map((one) => one.home)).toFixed(0)} ms`, beside: '' },
        {
          name: `from Start to the first question, engine cold, CPU ${times}x slower`,
          value: `${middle(cold.map((one) => one.question)).toFixed(0)} ms`,
          beside: times === 4 ? 'goal 1,500 ms' : '',
        },
      )
      await choose(page, /Has the client signed/, 'Yes')
      figures.push({
        name: `an answer shows on the screen, CPU ${times}x slower`,
        value: `${(await answerToScreen(page)).toFixed(0)} ms`,
        beside: times === 4 ? 'goal 50 ms' : '',
      })
    }
    return figures
  } finally {
    await browser.close()
    browser.remove()
    await server.stop()
    await server.remove()
  }
}
