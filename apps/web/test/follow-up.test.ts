// The next session with a client, in a real browser: the copy saved before sending fills it in and shows progress, all on the device.
import { readFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { readAttachment } from '../src/pdf/read-attachment.ts'
import { readPdfText } from '../src/pdf/test/read-pdf-text.ts'
import { picture } from './browser.ts'
import {
  arriveAt,
  choose,
  confirmHandling,
  enterDay,
  fillFirstPages,
  fillLastPages,
  goOn,
  openVault,
  protectDevice,
  send,
  signIn,
  startSession,
  today,
  visit,
} from './practitioner-walk.ts'
import { lookAt, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ mobile: true })
const plain = (text: string) => text.replaceAll(/\s+/g, ' ')
const question = (page: Page, name: string | RegExp) => page.getByRole('group', { name }).last()

async function download(page: Page, button: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFileSync(await (await downloading).path())
}

const asPdf = (buffer: Buffer, name = 'copy.pdf') => ({ name, mimeType: 'application/pdf', buffer })

/** The same pages with the attachment rewritten, as somebody who edits the file would. */
async function withChangedAttachment(pdf: Buffer, change: (json: string) => string): Promise<Buffer> {
  const json = (await readAttachment(pdf, 'attune-progress.json', 1_000_000)) ?? ''
  const document = await PDFDocument.create()
  document.addPage()
  await document.attach(new TextEncoder().encode(change(json)), 'attune-progress.json', { mimeType: 'application/json' })
  return Buffer.from(await document.save())
}

