// What a practitioner does with hands and eyes, by the words on the screen.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'

export const passphrase = 'copper kettle morning swing'

/** Signs in on the demo page as the person whose card says this role and service, and opens the vault on the way where the role needs one. */
export async function signIn(
  page: Page,
  url: string,
  role: 'practitioner' | 'service lead' | 'data support' | 'administrator' | 'auditor' | 'analyst',
  which = 0,
): Promise<string> {
  await page.goto(`${url}/demo`)
  const card = page.locator('.demo-person', { hasText: new RegExp(role, 'i') }).nth(which)
  const name = (await card.getByRole('heading').innerText()).trim()
  await card.getByRole('button').click()
  await page.waitForURL(`${url}/`)
  return name
}

/**
 * Makes the vault of this person on this device, as asked on the first use, and waits until the app is on the device: only then does a reload
 * keep the vault open.
 */
export async function protectDevice(page: Page, chosen = passphrase): Promise<void> {
  await page.getByLabel('Or choose your own', { exact: true }).fill(chosen)
  await page.getByRole('button', { name: 'Protect this device' }).click()
  await page.getByRole('button', { name: 'Protect this device' }).waitFor({ state: 'detached' })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
}

export async function openVault(page: Page, chosen = passphrase): Promise<void> {
  await page.getByLabel('Passphrase for this device', { exact: true }).fill(chosen)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).waitFor({ state: 'detached' })
}

/** On the home page: opens what is kept on the device, if this page did not get the key from the one before. */
export async function openDrafts(page: Page): Promise<void> {
  const locked = page.getByRole('link', { name: 'Open them' }).or(page.getByRole('button', { name: 'Open them' }))
  await locked.or(page.getByText('Sent today')).first().waitFor()
  if (!(await locked.isVisible())) return
  await locked.click()
  await openVault(page)
}

/** Opens a screen by its address. A fresh page may ask for the passphrase first, depending on whether the browser still holds the key. */
export async function visit(page: Page, address: string, title: string | RegExp): Promise<void> {
  await page.goto(address)
  await arriveUnlocked(page, title)
}

async function arriveUnlocked(page: Page, title: string | RegExp): Promise<void> {
  const asks = page.getByLabel('Passphrase for this device', { exact: true })
  const there = page.getByRole('heading', { level: 1, name: title })
  await asks.or(there).first().waitFor()
  if (await asks.isVisible()) await openVault(page)
  await there.waitFor()
}

/** Goes back through an open form until the page with this title. */
export async function backTo(page: Page, title: string): Promise<void> {
  for (let round = 0; round < 12 && (await heading(page)) !== title; round++) {
    const before = await heading(page)
    await page.getByRole('link', { name: 'Back', exact: true }).click()
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent?.trim() !== was, before)
  }
  await arriveAt(page, title)
}

const question = (page: Page, name: string | RegExp) => page.getByRole('group', { name }).last()

export async function choose(page: Page, asked: string | RegExp, answer: string): Promise<void> {
  await question(page, asked).getByLabel(answer, { exact: true }).check()
}

export async function enterDay(page: Page, asked: string | RegExp, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-')
  const group = question(page, asked)
  await group.getByLabel('Day', { exact: true }).fill(String(Number(date)))
  await group.getByLabel('Month', { exact: true }).fill(String(Number(month)))
  await group.getByLabel('Year', { exact: true }).fill(year)
}

export const goOn = async (page: Page) => {
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}
export const heading = async (page: Page) => (await page.getByRole('heading', { level: 1 }).innerText()).trim()
export const arriveAt = async (page: Page, title: string | RegExp) => {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}
export const today = () => new Date().toISOString().slice(0, 10)

export type Told = { words: string; phq9: readonly number[]; timePoint?: string; code?: string; sessionNo?: number }
const often = ['Not at all', 'Several days', 'More than half the days', 'Nearly every day']
const phq9Starts = [
  'Little interest',
  'Feeling down',
  'Trouble falling',
  'Feeling tired',
  'Poor appetite',
  'Feeling bad',
  'Trouble concentrating',
  'Moving or speaking',
  'Thoughts that you',
]

export async function startSession(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Start a session|Start: Client session/ })
    .first()
    .click()
  // A home page that was opened afresh may not hold the key any more; the form asks for the passphrase then.
  await arriveUnlocked(page, 'Consent')
}

