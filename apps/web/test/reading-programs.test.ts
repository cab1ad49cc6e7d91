// What people connect to Attune, in a real browser against a real server: data support a program that reads, practitioners a collecting app.
import { describe, expect, it } from 'vitest'
import { phone } from './browser.ts'
import { arriveAt, signIn } from './practitioner-walk.ts'
import { lookAt, lookAtBoth, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ viewport: phone, mobile: true })

describe('programs that read', () => {
  it('are connected with responsibility, read with what the screen showed, and stop when they are disconnected', async () => {
    const { page } = browser
    await signIn(page, server.url, 'data support')
    await page.goto(`${server.url}/download`)
    await arriveAt(page, /Download/)
    expect(await page.locator('input[name=format]').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value')))).toEqual([
      'xlsx',
      'csv',
      'sav',
      'json',
    ])
    await lookAt(page, 'doors-download')
    await page.getByRole('link', { name: 'Let Excel or Power BI fetch the records' }).click()
    await arriveAt(page, 'Programs that read your records')
    await page.getByText('No program is connected').waitFor()
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('link', { name: 'Tick the box to accept responsibility for the copies' }).waitFor()
    await lookAt(page, 'doors-refused')
    await page.getByLabel('Which program is it, and where?').fill('Excel at the desk')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('heading', { name: '“Excel at the desk” needs these three' }).waitFor()
    expect(await page.getByText('No program is connected').count()).toBe(0)
    await lookAt(page, 'doors-connected')
    const [address = '', user = '', password = ''] = await page.locator('.govuk-summary-list__value').allInnerTexts()
    const read = () =>
      fetch(`${address}records?$top=1&$count=true`, { headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } })
    const reply = await read()
    expect(reply.status).toBe(200)
    expect(((await reply.json()) as { value: object[] }).value).toHaveLength(1)
    await page.getByRole('button', { name: 'I have entered them' }).click()
    await page.getByRole('button', { name: 'Disconnect Excel at the desk' }).click()
    await page.getByRole('button', { name: 'Yes, disconnect it' }).click()
    await page.getByText('“Excel at the desk” is disconnected.').waitFor()
    await page.emulateMedia({ colorScheme: 'dark' })
    await lookAt(page, 'doors-disconnected-dark')
    expect((await read()).status).toBe(401)
  })
})

describe('collecting apps', () => {
  it('are connected and disconnected by keyboard, in English and Welsh, and a lead disconnects what a practitioner lost', async () => {
    const { page } = browser
    await page.emulateMedia({ colorScheme: 'light' })
    const owner = await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/connected-apps`)
    await arriveAt(page, 'Connected apps')
    await page.getByText('No app is connected').waitFor()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('alert').getByText('Enter a name for the phone or tablet').waitFor()
    await lookAtBoth(page, 'doors-apps-refused')
    await page.getByLabel('What do you call the phone or tablet?').fill('Tablet of the team')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Now scan this with the app on “Tablet of the team”' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('connected-now')
    await page.getByText('KoboCollect, or an app that cannot scan').click()
    await lookAtBoth(page, 'doors-apps-scan')
    const [address = '', user = '', password = ''] = await page.locator('.govuk-summary-list__value').allInnerTexts()
    const fetchForms = () =>
      fetch(`${address.replace(/\/$/, '')}/formList`, {
        headers: { 'x-openrosa-version': '1.0', authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      }).then(({ status }) => status)
    await page.getByRole('button', { name: 'I have scanned it' }).click()
    await page.getByRole('button', { name: 'Disconnect Tablet of the team' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    expect(await fetchForms()).toBe(200)
    await page.goto(`${server.url}/settings`)
    await page.getByLabel('Cymraeg').check()
    await page.goto(`${server.url}/connected-apps`)
    await arriveAt(page, 'Apiau cysylltiedig')
    await page.getByRole('button', { name: 'Datgysylltu Tablet of the team' }).waitFor()
    await lookAtBoth(page, 'doors-apps-welsh')
    await page.goto(`${server.url}/settings`)
    await page.getByLabel('English').check()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()

    await signIn(page, server.url, 'service lead')
    await page.goto(`${server.url}/people/connected-apps`)
    await arriveAt(page, 'Connected apps of your people')
    const row = page.getByRole('listitem').filter({ hasText: owner })
    await row.waitFor()
    await lookAtBoth(page, 'doors-apps-of-people')
    await row.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await lookAtBoth(page, 'doors-apps-of-people-asking')
    await page.getByRole('dialog').getByRole('button').last().click()
    await page.getByText('“Tablet of the team” is disconnected.').waitFor()
    expect(await fetchForms()).toBe(401)
    expect(await row.count()).toBe(0)
  })
})
