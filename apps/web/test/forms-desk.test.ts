// A form's way in a real browser: handed in by one administrator, put right on its own cells, published by another, filled in by a
// practitioner, read and downloaded by data support. Then a service's own measure, from proposal to the next session.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DraftView, MeasuresPage } from '@attune/contract'
import type { Page } from 'playwright-core'
import { describe, beforeEach, expect, it } from 'vitest'
import { unzip } from '../../server/test/unzip.ts'
import { changedClientForm, toSurveyRow } from '../../../packages/programme/test/changed-form.ts'
import { desktop } from './browser.ts'
import { arriveAt, choose, fillFirstPages, fillLastPages, goOn, openVault, protectDevice, send, signIn, startSession } from './practitioner-walk.ts'
import { lookAtBoth, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ viewport: desktop })
let page: Page
beforeEach(() => {
  page = browser.page
})

const version = '2026-09.1'
const label = 'Did the session start on time?'
const declared = `| fields | | | | | |
| | name | label | purposes | sensitivity | justification |
| | on_time | Sessions on time | guide-practice | ordinary | Late starts explain shorter work. |`
const asking = (cells: object, sheets: string) =>
  changedClientForm({
    version,
    addAfter: ['narrative_relationship', toSurveyRow({ ...cells, name: 'on_time', welsh: 'A ddechreuodd ar amser?' })],
    sheets,
  })
const broken = asking({ type: 'date', label: 'Date of birth' }, declared)
const sound = asking({ type: 'select_one yes_no', label }, declared)

async function handIn(text: string): Promise<void> {
  const file = { name: 'client-session.md', mimeType: 'text/markdown', buffer: Buffer.from(text) }
  await page.getByLabel('The form as a spreadsheet').setInputFiles(file)
  await page.getByRole('button', { name: 'Check this form' }).click()
}
/** Drags files from the desk of the machine over the box and lets them go there, as the browser sees it from a hand. `drop` false: they leave it again. */
async function drag(files: readonly string[], drop = true): Promise<void> {
  const box = await page.locator('.hand-in__drop').boundingBox()
  const [x, y] = box === null ? [0, 0] : [box.x + box.width / 2, box.y + box.height / 2]
  const client = await page.context().newCDPSession(page)
  const move = (type: 'dragEnter' | 'dragOver' | 'drop', at = { x, y }) =>
    client.send('Input.dispatchDragEvent', { type, ...at, data: { items: [], files: [...files], dragOperationsMask: 1 } })
  await move('dragEnter')
  await move('dragOver')
  await page.locator('.hand-in__drop--over').waitFor()
  if (drop) await move('drop')
  else await move('dragOver', { x: 2, y: 2 })
  await page.locator('.hand-in__drop--over').waitFor({ state: 'detached' })
  await client.detach()
}
/** What the server answers whoever is signed in. */
const ask = <T>(address: string) => page.evaluate(async (from) => (await fetch(from)).json(), address) as Promise<T>
const inPhone = () => page.frameLocator('iframe')
let service = ''

async function publish(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Publish this version' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish this version' }).click()
  await page.getByText('New sessions use it from now on').waitFor()
  await arriveAt(page, heading)
}

/** Begins a session as a practitioner of the service; the vault is made the first time and opened later. */
async function beginSession(isFirst: boolean): Promise<void> {
  await page.goto(`${server.url}/unlock`)
  if (isFirst) await protectDevice(page)
  else await openVault(page)
  await page.waitForURL(`${server.url}/`)
  await page
    .getByRole('link', { name: /Start a session|Start: Client session/ })
    .first()
    .waitFor()
  service = (await page.locator('.govuk-caption-l').first().innerText()).trim()
  await startSession(page)
}

async function signInAt(role: RegExp): Promise<void> {
  await page.goto(`${server.url}/demo`)
  const card = page.locator('.demo-person', { hasText: service }).filter({ hasText: role })
  await card.first().getByRole('button').click()
  await page.waitForURL(`${server.url}/`)
}
const actAsSupport = () => signInAt(/data support/i)
const signInAsLead = () => signInAt(/service lead/i)

