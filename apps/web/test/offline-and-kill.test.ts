// No signal, a browser killed in the middle of a draft, a server killed in the middle of a submission: nothing lost, nothing doubled.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signInDemo } from '../../../tools/walk/caller.ts'
import type { RecordsPage } from '@attune/contract'
import { picture, profileHolds } from './browser.ts'
import { arriveAt, backTo, fillFirstPages, fillLastPages, goOn, protectDevice, send, signIn, startSession, visit } from './practitioner-walk.ts'
import { useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ mobile: true })
let service = ''

/** Records of the practitioner's service with this code, asked for by its data support. */
async function recordsOf(code: string): Promise<number> {
  const support = await signInDemo(server.url, 'data-support', service)
  const page = (await support.call<RecordsPage>('GET', '/api/records?limit=2000', { purpose: 'retrieve' })).body
  return page.records.filter((record) => record.code.replaceAll(/[\s-]/g, '') === code).length
}

/** Presses "Try to send now" while it is offered, until the record is there; then it is there once and nothing waits. */
async function arriveOnce(page: Page, code: string): Promise<void> {
  for (let round = 0; round < 30 && (await recordsOf(code)) === 0; round++) {
    await visit(page, `${server.url}/waiting`, 'Waiting to send')
    const now = page.getByRole('button', { name: 'Try to send now' })
    if (await now.isVisible()) await now.click().catch(() => undefined)
    await page.waitForTimeout(500)
  }
  expect(await recordsOf(code)).toBe(1)
  await visit(page, `${server.url}/waiting`, 'Waiting to send')
  await page.getByText('Nothing is waiting').waitFor()
}

/** What the device was told of the app while there was a signal, by the profile that heard it. */
let heard: { readonly profile: string; readonly manifest: { display: string; icons: { sizes: string }[] } } | undefined

/** Signed in, protected, the app kept on the device; then the signal goes. Whichever test runs first does it, so that each may run alone. */
async function loseSignal() {
  if (heard?.profile === browser.profile) return heard.manifest
  const { page } = browser
  await signIn(page, server.url, 'practitioner')
  await page.goto(`${server.url}/unlock`)
  await protectDevice(page)
  await page.goto(server.url)
  service = (await page.locator('.govuk-caption-l').first().innerText()).trim()
  const manifest = (await (await fetch(`${server.url}/manifest.webmanifest`)).json()) as NonNullable<typeof heard>['manifest']
  // The first visit that the service worker serves is the one it keeps answers of.
  await page.reload()
  await arriveAt(page, /^Hello/)
  await page.waitForLoadState('networkidle')
  await server.held.now.stop()
  await visit(page, server.url, /^Hello/)
  heard = { profile: browser.profile, manifest }
  return manifest
}

describe('in a living room without a signal', () => {
  const told = { words: 'The lantern game made them both laugh.', phq9: [1, 1, 1, 1, 0, 0, 0, 0, 0] }
  let code = ''

  it('DCS-022: the app is installable and opens with the network off', async () => {
    const manifest = await loseSignal()
    expect(manifest.display).toBe('standalone')
    expect(manifest.icons.map((icon) => icon.sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
    await browser.page
      .getByText(/Start a session|Start: Client session/)
      .first()
      .waitFor()
    await picture(browser.page, 'phone-40-home-offline')
  })

  it('DCS-024: a draft survives kill -9 of the browser, sealed on the disk, and the server never saw it (ASVS 14.3.3)', async () => {
    await loseSignal()
    await startSession(browser.page)
    code = await fillFirstPages(browser.page, told)
    await browser.page
      .getByText(/Saved on this device/)
      .first()
      .waitFor()
    await browser.page.waitForTimeout(1500)
    await browser.held.now.kill()
    expect(profileHolds(browser.profile, 'lantern game')).toBe(false)
    expect(profileHolds(browser.profile, code)).toBe(false)
    await browser.openAgain()
    await visit(browser.page, `${server.url}/drafts`, 'Drafts on this device')
    await browser.page
      .getByRole('link', { name: /Carry on/ })
      .first()
      .click()
    await browser.page.getByText(/Step \d+ of/).waitFor()
    await backTo(browser.page, 'In words')
    expect(await browser.page.getByLabel(/How does the client see their child/).inputValue()).toBe(told.words)
  })

  it('DCS-025: finished offline it waits, and arrives once when the network is back', async () => {
    const { page } = browser
    await fillLastPages(page, told)
    await send(page)
    await visit(page, `${server.url}/waiting`, 'Waiting to send')
    await page
      .getByText(/Waiting for a connection|Not sent yet|Sign in to send/)
      .first()
      .waitFor()
    await picture(page, 'phone-41-waiting')
    await server.startAgain()
    // The sign-in went with the browser that was killed; the sealed records did not.
    await signIn(page, server.url, 'practitioner')
    await visit(page, server.url, /^Hello/)
    await arriveOnce(page, code)
    await visit(page, `${server.url}/drafts`, 'Drafts on this device')
    await page.getByText('There are no drafts').waitFor()
  })

  it('a server killed in the middle of a submission: the record is there once', async () => {
    const { page } = browser
    await visit(page, server.url, /^Hello/)
    await startSession(page)
    const again = { words: 'The lantern game once more.', phq9: [0, 1, 0, 1, 0, 0, 0, 0, 0] }
    const secondCode = await fillFirstPages(page, again)
    await fillLastPages(page, again)
    // The server dies as soon as the submission is on its way; whether it was stored is not known to the device.
    let killed = false
    await page.route('**/submission', async (route) => {
      const sent = route.fetch().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 4))
      await server.held.now.kill()
      killed = true
      await sent
      // After a time-out of the page there is nothing left to abort.
      await route.abort('connectionreset').catch(() => undefined)
    })
    await send(page)
    await expect.poll(() => killed, { timeout: 20_000 }).toBe(true)
    await page.unroute('**/submission')
    await server.startAgain()
    await arriveOnce(page, secondCode)
    expect(await recordsOf(code)).toBe(1)
  })

  it('DCS-143: without the client’s consent the form ends, the draft is wiped and a printable blank is offered', async () => {
    const { page } = browser
    await visit(page, server.url, /^Hello/)
    await startSession(page)
    await page
      .getByRole('group', { name: /Has the client signed/ })
      .last()
      .getByLabel('No', { exact: true })
      .check()
    await goOn(page)
    await arriveAt(page, 'The form ends here')
    await picture(page, 'phone-42-no-consent')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the paper form (PDF)' }).click()
    expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/)
    await visit(page, `${server.url}/drafts`, 'Drafts on this device')
    await page.getByText('There are no drafts').waitFor()
  })
})
