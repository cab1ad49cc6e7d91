// An administrator has a program told: adds it, sees the secret once, sends a test, reads why it did not arrive, and stops it; in a real browser.
import { describe, it } from 'vitest'
import { phone } from './browser.ts'
import { arriveAt, signIn } from './practitioner-walk.ts'
import { lookAt, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ viewport: phone, mobile: true })

describe('programs that are told', () => {
  it('are added, tested and stopped by an administrator', async () => {
    const { page } = browser
    await signIn(page, server.url, 'administrator')
    await page.goto(`${server.url}/webhooks`)
    await arriveAt(page, 'Programs that are told')
    await page.getByText('No program is told').waitFor()
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('link', { name: 'Enter an address that begins with https://' }).waitFor()
    await lookAt(browser.page, 'webhooks-refused')
    await page.getByLabel('Whose records?').selectOption({ index: 1 })
    await page.getByLabel('Address').fill('https://127.0.0.1/told')
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('link', { name: 'This address cannot be told' }).waitFor()
    // A name that leads nowhere (RFC 6761): the message cannot arrive.
    await page.getByLabel('Address').fill('https://told.invalid/records?key=theirs')
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('heading', { name: 'The program needs this secret' }).waitFor()
    await page.getByText('whsec_').waitFor()
    await lookAt(browser.page, 'webhooks-secret')
    await page.getByRole('button', { name: 'I have entered it' }).click()
    await page.getByRole('link', { name: 'https://told.invalid/records' }).click()
    await arriveAt(page, 'A program that is told')
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('no answer; again on').waitFor({ timeout: 90_000 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await lookAt(browser.page, 'webhooks-tried-dark')
    await page.getByRole('button', { name: 'Tell it no longer' }).click()
    await page.getByRole('button', { name: 'Yes, stop' }).click()
    await arriveAt(page, 'Programs that are told')
    await page.getByText('No program is told').waitFor()
  })
})