describe('a form', () => {
  it('with an identity question is refused on its own cell, by mouse and by keyboard', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms`)
    await page.getByRole('heading', { level: 2, name: 'Client session' }).waitFor()
    await lookAtBoth(page, '40-forms-desk')
    await page.getByRole('link', { name: 'Hand in a form' }).click()
    await arriveAt(page, 'Hand in a form')
    await page.getByRole('button', { name: 'Check this form' }).click()
    await page.getByRole('alert').getByText('Choose the file of the form').waitFor()
    await handIn(broken)
    const line = page.getByRole('listitem').filter({ hasText: 'asks for a date of birth' })
    await line.waitFor()
    await lookAtBoth(page, '40-hand-in-with-errors')
    await line.getByRole('link').focus()
    await page.keyboard.press('Enter')
    const cell = page.locator('td:focus')
    await cell.waitFor()
    expect(await cell.locator('.sheet__text').innerText()).toBe('on_time')
    expect(await cell.getAttribute('aria-describedby')).toMatch(/issue-\d/)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.locator('li:focus').innerText()).toContain('on_time')
  })

  it('is dropped into the box: two are too many, one is chosen and checked as if it had been picked', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'attune-drop-'))
    const [one, other] = [path.join(folder, 'with-a-birthday.md'), path.join(folder, 'other.md')]
    writeFileSync(one, broken)
    writeFileSync(other, sound)
    await page.goto(`${server.url}/forms/hand-in`)
    await arriveAt(page, 'Hand in a form')
    await drag([one], false)
    expect(await page.getByRole('status').allInnerTexts()).not.toContainEqual(expect.stringContaining('is chosen'))
    await drag([one, other])
    await page.getByRole('alert').getByText('Drop one form at a time').waitFor()
    await drag([one])
    await page.getByRole('status').getByText('with-a-birthday.md is chosen. Now check it.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await page.getByLabel('The form as a spreadsheet').evaluate((field: HTMLInputElement) => field.files?.item(0)?.name)).toBe(
      'with-a-birthday.md',
    )
    await lookAtBoth(page, '40-dropped')
    const reply = page.waitForResponse((one) => one.url().endsWith('/api/form-drafts'))
    await page.getByRole('button', { name: 'Check this form' }).click()
    await page.getByRole('listitem').filter({ hasText: 'asks for a date of birth' }).waitFor()
    // The server read the dropped file, every byte of it, and kept nothing of one with an error.
    expect((await (await reply).json()) as DraftView).toMatchObject({ fileName: 'with-a-birthday.md', draft: null })
    const sent = (await reply).request().postDataJSON() as { content: string }
    expect(Buffer.from(sent.content, 'base64').toString()).toBe(broken)
    await drag([other])
    await page.getByRole('button', { name: 'Check this form' }).click()
    await arriveAt(page, 'Client session')
    const kept = await ask<DraftView>(`/api/form-drafts/${page.url().split('/').at(-1) ?? ''}`)
    expect(kept).toMatchObject({ fileName: 'other.md', draft: { version, state: 'draft' } })
    await page.getByRole('button', { name: 'Take it off the desk' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, take it off' }).click()
    await page.getByText('It was taken off the desk').waitFor()
    await page.goto(`${server.url}/forms/hand-in`)
    rmSync(folder, { recursive: true })
  })

  it('that is sound is tried out in both languages in a phone, and whoever handed it in cannot publish it', async () => {
    await handIn(sound)
    await arriveAt(page, 'Client session')
    await inPhone().getByRole('heading', { level: 1, name: 'Consent' }).waitFor()
    await page.getByText('You handed this in, so somebody else publishes it').waitFor()
    expect(await page.getByRole('button', { name: 'Publish this version' }).count()).toBe(0)
    await page.getByRole('heading', { name: '1 question is new' }).waitFor()
    await lookAtBoth(page, '40-draft-own')
    await inPhone().getByRole('button', { name: 'Cymraeg' }).click()
    await inPhone().getByRole('heading', { level: 1, name: 'Cydsyniad' }).waitFor()
    // The frame is as wide as a phone, whatever the window is.
    expect(await page.locator('iframe').evaluate((frame: HTMLIFrameElement) => frame.contentWindow?.innerWidth ?? 0)).toBeLessThan(400)
    await inPhone().getByRole('button', { name: 'Continue' }).click()
    await inPhone().getByRole('alert').waitFor()
  })

  it('is published by a second administrator, filled in, and stands in the record and in the download', async () => {
    const draft = page.url()
    await signIn(page, server.url, 'administrator', 1)
    await page.goto(draft)
    await page.getByText(/About \d+ records were sent/).waitFor()
    await lookAtBoth(page, '40-draft-of-another')
    await publish('Client session')
    await lookAtBoth(page, '40-draft-published')

    await signIn(page, server.url, 'practitioner')
    await beginSession(true)
    const told = { words: 'Laughs at the green kite.', phq9: [1, 1, 1, 1, 1, 1, 1, 0, 0] }
    const code = await fillFirstPages(page, told)
    await choose(page, label, 'Yes')
    await fillLastPages(page, told)
    await send(page)
    await arriveAt(page, 'Sent')

    await actAsSupport()
    await page.goto(`${server.url}/records`)
    await page
      .getByText(new RegExp(code.slice(0, 4)))
      .first()
      .click()
    await page.getByText('green kite').first().waitFor()
    expect(await page.locator('main').innerText()).toContain(label)
    await page.goto(`${server.url}/download`)
    await arriveAt(page, /Download/)
    await page.locator('input[value=csv]').check()
    await page.getByRole('checkbox').last().check()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: /Download/ }).click()
    const saved = readFileSync(await (await downloading).path())
    const files = unzip(saved, await page.locator('.download__passphrase').innerText())
    const csv = files.get('records.csv')?.toString('utf8') ?? ''
    expect(csv.split('\r\n')[0]?.split(',')).toContain('on_time')
    expect(csv.split('\r\n').find((row) => row.includes('green kite'))).toContain(version)
  })

  it('comes from the desk on paper and as a spreadsheet, older versions too', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms/client-session/2025-06.2`)
    await inPhone().getByRole('heading', { level: 1, name: 'Consent' }).waitFor()
    await lookAtBoth(page, '40-form-version')
    const paper = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the paper form (PDF)' }).click()
    expect(
      readFileSync(await (await paper).path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const workbook = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as XLSX' }).click()
    const sheets = unzip(readFileSync(await (await workbook).path()))
    expect([...sheets.keys()]).toContain('xl/worksheets/sheet3.xml')
    expect(sheets.get('xl/worksheets/sheet1.xml')?.toString()).toContain('Which age group is the child in?')
    await page.getByRole('button', { name: 'Close this version' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, close it' }).click()
    await page.getByText('The version is closed').waitFor()
  })
})

describe("a service's own measure", () => {
  it('is proposed by its lead, published by an administrator, and is in the next session with its scores', async () => {
    await signInAsLead()
    await page.goto(`${server.url}/measures`)
    await page.getByRole('heading', { name: /Recommended/ }).waitFor()
    await lookAtBoth(page, '40-measures')
    await page.getByRole('link', { name: 'Propose a measure' }).click()
    await arriveAt(page, 'Propose a measure')
    await page.getByRole('button', { name: 'Send for review' }).click()
    await page.getByRole('alert').waitFor()
    await lookAtBoth(page, '40-propose-with-errors')
    await page.getByLabel('Which measure?').selectOption('GAD-2')
    await page.getByLabel('Wellbeing').check()
    await page.getByLabel('Guide the work with a client and show progress').check()
    const review = 'Parents who worry, with leave of the owner.'
    for (const asked of [/Who are the clients/, /How does it fit/, /What does its owner allow/, /Why do you need it/])
      await page.getByLabel(asked).fill(review)
    await page.getByRole('button', { name: 'Send for review' }).click()
    await page.getByText('GAD-2 is proposed').waitFor()

    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms`)
    await page.getByRole('link', { name: /Look it over.*GAD-2/ }).click()
    await arriveAt(page, 'GAD-2')
    await page.getByText(review).first().waitFor()
    await inPhone().getByRole('heading', { level: 1 }).waitFor()
    await lookAtBoth(page, '40-draft-measure')
    await publish('GAD-2')

    await signIn(page, server.url, 'practitioner')
    await beginSession(false)
    const told = { words: 'Points at the red boat.', phq9: [1, 1, 1, 1, 1, 1, 1, 0, 0] }
    const code = await fillFirstPages(page, told)
    await fillLastPages(page, told, async () => {
      await arriveAt(page, 'Measures of our service')
      await page.getByLabel(/GAD-2/).fill('4')
      await goOn(page)
    })
    await send(page)
    await arriveAt(page, 'Sent')
    await actAsSupport()
    await page.goto(`${server.url}/records`)
    await page
      .getByText(new RegExp(code.slice(0, 4)))
      .first()
      .click()
    await page.getByText('red boat').first().waitFor()
    expect(await page.locator('main').innerText()).toMatch(/GAD-2[\s\S]*4/)
  })

  it('is taken out again: asked for by its lead, decided by an administrator, not in the next session, still in the record', async () => {
    const record = page.url()
    await signInAsLead()
    await page.goto(`${server.url}/measures`)
    await page.getByRole('link', { name: 'Take out: GAD-2' }).click()
    await arriveAt(page, 'Take a measure out')
    await page.getByRole('button', { name: 'Send for review' }).click()
    await page.getByRole('alert').getByText('Say in ten letters or more why it is no longer needed').waitFor()
    await lookAtBoth(page, '40-take-out-with-errors')
    const reason = 'The commissioner no longer asks for it.'
    await page.getByLabel('Why is it no longer needed?').fill(reason)
    await page.getByRole('button', { name: 'Send for review' }).click()
    await page.getByText('It is proposed to take GAD-2 out').waitFor()
    // Until somebody has decided the form stays as it is, and it cannot be asked for twice.
    expect(await page.getByRole('link', { name: 'Take out: GAD-2' }).count()).toBe(0)
    const own = async () => (await ask<MeasuresPage>('/api/measures')).measures.filter(({ added }) => added).map(({ name }) => name)
    expect(await own()).toEqual(['GAD-2'])
    await lookAtBoth(page, '40-take-out-proposed')

    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms`)
    await page.getByRole('link', { name: /Look it over.*Take out GAD-2/ }).click()
    await arriveAt(page, 'Take out GAD-2')
    await page.getByText(reason).waitFor()
    await lookAtBoth(page, '40-draft-removal')
    await publish('Take out GAD-2')

    await signInAsLead()
    await page.goto(`${server.url}/measures`)
    await page.getByText('You have no measure of your own').waitFor()
    expect(await own()).toEqual([])

    await signIn(page, server.url, 'practitioner')
    await beginSession(false)
    const told = { words: 'Reaches for the yellow cup.', phq9: [1, 1, 1, 1, 1, 1, 1, 0, 0] }
    await fillFirstPages(page, told)
    // Straight from the recommended measures to the review.
    await fillLastPages(page, told)
    await send(page)
    await arriveAt(page, 'Sent')
    await actAsSupport()
    await page.goto(record)
    await page.getByText('red boat').first().waitFor()
    expect(await page.locator('main').innerText()).toMatch(/GAD-2[\s\S]*4/)
    expect(browser.faults).toEqual([])
  })
})
