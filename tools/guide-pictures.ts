// `npm run guide-pictures`: takes the pictures of docs/guides from a fresh demo, all of one width, and writes them as small files. What is on them is
// invented, like everything in the demo. Names of pictures take only those; `--at URL` takes them from a demo that runs already.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { readPng, writeSmallPng } from './pictures/small-png.ts'
import { startServerProcess } from './walk/server-process.ts'

type Picture = {
  readonly name: string
  readonly role: 'practitioner' | 'service lead' | 'data support' | 'administrator' | 'auditor' | 'analyst'
  readonly path: string
  /** What somebody does there before the picture is taken; it ends when what it shows is on the screen. */
  readonly then: (page: Page) => Promise<unknown>
  readonly height?: number
}

const top = path.resolve(import.meta.dirname, '..')
const folder = path.join(top, 'docs', 'guides', 'pictures')
const size = { width: 1000, height: 640 }
const shows = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor()

const openRequest = (what: string) => async (page: Page) => {
  await page.locator('.attune-row', { hasText: what }).first().getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: new RegExp(what) }).waitFor()
}

const pictures: readonly Picture[] = [
  { name: 'practitioner-home', role: 'practitioner', path: '/', height: 860, then: shows('Sent today') },
  { name: 'my-data', role: 'practitioner', path: '/my-data', height: 860, then: shows('I am leaving') },
  { name: 'rights-requests', role: 'administrator', path: '/rights', then: shows('Overdue') },
  {
    name: 'opened-records',
    role: 'administrator',
    path: '/rights',
    height: 900,
    then: async (page) => {
      await openRequest('Put something right')(page)
      await page.getByRole('button', { name: /Open the list/ }).click()
      await page.locator('.opened-records a').first().waitFor()
    },
  },
  {
    name: 'correction',
    role: 'administrator',
    path: '/rights',
    height: 620,
    then: async (page) => {
      await openRequest('Put something right')(page)
      await page.getByRole('button', { name: /Open the list/ }).click()
      await page.locator('.opened-records a').first().click()
      await page.getByRole('button', { name: 'Correct: Which session was it with this client?' }).click()
      await page.locator('#correct-session_no').fill('2')
      await page.getByLabel('Why is it corrected?').fill('The service found a slip of the pen.')
      await page.locator('.request-record__gathered').evaluate((card) => card.scrollIntoView({ block: 'end' }))
    },
  },
  { name: 'access-reviews', role: 'administrator', path: '/people/access', then: shows('days left') },
  { name: 'consents', role: 'administrator', path: '/people/consents', then: shows('In force') },
  {
    name: 'move',
    role: 'administrator',
    path: '/people',
    height: 820,
    then: async (page) => {
      await page.getByRole('link', { name: 'Move or leave: Alex Marlow' }).click()
      await page.getByRole('radio', { name: 'To Hillview Family Support' }).check()
    },
  },
  { name: 'retention', role: 'administrator', path: '/retention', height: 1420, then: (page) => page.getByRole('slider').waitFor() },
  { name: 'incidents', role: 'administrator', path: '/incidents', then: shows(/hours left/) },
  {
    name: 'assurance',
    role: 'administrator',
    path: '/assurance',
    height: 760,
    then: shows('How things stand now'),
  },
  { name: 'audits', role: 'auditor', path: '/audits', then: shows('How services have done') },
  {
    name: 'audit-read',
    role: 'auditor',
    path: '/audits',
    then: async (page) => {
      await page.locator('a[href$="/read"]').first().click()
      await page.getByRole('heading', { level: 1, name: 'Read and decide' }).waitFor()
      await page.locator('.marked-text__word').first().waitFor()
    },
  },
  { name: 'service', role: 'service lead', path: '/service', then: shows('Setting up') },
  { name: 'records', role: 'data support', path: '/records', then: (page) => page.locator('.records-table__row').first().waitFor() },
  { name: 'national-report', role: 'analyst', path: '/reports/national', height: 900, then: shows('Who took part') },
]

async function signIn(page: Page, url: string, role: Picture['role']): Promise<void> {
  await page.goto(`${url}/demo`)
  await page
    .locator('.demo-person', { hasText: new RegExp(role, 'i') })
    .first()
    .getByRole('button')
    .click()
  await page.waitForURL(`${url}/`)
}

const executablePath = process.env['ATTUNE_CHROMIUM'] ?? '/usr/bin/chromium'
if (!existsSync(executablePath)) {
  console.error(`There is no Chromium at ${executablePath}. Set ATTUNE_CHROMIUM to the path of one.`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const { values, positionals: wanted } = parseArgs({ options: { at: { type: 'string' } }, allowPositionals: true })
const server = values.at === undefined ? await startServerProcess() : undefined
const url = values.at ?? server!.url
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  let signedInAs: Picture['role'] | undefined
  const page = await browser.newPage({ viewport: size, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce' })
  for (const { name, role, path: address, then, height = size.height } of pictures) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await page.setViewportSize({ ...size, height })
    if (role !== signedInAs) await signIn(page, url, role)
    signedInAs = role
    await page.goto(url + address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await then(page)
    await page.evaluate(() => document.fonts.ready.then(() => (document.activeElement as HTMLElement | null)?.blur()))
    const file = path.join(folder, `${name}.png`)
    writeFileSync(file, writeSmallPng(readPng(await page.screenshot())))
    console.log(`${name}: ${Math.round(statSync(file).size / 1024)} kB`)
  }
} finally {
  await browser.close()
  await server?.stop()
  await server?.remove()
}
const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0)
console.log(`${(bytes / 1e6).toFixed(2)} MB in all`)
