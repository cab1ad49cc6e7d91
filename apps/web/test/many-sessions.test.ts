// A round of home visits with no signal: several sessions are taken while the browser is killed at moments that nobody chose (seeded, so that a
// failure comes back). When the network is there again, all of them are on the server, none twice, and nothing is left on the device.
// `npm run bench -- offline` does the same with fifty.
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { RecordsPage } from '@attune/contract'
import { signInDemo } from '../../../tools/walk/caller.ts'
import { picture, profileHolds } from './browser.ts'
import { goThrough, openVault, protectDevice, signIn, visit } from './practitioner-walk.ts'
import { useBrowser, useServer } from './walk.ts'

const count = Number(process.env['ATTUNE_SESSIONS'] ?? 2)
const seed = Number(process.env['ATTUNE_SEED'] ?? 20261127)
const marker = 'paper lantern marker'

const server = useServer()
const browser = useBrowser({ mobile: true })
/** Raw bytes of every key that the page took into WebCrypto, as hex: none of them may lie on the disk. */
const keys = new Set<string>()

function chanceFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

async function watchKeys(page: Page): Promise<void> {
  await page.exposeFunction('noteKey', (hex: string) => keys.add(hex))
  await page.addInitScript(() => {
    const real = crypto.subtle.importKey.bind(crypto.subtle) as (...given: unknown[]) => Promise<CryptoKey>
    crypto.subtle.importKey = ((...given: unknown[]) => {
      const [format, bytes, algorithm] = given
      if (format === 'raw' && algorithm === 'AES-GCM') {
        const hex = [...new Uint8Array(bytes as ArrayBuffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
        void (window as unknown as { noteKey(hex: string): Promise<void> }).noteKey(hex)
      }
      return real(...given)
    }) as never
  })
}

async function queued(page: Page): Promise<number> {
  await visit(page, `${server.url}/waiting`, 'Waiting to send')
  await page.locator('.attune-row, .attune-empty').first().waitFor()
  return page.locator('.attune-row').count()
}

/** One session from its beginning, or from where a killed browser left it. */
async function takeOne(page: Page, words: string): Promise<void> {
  await visit(page, `${server.url}/drafts`, 'Drafts on this device')
  await page.locator('.attune-row, .attune-empty').first().waitFor()
  const carryOn = page.getByRole('link', { name: /Carry on/ })
  if ((await carryOn.count()) > 0) await carryOn.first().click()
  else {
    await page.goto(`${server.url}/form/client-session`)
    const asks = page.getByLabel('Passphrase for this device', { exact: true })
    const first = page.getByRole('heading', { level: 1, name: 'Consent' })
    await asks.or(first).first().waitFor()
    if (await asks.isVisible()) await openVault(page)
  }
  await page.getByText(/^Step \d/).waitFor()
  await goThrough(page, words)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Send without a copy' }).click()
  await page.waitForURL(/\/receipt\//)
}

describe(`${count} sessions with no signal`, () => {
  let service = ''
  let before = new Set<string>()
  const recordsNow = async () => {
    const support = await signInDemo(server.url, 'data-support', service)
    return (await support.call<RecordsPage>('GET', '/api/records?limit=2000', { purpose: 'retrieve' })).body.records
  }

  it('DCS-021, DCS-025: all arrive once, though the browser was killed at random moments; the disk held no answer and no key', async () => {
    await watchKeys(browser.page)
    await signIn(browser.page, server.url, 'practitioner')
    await browser.page.goto(`${server.url}/unlock`)
    await protectDevice(browser.page)
    await browser.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await visit(browser.page, server.url, /^Hello/)
    service = (await browser.page.locator('.govuk-caption-l').first().innerText()).trim()
    before = new Set((await recordsNow()).map(({ recordId }) => recordId))
    await browser.page.getByText('Client session').first().waitFor()
    await browser.page.waitForTimeout(1500)
    await server.held.now.stop()

    const chance = chanceFrom(seed)
    let kills = 0
    for (let round = 0; round < count * 6 && (await queued(browser.page)) < count; round++) {
      const dies = chance() < 0.5 && kills < count
      const taking = takeOne(browser.page, `${marker} ${round}`).catch((fault: unknown) => {
        if (!dies) throw fault
      })
      if (!dies) {
        await taking
        continue
      }
      // From the first page to the moment of sending.
      await new Promise((resolve) => setTimeout(resolve, 1000 + chance() * 4000))
      await browser.held.now.kill()
      await taking
      kills++
      expect(profileHolds(browser.profile, marker)).toBe(false)
      await browser.openAgain()
      await watchKeys(browser.page)
    }
    expect(await queued(browser.page)).toBe(count)
    expect(kills).toBeGreaterThan(0)

    // Planted: answers, the passphrase and the vault's own key, in any spelling that a browser writes.
    await browser.held.now.kill()
    expect(keys.size).toBeGreaterThan(0)
    for (const hex of keys) {
      const bytes = Buffer.from(hex, 'hex')
      for (const spelled of [bytes.toString('latin1'), hex, bytes.toString('base64'), bytes.toString('base64url')])
        expect(profileHolds(browser.profile, spelled, 'latin1')).toBe(false)
    }
    for (const planted of [marker, 'A little more turn-taking', 'copper kettle morning swing'])
      expect(profileHolds(browser.profile, planted)).toBe(false)

    await browser.openAgain()
    await server.startAgain()
    await signIn(browser.page, server.url, 'practitioner')
    for (let round = 0; round < 60 && (await queued(browser.page)) > 0; round++) {
      const now = browser.page.getByRole('button', { name: 'Try to send now' })
      if (await now.isVisible()) await now.click().catch(() => undefined)
      await browser.page.waitForTimeout(1000)
    }
    const arrived = (await recordsNow()).filter(({ recordId }) => !before.has(recordId))
    expect(arrived).toHaveLength(count)
    expect(new Set(arrived.map(({ code }) => code)).size).toBe(count)
    await browser.page.getByText('Nothing is waiting').waitFor()
    await visit(browser.page, `${server.url}/drafts`, 'Drafts on this device')
    await browser.page.getByText('There are no drafts').waitFor()
    await picture(browser.page, 'phone-50-nothing-left')
    console.log(`${count} sessions, ${kills} kills: ${arrived.length} arrived, 0 lost, 0 doubled`)
  }, 1_800_000)
})