/** The pages up to and with "In words"; gives the code that was made. */
export async function fillFirstPages(page: Page, told: Told): Promise<string> {
  await choose(page, /Has the client signed/, 'Yes')
  await enterDay(page, /On which day did the client sign/, today())
  await page.getByLabel('Our service holds the signed sheet.').check()
  await choose(page, /Does the consent cover copies/, 'Yes')
  await goOn(page)

  await arriveAt(page, /code/i)
  await choose(page, /Which code do you use/, 'A code made by this form')
  if (told.code === undefined) await page.getByRole('button', { name: 'Make a new code' }).click()
  else await page.getByLabel(/^The code/).fill(told.code)
  const code = (await page.getByLabel(/^The code/).inputValue()).replaceAll(/[\s-]/g, '')
  expect(code).toMatch(/^[0-9A-Z]{10}$/)
  await goOn(page)

  await arriveAt(page, 'The session')
  await enterDay(page, /On which day was the session/, today())
  await page.getByLabel(/Which session was it/).fill(String(told.sessionNo ?? 1))
  await choose(page, /When in the work/, told.timePoint ?? 'before the first video work')
  await choose(page, /How did you meet/, 'face to face')
  await goOn(page)

  await arriveAt(page, 'The child')
  await choose(page, /Which age group/, '2-4')
  await choose(page, /What other support/, 'health visiting')
  await goOn(page)

  await arriveAt(page, 'In words')
  await page.getByLabel(/How does the client see their child/).fill(told.words)
  await page.getByLabel(/How does the client see the relationship/).fill('There is a little more turn-taking.')
  return code
}

/** From "In words" to the review page; `more` fills in pages that a form has after the others. */
export async function fillLastPages(page: Page, told: Told, more?: () => Promise<void>): Promise<void> {
  await goOn(page)
  await arriveAt(page, 'Goals')
  await page.getByLabel(/^First goal/).fill('Enjoy bath time together')
  await question(page, /How close is the client to the first goal/)
    .getByLabel('Your number')
    .fill('4')
  await goOn(page)

  await arriveAt(page, 'Measures')
  await choose(page, /Which measures/, 'PHQ-9')
  await goOn(page)

  await arriveAt(page, 'PHQ-9')
  for (const [at, score] of told.phq9.entries()) await choose(page, new RegExp(`^${phq9Starts[at]}`), often[score] ?? '')
  // What the total points to is worked out as a choice and read as its label.
  const total = told.phq9.reduce((sum, score) => sum + score, 0)
  const band = ['severe', 'moderately severe', 'moderate', 'mild', 'minimal'][[20, 15, 10, 5, 0].findIndex((from) => total >= from)] ?? ''
  await page.locator('output').getByText(band, { exact: true }).waitFor()
  await goOn(page)
  if (told.timePoint !== undefined && !told.timePoint.startsWith('before')) {
    await arriveAt(page, 'What helped')
    await choose(page, /What has helped/, 'seeing what goes well')
    await goOn(page)
  }
  await more?.()
  await arriveAt(page, 'Check your answers')
}

/** Says on the review page that the file stays on a device of the service, as is asked before a copy is saved. */
export async function confirmHandling(page: Page): Promise<void> {
  await page.getByLabel(/This device is my service’s/).check()
}

/** Sends from the review page, without a copy when asked, and waits until the device says what became of it. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const without = page.getByRole('button', { name: /^Send without a( new)? copy$/ })
  const gone = page.waitForURL(/\/receipt\//)
  await Promise.race([without.waitFor(), gone])
  if (await without.isVisible()) await without.click()
  await gone
}

/** Fills in whatever page of the client form is open and goes on, until the review page. `look` is called on each page before it is left. */
export async function goThrough(page: Page, words: string, look?: (title: string) => Promise<void>): Promise<void> {
  for (let step = 0; step < 20; step++) {
    const title = await heading(page)
    if (title === 'Check your answers') return look?.(title)
    if (title === 'Consent') {
      await choose(page, /Has the client signed/, 'Yes')
      await enterDay(page, /On which day did the client sign/, today())
      await page.getByLabel('Our service holds the signed sheet.').check()
      await choose(page, /Does the consent cover copies/, 'Yes')
    } else if (/code/i.test(title)) {
      await choose(page, /Which code do you use/, 'A code made by this form')
      if ((await page.getByLabel(/^The code/).inputValue()) === '') await page.getByRole('button', { name: 'Make a new code' }).click()
    } else if (title === 'The session') {
      await enterDay(page, /On which day was the session/, today())
      await page.getByLabel(/Which session was it/).fill('1')
      await choose(page, /When in the work/, 'before the first video work')
      await choose(page, /How did you meet/, 'face to face')
    } else if (title === 'The child') {
      await choose(page, /Which age group/, '2-4')
      await choose(page, /What other support/, 'health visiting')
    } else if (title === 'In words') {
      await page.getByLabel(/How does the client see their child/).fill(words)
      await page.getByLabel(/How does the client see the relationship/).fill('A little more turn-taking.')
    } else if (title === 'Measures') await choose(page, /Which measures/, 'none today')
    await look?.(title)
    await goOn(page)
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent?.trim() !== was, title)
  }
}
