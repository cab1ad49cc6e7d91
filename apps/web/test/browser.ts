// A real Chromium with a profile folder of its own, so that it can be killed and opened again, and its disk searched.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

const top = path.resolve(import.meta.dirname, '../../..')
const require = (await import('node:module')).createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const phone = { width: 360, height: 740 }
export const desktop = { width: 1280, height: 900 }

export type Browser = {
  readonly context: BrowserContext
  readonly page: Page
  readonly profile: string
  /** kill -9 of the whole browser: nothing is flushed that was not on disk. */
  kill(): Promise<void>
  close(): Promise<void>
  remove(): void
}

/** Process ids of the browser that uses this profile folder. */
function pidsOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)
      } catch {
        return false
      }
    })
    .map(Number)
    .filter((pid) => pid !== process.pid)
}

export async function openBrowser(
  options: { viewport?: { width: number; height: number }; profile?: string; dark?: boolean; mobile?: boolean } = {},
): Promise<Browser> {
  const profile = options.profile ?? mkdtempSync(path.join(tmpdir(), 'attune-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['ATTUNE_CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    viewport: options.viewport ?? phone,
    colorScheme: options.dark === true ? 'dark' : 'light',
    hasTouch: options.mobile ?? false,
    isMobile: options.mobile ?? false,
    acceptDownloads: true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(20_000)
  return {
    context,
    page,
    profile,
    async kill() {
      for (const pid of pidsOf(profile)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // Already gone with its parent.
        }
      }
      await context.close().catch(() => undefined)
    },
    close: () => context.close(),
    remove: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}

/** Rule, impact and the first places of each accessibility finding on the page as it stands; an empty list is what we want. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const client = await page.context().newCDPSession(page)
  // Through the debugger, because the page's own policy rightly refuses injected script.
  await client.send('Runtime.evaluate', { expression: axeSource })
  const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations.map((rule) => rule.id + ' (' + rule.impact + '): ' + rule.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | '))))`,
    awaitPromise: true,
    returnByValue: true,
  })
  await client.detach()
  if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`)
  return JSON.parse(String(result.value)) as string[]
}

/** Writes a picture of the whole page below screenshots/, which git ignores. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = path.join(top, 'screenshots')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
}

/** The names of the widest things that stick out of the window to the right: empty when nothing scrolls sideways. */
export async function sidewaysOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1
    if (!wide) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
  })
}

/** True when any file below the profile folder holds the words, in UTF-8 (or as bytes, in Latin-1) or in the two-byte form browsers also write. */
export function profileHolds(profile: string, words: string, as: 'utf8' | 'latin1' = 'utf8'): boolean {
  const needles = [Buffer.from(words, as), Buffer.from(words, 'utf16le')]
  const search = (folder: string): boolean =>
    readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) return search(file)
      if (!entry.isFile()) return false
      const bytes = readFileSync(file)
      return needles.some((needle) => bytes.includes(needle))
    })
  return search(profile)
}
