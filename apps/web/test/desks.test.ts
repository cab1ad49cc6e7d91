// The desks of those who look after the data, walked through in a real browser: requests and corrections, access and consents, moves, retention,
// incidents, audits, assurance. Every screen is looked at with axe at the width of a phone and of a desk.
import { readFileSync } from 'node:fs'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import type { Page } from 'playwright-core'
import { describe, beforeEach, expect, it } from 'vitest'
import { accessibilityFindings, desktop, phone } from './browser.ts'
import { arriveAt, signIn } from './practitioner-walk.ts'
import { lookAtBoth, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ viewport: desktop })
let page: Page
beforeEach(() => {
  page = browser.page
})

async function visit(path: string, title: string | RegExp): Promise<void> {
  await page.goto(`${server.url}${path}`)
  await arriveAt(page, title)
}

/** By keyboard to the rights requests, on a phone and on a desk: one button opens the places, Escape closes them, the page one is on is marked. */
async function goByMenu(): Promise<void> {
  const nav = page.getByRole('navigation', { name: 'Main' })
  const place = nav.getByRole('link', { name: 'Rights requests' })
  for (const [viewport, opener] of [
    [phone, 'Menu'],
    [desktop, 'Data and rights'],
  ] as const) {
    await visit('/', /^Hello/)
    await page.setViewportSize(viewport)
    const button = nav.getByRole('button', { name: opener })
    await button.press('Enter')
    await place.waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await place.waitFor({ state: 'hidden' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await place.press('Enter')
    await arriveAt(page, 'Rights requests')
    await place.waitFor({ state: 'hidden' })
    await button.press('Enter')
    expect(await place.getAttribute('aria-current')).toBe('page')
  }
}

/** Opens the request of the list that asks for this. */
async function openRequest(what: string): Promise<string> {
  await visit('/rights', 'Rights requests')
  await page.locator('.attune-row', { hasText: what }).first().getByRole('link').click()
  await arriveAt(page, new RegExp(what))
  return /R-[0-9A-Z]+/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[0] ?? ''
}

describe('a correction', () => {
  it('is asked for from the record, opened under the number of its request, made answer by answer, and stands in the history', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await goByMenu()
    await page.getByText('Overdue').first().waitFor()
    await lookAtBoth(page, '50-rights')
    const reference = await openRequest('Put something right')
    await page.getByText('Nothing has been corrected for this request yet').waitFor()
    await page.getByRole('button', { name: /Open the list/ }).click()
    const sessions = page.locator('.opened-records').getByRole('link')
    await sessions.first().waitFor()
    await lookAtBoth(page, '50-request-with-records')
    await sessions.first().click()
    await arriveAt(page, /Session of/)
    await page.getByText(`in the log, with the number ${reference}`).waitFor()

    await page.getByRole('button', { name: 'Correct: Which session was it with this client?' }).click()
    await page.getByRole('button', { name: 'Make the correction' }).click()
    await page.getByRole('alert').getByText('Say in a sentence why it is corrected').waitFor()
    await lookAtBoth(page, '50-correction-with-errors')
    await page
      .getByRole('alert')
      .getByRole('link', { name: /This is what it says already/ })
      .click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('correct-session_no')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2')
    await page.getByRole('button', { name: 'Correct: How did you meet?' }).click()
    await page.getByRole('button', { name: 'Leave as it is: How did you meet?' }).click()
    await page.getByLabel('Why is it corrected?').fill('The service found a slip of the pen.')
    await page.getByRole('button', { name: 'Make the correction' }).click()
    await page.getByRole('dialog').getByText('Correct 1 answer now?').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Make the correction' }).click()
    await page.getByText('1 answer corrected').waitFor()

    await page.getByRole('link', { name: 'Back to the request' }).click()
    await page.getByText('The service found a slip of the pen.').waitFor()
    expect(await page.locator('.correction-history').innerText()).toMatch(/Which session was it with this client\?[\s\S]*[0-9a-f]{8} → [0-9a-f]{8}/)
    await lookAtBoth(page, '50-request-corrected')
    await page.getByRole('radio', { name: 'Do what is asked' }).check()
    await page.getByLabel('Reasons, for the letter').fill('The record was put right as you asked.')
    await page.getByRole('button', { name: 'Save the decision' }).click()
    await page.getByRole('link', { name: 'What was done (certificate)' }).waitFor()

    await visit('/log', 'Log')
    await page.getByText(reference).first().waitFor()
  })

  it('is asked for by data support, with the code and the kind filled in', async () => {
    await signIn(page, server.url, 'data support', 0)
    await visit('/records', /Records/)
    await page.locator('.records-table__row td').first().click()
    await arriveAt(page, /Session of/)
    await page.getByRole('link', { name: 'Ask for a correction' }).click()
    await arriveAt(page, 'File a request')
    expect(await page.getByRole('radio', { name: 'Put something right' }).isChecked()).toBe(true)
    expect(await page.getByLabel('Client code').inputValue()).not.toBe('')
    expect(page.url()).not.toMatch(/code=/)
    await lookAtBoth(page, '50-ask-for-a-correction')
  })
})

describe('a sealed package', () => {
  it('shows its way: sealed, saved to be passed on, opened by the recipient alone', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await openRequest('Take it along')
    await page.getByRole('button', { name: /Start the clock again/ }).click()
    await page.getByRole('button', { name: /Stop the clock/ }).waitFor()
    await page.getByRole('radio', { name: 'Do what is asked' }).check()
    await page.getByLabel('Name of the recipient').fill('The other clinic')
    await page.getByLabel('Their public age key').fill(await identityToRecipient(await generateIdentity()))
    await page.getByLabel('Reasons, for the letter').fill('You asked for your data in a form that computers read.')
    await page.getByRole('button', { name: 'Save the decision' }).click()
    await page.getByText('Not saved to be passed on yet').waitFor()
    await lookAtBoth(page, '50-package')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the sealed package' }).click()
    expect(
      readFileSync(await (await saving).path())
        .subarray(0, 21)
        .toString(),
    ).toBe('age-encryption.org/v1')
    await page.getByText(/Saved to be passed on \d/).waitFor()
  })
})

