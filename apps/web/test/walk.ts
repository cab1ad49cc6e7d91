// What every file of walks begins and ends with: a demo server of its own, a browser with a profile of its own, and a look at each screen.
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, type RunnerTestCase } from 'vitest'
import { startServerProcess, type ServerProcess } from '../../../tools/walk/server-process.ts'
import { accessibilityFindings, desktop, openBrowser, phone, picture, sidewaysOverflow } from './browser.ts'

/** A server on a copy of the demo's folder; with a programme of its own it loads the demo anew. */
export async function startDemoServer(settings: Record<string, string> = {}): Promise<ServerProcess> {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-home-'))
  // The database's folder belongs to another user when root runs this: only cp keeps that.
  if (settings['ATTUNE_PROGRAMME'] === undefined) execFileSync('cp', ['-a', `${inject('demoHome')}/.`, home])
  // A port of its own choosing, for a test that others have to know the address of beforehand.
  const port = settings['PORT']
  return startServerProcess({ home, settings, timeoutMs: 170_000, ...(port !== undefined && { port: Number(port) }) })
}

/** The demo server of this file of tests, from its first test to its last; `now` is set to another when a test kills and starts one. */
export function useServer(settings: () => Record<string, string> = () => ({})) {
  const held = useAnew(
    () => startDemoServer(settings()),
    (server) => server.discard(),
  )
  return {
    held,
    get url() {
      return held.now.url
    },
    /** Starts it again where it was, after it was stopped or killed. */
    async startAgain() {
      held.now = await startServerProcess({ home: held.now.home, port: Number(new URL(held.now.url).port) })
    },
  }
}

/** The browser of these tests. The page of a test that failed is pictured. */
export function useBrowser(options: Parameters<typeof openBrowser>[0] = {}) {
  const faults: string[] = []
  const open = async (profile?: string) => {
    const browser = await openBrowser(profile === undefined ? options : { ...options, profile })
    browser.page.on('pageerror', (fault) => faults.push(fault.message))
    return browser
  }
  const held = useAnew(
    () => open(),
    async (browser) => {
      await browser.close()
      browser.remove()
    },
  )
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    // Said at once: when the next try succeeds nothing else would say what the first one met.
    console.log(`${task.name}\n${task.result.errors?.at(-1)?.stack ?? ''}\nat ${held.now.page.url()}`)
    await picture(held.now.page, `failed-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}`)
  })
  return {
    held,
    /** What went wrong in the page's own scripts without a test noticing. */
    faults,
    get page() {
      return held.now.page
    },
    get context() {
      return held.now.context
    },
    get profile() {
      return held.now.profile
    },
    /** Opens it again on the same profile, after it was killed. */
    async openAgain() {
      held.now = await open(held.now.profile)
    },
  }
}

// Another try of the first test begins on something that nobody has used; a later test needs what the ones before it left.
function useAnew<T>(open: () => Promise<T>, close: (it: T) => Promise<void>): { now: T } {
  let it: T | undefined
  let first: RunnerTestCase | undefined
  beforeAll(async () => {
    it = await open()
  })
  beforeEach(async ({ task }) => {
    first ??= task
    if (first !== task || (task.result?.retryCount ?? 0) === 0) return
    if (it !== undefined) await close(it)
    it = await open()
  })
  afterAll(async () => {
    if (it !== undefined) await close(it)
  })
  return {
    get now() {
      if (it === undefined) throw new Error('It is there from the first test on.')
      return it
    },
    set now(other) {
      it = other
    },
  }
}

/** A screen is right when axe finds nothing, nothing sticks out sideways and it has one heading of level 1. Leaves a picture of it. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await picture(page, name)
  expect(await accessibilityFindings(page), name).toEqual([])
  expect(await sidewaysOverflow(page), name).toEqual([])
  expect(await page.getByRole('heading', { level: 1 }).count(), name).toBe(1)
}

/** Looks at it at the width of a phone and of a desk; the window is left as it was. */
export async function lookAtBoth(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const [width, viewport] of Object.entries({ phone, desktop })) {
    await page.setViewportSize(viewport)
    await lookAt(page, `${name}-${width}`)
  }
  if (before !== null) await page.setViewportSize(before)
}
