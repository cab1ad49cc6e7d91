// The whole walk in a real browser against a real server: a practitioner records a session and sends it, data support reads it, an analyst
// sees change. At phone and desktop width. Every screen on the way is checked with axe-core and pictured.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { desktop, phone, profileHolds } from './browser.ts'
import {
  arriveAt,
  confirmHandling,
  fillFirstPages,
  fillLastPages,
  goOn,
  heading,
  openDrafts,
  protectDevice,
  send,
  signIn,
  startSession,
  visit,
} from './practitioner-walk.ts'
import { lookAt, useBrowser, useServer } from './walk.ts'

const server = useServer()

/** Chromium writes the object of each page in clear. */
const countPages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\s/g)?.length

describe.each([
  ['phone', phone, true],
  ['desktop', desktop, false],
] as const)('the walk on a %s', (device, viewport, mobile) => {
  const browser = useBrowser({ viewport, mobile })
  const words = `Seeks comfort from the striped blanket ${device}.`
  let code = ''
  let service = ''

  it('DCS-026, DCS-029, DCS-076: a practitioner records a session, keeps the PDF and sends it; then nothing of it is left on the device', async () => {
    const { page } = browser
    await page.goto(server.url)
    await lookAt(page, `${device}-01-sign-in`)
    await page.goto(`${server.url}/demo`)
    await arriveAt(page, 'Look round the demo')
    await page.locator('.demo-person').first().waitFor()
    await lookAt(page, `${device}-02-demo`)
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await arriveAt(page, 'Protect what you type on this device')
    await lookAt(page, `${device}-03-protect`)
    await protectDevice(page)
    await page.goto(server.url)
    service = (await page.locator('.govuk-caption-l').first().innerText()).trim()
    await lookAt(page, `${device}-04-home`)

    await startSession(page)
    await goOn(page)
    await page.getByRole('alert').waitFor()
    await lookAt(page, `${device}-05-consent-with-errors`)
    const told = { words, phq9: [2, 2, 1, 2, 1, 1, 1, 0, 0] }
    code = await fillFirstPages(page, told)
    await lookAt(page, `${device}-06-in-words`)
    await fillLastPages(page, told)
    await lookAt(page, `${device}-07-review`)
    expect(await page.locator('main').innerText()).toContain('10')

    await confirmHandling(page)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the PDF' }).click()
    const download = await downloading
    const pdf = readFileSync(await download.path())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.getByText('The PDF was saved on this device').waitFor()
    await send(page)
    await arriveAt(page, 'Sent')
    await lookAt(page, `${device}-08-receipt`)
    expect(await page.locator('main').innerText()).not.toContain('striped blanket')
    expect(await page.getByRole('button', { name: /PDF/ }).count()).toBe(0)

    await page.goBack()
    await page.waitForTimeout(500)
    expect(await page.locator('body').innerText()).not.toContain('striped blanket')
    await page.goto(server.url)
    await openDrafts(page)
    await page.getByText('Sent today').waitFor()
    // Sealed or not, the draft is gone.
    await visit(page, `${server.url}/drafts`, 'Drafts on this device')
    await page.getByText('There are no drafts').waitFor()
    expect(profileHolds(browser.profile, 'striped blanket')).toBe(false)
  })

  it('data support of the service reads it, finds its code and downloads it; nobody else does', async () => {
    const { page } = browser
    await page.goto(`${server.url}/demo`)
    const card = page
      .locator('.demo-person', { hasText: service })
      .filter({ hasText: /data support/i })
      .first()
    await card.getByRole('button').click()
    await page.waitForURL(`${server.url}/`)
    await lookAt(page, `${device}-10-data-support-home`)
    await page.goto(`${server.url}/records`)
    await page.getByRole('heading', { level: 1, name: /record/i }).waitFor()
    await page.getByText(code.slice(0, 4)).first().waitFor()
    await lookAt(page, `${device}-11-records`)
    await page
      .getByText(new RegExp(code.slice(0, 4)))
      .first()
      .click()
    await page.getByText('striped blanket').first().waitFor()
    await lookAt(page, `${device}-12-record`)
    await page.goto(`${server.url}/find-code`)
    await arriveAt(page, /code/i)
    await lookAt(page, `${device}-13-find-code`)
    await page.goto(`${server.url}/download`)
    await arriveAt(page, /Download/)
    await lookAt(page, `${device}-14-download`)
  })

  it.each([
    ['analyst', ['/', '/reports/national', '/reports/national/summary']],
    [
      'service lead',
      ['/', '/reports/service', '/reports/service/selections', '/people', '/people/invite', '/people/nominate', '/service', '/service/terms'],
    ],
    [
      'administrator',
      ['/', '/services', '/services/new', '/people', '/log', '/audits', '/incidents', '/incidents/new', '/letters', '/reports/national'],
    ],
    ['auditor', ['/', '/audits', '/assurance', '/report-incident']],
  ] as const)('the screens of the %s are whole', async (role, paths) => {
    const { page } = browser
    await signIn(page, server.url, role)
    for (const path of paths) {
      await page.goto(server.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await heading(page)).not.toMatch(/need a connection|nothing here|not find/i)
      await lookAt(page, `${device}-20-${role.replace(' ', '-')}${path.replaceAll('/', '-')}`)
      if (path.endsWith('/summary')) expect(countPages(await page.pdf({ preferCSSPageSize: true })), 'pages of the summary').toBe(1)
    }
  })

  it('the other screens are whole: documents, settings, drafts, waiting, not found', async () => {
    const { page } = browser
    for (const path of [
      '/documents',
      '/documents/privacy-notice',
      '/documents/inventory',
      '/documents/client-consent',
      '/settings',
      '/nowhere',
      '/offline',
    ]) {
      await page.goto(server.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      await lookAt(page, `${device}-30${path.replaceAll('/', '-')}`)
    }
  })
})