describe('people', () => {
  it('keep an access or lose it for a reason; the choice is asked for', async () => {
    await visit('/people', 'People')
    await page.getByRole('link', { name: 'Access', exact: true }).click()
    await arriveAt(page, 'Access to look at again')
    await page.getByText('days left').first().waitFor()
    await lookAtBoth(page, '50-access')
    const soon = page.getByRole('region', { name: 'Within a month' })
    await soon.getByRole('button', { name: /^Keep: Quinn Hartwell/ }).click()
    await page.getByText(/Quinn Hartwell keeps the access until/).waitFor()
    expect(await soon.count()).toBe(0)
    await page.getByRole('button', { name: /^End: Uri Maddox/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'End the access' }).click()
    await dialog.getByText('Choose why it ends').waitFor()
    await dialog.getByRole('radio', { name: 'Their work has changed' }).check()
    await dialog.getByRole('button', { name: 'End the access' }).click()
    await page.getByText('The access of Uri Maddox has ended.').waitFor()
    expect(await page.getByRole('button', { name: /Uri Maddox/ }).count()).toBe(0)
  })

  it('move after the effect was shown; the register of consents keeps the proof and no name', async () => {
    await visit('/people', 'People')
    await page.getByRole('link', { name: 'Move or leave: Alex Marlow' }).click()
    await arriveAt(page, 'Alex Marlow moves or leaves')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('Choose where they go').waitFor()
    await page.getByRole('radio', { name: 'To Hillview Family Support' }).check()
    await page.getByText('Clients do not move with them').waitFor()
    await lookAtBoth(page, '50-move')
    await page.getByRole('button', { name: 'Move them to Hillview Family Support' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Not yet' }).click()
    await page.getByRole('button', { name: 'Move them to Hillview Family Support' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Move them/ })
      .click()
    await arriveAt(page, /Alex Marlow is now at Hillview Family Support/)

    await visit('/people/consents', 'Consents of practitioners')
    await page.getByRole('button', { name: /^Form removed/ }).click()
    await page.getByText('A practitioner who left').first().waitFor()
    await page.getByText('Proof that stays').first().click()
    expect(await page.locator('.consents-screen__proof').first().innerText()).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){7}$/)
    expect(await page.locator('main').innerText()).not.toContain('Marlow')
    await lookAtBoth(page, '50-consents')
  })
})

describe('the desks that watch over the data', () => {
  it('retention shows how it stands at a month that one moves to with the keyboard', async () => {
    await visit('/retention', 'Retention')
    const slider = page.getByRole('slider')
    await slider.waitFor()
    await lookAtBoth(page, '50-retention')
    const gone = page.locator('.foresight__legend li').last()
    await slider.press('End')
    const atTheEnd = await gone.innerText()
    await slider.press('Home')
    expect(await gone.innerText()).toMatch(/0$/)
    expect(atTheEnd).not.toMatch(/\b0$/)
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^\p{L}{3,4} \d{4}$/u)
  })

  it('incidents, audits and the assurance page are whole at both widths', async () => {
    await visit('/incidents', 'Incidents')
    await page
      .getByRole('link', { name: /^Incident \d/ })
      .first()
      .waitFor()
    await lookAtBoth(page, '50-incidents')
    await page
      .getByRole('link', { name: /^Incident \d/ })
      .first()
      .click()
    await arriveAt(page, /\d{4}-\d{3}/)
    await page.getByRole('button', { name: 'Save the assessment' }).click()
    await page.getByRole('link', { name: 'Give the reason in a sentence' }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('breach-reasons')
    await lookAtBoth(page, '50-incident')
    await visit('/audits', 'Audits')
    await page.getByRole('link', { name: 'Findings' }).first().waitFor()
    await lookAtBoth(page, '50-audits')
    await page.getByRole('link', { name: 'Findings' }).first().click()
    await arriveAt(page, /^Audit of/)
    await lookAtBoth(page, '50-audit')
    await visit('/assurance', 'Assurance')
    await page.getByRole('heading', { level: 3 }).first().waitFor()
    await page.getByLabel('Number or words').fill('DCS-072')
    await page.locator('.assurance__clause').first().click()
    await lookAtBoth(page, '50-assurance')
  })

  it('speak Welsh', async () => {
    await signIn(page, server.url, 'auditor', 0)
    await visit('/settings', /Settings/)
    await page.getByRole('radio', { name: 'Cymraeg' }).check()
    await page.waitForFunction(() => document.documentElement.lang === 'cy')
    await visit('/consents', 'Cydsyniadau ymarferwyr')
    await page.getByText('Mewn grym').first().waitFor()
    await lookAtBoth(page, '50-consents-welsh')
    await visit('/audits', /Archwiliadau/)
    await lookAtBoth(page, '50-audits-welsh')
    expect(browser.faults).toEqual([])
  })
})