describe('a second session with a client', () => {
  const told = { words: 'Laughs at the paper boats.', phq9: [2, 2, 1, 2, 1, 1, 1, 0, 0] }
  let code = ''
  let own: Buffer
  const asked: Request[] = []

  it('DCS-031, DCS-030, DCS-029: a copy is saved only after it is confirmed where it is kept; the client’s has rights and contact and nothing for machines', async () => {
    const { page } = browser
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await protectDevice(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await openHome(page)
    await startSession(page)
    code = await fillFirstPages(page, told)
    await fillLastPages(page, told)

    let saved = 0
    page.on('download', () => saved++)
    for (const button of ['Save the PDF', 'Save a copy for the client']) {
      await page.getByRole('button', { name: button }).click()
      await page.getByText('Confirm where the file will be kept').waitFor()
    }
    expect(saved).toBe(0)
    await lookAt(page, 'follow-up-01-not-confirmed')

    await page.context().setOffline(true)
    await confirmHandling(page)
    own = await download(page, 'Save the PDF')
    const client = await download(page, 'Save a copy for the client')
    await page.context().setOffline(false)

    const [ownText, clientText] = [plain((await readPdfText(own)).join(' ')), plain((await readPdfText(client)).join(' '))]
    for (const text of [ownText, clientText]) {
      for (const words of [told.words, code.slice(0, 4), 'Enjoy bath time together', '4 out of 10', 'PHQ-9', 'edition 2025-06', '@'])
        expect(text).toContain(words)
      expect(text).not.toMatch(/phq9_|goal_1|client_code|narrative_|phq-9/)
    }
    expect(ownText).toContain('Keep this on a device of your service, under its rules.')
    expect(clientText).toContain('What you can ask for')
    expect(clientText).toContain('Nine questions about low mood')
    expect(await readAttachment(own, 'attune-progress.json', 1_000_000)).toContain(code)
    expect(await readAttachment(client, 'attune-progress.json', 1_000_000)).toBeUndefined()
    const [size] = (await PDFDocument.load(own)).getPages().map((one) => one.getSize())
    expect([size?.width, size?.height].map((length) => Math.round(length ?? 0))).toEqual([595, 842])
    await send(page)
    await arriveAt(page, 'Sent')
  })

  it('DCS-084, DCS-076: opened with the network off, the copy of one session shows its scores and no change', async () => {
    const { page } = browser
    await openHome(page)
    // From here on the device is on its own, and every request that is tried is noted.
    await page.context().setOffline(true)
    page.on('request', (request) => asked.push(request))
    await page.getByLabel('Choose the saved copy').setInputFiles(asPdf(own))
    await arriveAt(page, 'Next session with a client')
    await page.getByText(`${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`).waitFor()
    await lookAt(page, 'follow-up-02-opened')
    await page.getByRole('link', { name: 'Look at progress together' }).click()
    await arriveAt(page, 'Your progress')
    const sheet = await page.locator('main').innerText()
    expect(sheet).toContain('It starts at 4 out of 10. Change can be seen after the next session.')
    expect(sheet).toContain('The first score is 10.')
    expect(sheet).not.toMatch(/better by|harder by|closer|further/)
    await page.getByRole('button', { name: 'Back', exact: true }).click()
  })

  it('COM-053: goals, measures and context are filled in by number, earlier ratings stand beside the new ones, and 11 is refused', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Start the next session' }).click()
    await arriveAt(page, 'Consent')
    await choose(page, /Has the client signed/, 'Yes')
    await enterDay(page, /On which day did the client sign/, today())
    await page.getByLabel('Our service holds the signed sheet.').check()
    await choose(page, /Does the consent cover copies/, 'Yes')
    await goOn(page)

    await arriveAt(page, /code/i)
    expect((await page.getByLabel(/^The code/).inputValue()).replaceAll(' ', '')).toBe(code)
    await page.getByText('Filled in from Session 1').waitFor()
    await lookAt(page, 'follow-up-03-code')
    await goOn(page)
    await arriveAt(page, 'The session')
    expect(await page.getByLabel(/Which session was it/).inputValue()).toBe('2')
    await enterDay(page, /On which day was the session/, today())
    await choose(page, /When in the work/, 'after the last session')
    expect(
      await question(page, /How did you meet/)
        .getByLabel('face to face', { exact: true })
        .isChecked(),
    ).toBe(true)
    await goOn(page)
    await arriveAt(page, 'The child')
    await goOn(page)
    await arriveAt(page, 'In words')
    await page.getByLabel(/How does the client see their child/).fill('Asks for the boats again.')
    await page.getByLabel(/How does the client see the relationship/).fill('More shared play.')
    await goOn(page)

    await arriveAt(page, 'Goals')
    expect(await page.getByLabel(/^First goal/).inputValue()).toBe('Enjoy bath time together')
    const rating = question(page, /How close is the client to the first goal/)
    expect(await rating.innerText()).toMatch(/Last time, .*: 4/)
    await rating.getByLabel('Your number').fill('11')
    await goOn(page)
    await page.getByText('Enter a number from 0 to 10').first().waitFor()
    await rating.getByLabel('Your number').fill('8')
    await lookAt(page, 'follow-up-04-goals')
    await goOn(page)
    await arriveAt(page, 'Measures')
    expect(
      await question(page, /Which measures/)
        .getByLabel('PHQ-9')
        .isChecked(),
    ).toBe(true)
    await goOn(page)
    await arriveAt(page, 'PHQ-9')
    for (const group of await page
      .getByRole('group')
      .filter({ has: page.getByLabel('Not at all', { exact: true }) })
      .all())
      await group.getByLabel('Not at all', { exact: true }).check()
    expect(await page.locator('main').innerText()).toMatch(/Last time, .*: 10/)
    await goOn(page)
    await arriveAt(page, 'What helped')
    await goOn(page)
    await arriveAt(page, 'Check your answers')
  })

  it('DCS-085, DCS-075: the progress sheet is drawn on the device; each picture has its words; nothing left the device for it', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Look at progress together' }).click()
    await arriveAt(page, 'Your progress')
    const [goal, phq9] = await page.getByRole('article').all()
    expect(plain(await goal!.innerText())).toContain('From 4 to 8 out of 10: 4 steps closer. That is a clear step.')
    expect(plain(await phq9!.innerText())).toContain('From 10 to 0: better by 10 points. The change is larger than the questionnaire’s usual wobble.')
    for (const card of [goal!, phq9!]) {
      const drawing = card.getByRole('img')
      const described = await drawing.evaluate((svg) => [svg.querySelector('title')?.textContent, svg.querySelector('desc')?.textContent])
      expect(described[0]).toMatch(/Enjoy bath time together|PHQ-9/)
      expect(described[1]).toMatch(/From \d+ to \d+/)
      await card.getByText('All figures').click()
      expect(await card.getByRole('row').count()).toBeGreaterThanOrEqual(2)
    }
    expect(await page.locator('main').innerText()).not.toMatch(/phq-9|goal1|gbo/)
    await lookAt(page, 'follow-up-05-progress')
    await page.emulateMedia({ colorScheme: 'dark' })
    await lookAt(page, 'follow-up-06-progress-dark')
    await page.emulateMedia({ colorScheme: 'light', media: 'print' })
    await picture(page, 'follow-up-07-progress-print')
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await arriveAt(page, 'Check your answers')

    // Reading a file and drawing a sheet sends nothing: whatever was asked for was asked by reading, and carried no body.
    expect(asked.filter((request) => request.method() !== 'GET' || request.postData() !== null).map((request) => request.url())).toEqual([])
    expect(asked.filter((request) => request.url().includes(code))).toEqual([])
  })

  it('DCS-042: the second session joins the first; the copy of both holds both', async () => {
    const { page } = browser
    await confirmHandling(page)
    const both = await download(page, 'Save the PDF')
    const json = JSON.parse((await readAttachment(both, 'attune-progress.json', 1_000_000)) ?? '') as { copy: string }
    const copy = JSON.parse(json.copy) as { sessions: { sessionNo: number; goals: unknown; scores: unknown }[] }
    expect(copy.sessions.map(({ sessionNo, goals, scores }) => [sessionNo, goals, scores])).toEqual([
      [1, [{ no: 1, wording: 'Enjoy bath time together', rating: 4 }], expect.objectContaining({ 'phq-9': { total: 10 } })],
      [2, [{ no: 1, wording: 'Enjoy bath time together', rating: 8 }], expect.objectContaining({ 'phq-9': { total: 0 } })],
    ])
    await page.context().setOffline(false)
    await send(page)
    await arriveAt(page, /Sent|Waiting/)
  })

  it('refuses a changed copy, a picture, and the copy of another client, each with its reason; a shared file opens like any other', async () => {
    const { page } = browser
    await visit(page, `${server.url}/follow-up`, 'Next session with a client')
    const file = page.getByLabel('Choose the saved copy')
    const changed = await withChangedAttachment(own, (json) => json.replace('\\"rating\\":4', '\\"rating\\":1'))
    await file.setInputFiles(asPdf(changed))
    await page.getByText('It was changed after it was saved').waitFor()
    await lookAt(page, 'follow-up-08-refused')
    await file.setInputFiles({ name: 'picture.pdf', mimeType: 'application/pdf', buffer: Buffer.from('GIF89a') })
    await page.getByText('It is not a copy that Attune saved').waitFor()

    await openHome(page)
    await startSession(page)
    await choose(page, /Has the client signed/, 'Yes')
    await enterDay(page, /On which day did the client sign/, today())
    await page.getByLabel('Our service holds the signed sheet.').check()
    await choose(page, /Does the consent cover copies/, 'Yes')
    await goOn(page)
    await choose(page, /Which code do you use/, 'A code made by this form')
    await page.getByRole('button', { name: 'Make a new code' }).click()
    await page.getByText('I have the copy of the last session').click()
    await page.getByLabel('Choose the saved copy').setInputFiles(asPdf(own))
    await page.getByText('It belongs to another client').waitFor()
    await lookAt(page, 'follow-up-09-another-client')

    // What a phone's share sheet does: a form with the file, posted to the app. The service worker takes it; the server is not asked.
    await page.context().setOffline(true)
    await page.evaluate(
      (bytes) => {
        const form = document.createElement('form')
        Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/follow-up' })
        const input = document.createElement('input')
        Object.assign(input, { type: 'file', name: 'copy' })
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(bytes)], 'copy.pdf', { type: 'application/pdf' }))
        input.files = transfer.files
        form.append(input)
        document.body.append(form)
        form.submit()
      },
      [...own],
    )
    await visitAfterShare(page)
    await page.getByText(`${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`).waitFor()
    expect(new URL(page.url()).pathname).toBe('/follow-up')
    await page.context().setOffline(false)
  })
})

/** The home page with the vault open: a fresh page may have lost the key. */
async function openHome(page: Page): Promise<void> {
  await visit(page, server.url, /^Hello/)
  await page
    .getByText(/No draft\.|Your drafts are locked|Carry on/)
    .first()
    .waitFor()
  if (!(await page.getByRole('link', { name: 'Open them' }).isVisible())) return
  await page.getByRole('link', { name: 'Open them' }).click()
  await openVault(page)
  await page.getByText('No draft.').waitFor()
}

/** The page that opens after sharing may ask for the passphrase first. */
async function visitAfterShare(page: Page): Promise<void> {
  const asks = page.getByLabel('Passphrase for this device', { exact: true })
  const there = page.getByText('Sessions in this copy')
  await asks.or(there).first().waitFor()
  if (!(await asks.isVisible())) return
  await openVault(page)
}
