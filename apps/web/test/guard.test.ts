// The guard under the free-text boxes, in a real browser against a real server: what it shows, what one tap does, what is asked once more, and
// what of it reaches the server.
import type { EventRow } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { signInDemo } from '../../../tools/walk/caller.ts'
import { accessibilityFindings, picture, sidewaysOverflow } from './browser.ts'
import { arriveAt, backTo, confirmHandling, fillFirstPages, fillLastPages, protectDevice, signIn, startSession, visit } from './practitioner-walk.ts'
import { useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ mobile: true })
const box = () => browser.page.getByLabel(/How does the client see their child/)
const note = () => browser.page.locator('.guard-note__finding').first()
const told = { words: 'Spoke with Ffion Prydderch of LS6 1LF after lunch.', phq9: [2, 2, 2, 2, 2, 2, 2, 2, 0] }

/** Opens a new session from the home page. */
async function startAfresh(): Promise<void> {
  await visit(browser.page, server.url, /^Hello/)
  await startSession(browser.page)
}

async function events(): Promise<EventRow[]> {
  const admin = await signInDemo(server.url, 'administrator')
  const { body } = await admin.call<{ events: EventRow[] }>('GET', '/api/events')
  return body.events
}

describe('a name and a postcode in free text', () => {
  it('DCS-048: both are marked before sending, and leaving them in is noted as kinds and counts without a word of the text', async () => {
    const { page } = browser
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await protectDevice(page)
    await startAfresh()
    await fillFirstPages(page, told)

    await note().waitFor()
    expect(await note().locator('.guard-note__mark').allInnerTexts()).toEqual(['Ffion Prydderch', 'LS6 1LF'])
    expect(await box().inputValue()).toBe(told.words)
    expect(await accessibilityFindings(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toEqual([])
    await picture(page, 'guard-1-note')
    await note().getByRole('button', { name: 'Keep it' }).click()
    await note().getByText('looks like a postcode').waitFor()
    await note().getByRole('button', { name: 'Keep it' }).click()
    await note().waitFor({ state: 'detached' })

    await fillLastPages(page, told)
    expect(await page.locator('mark').evaluateAll((marks) => marks.map((mark) => mark.firstChild?.textContent))).toEqual([
      'Ffion Prydderch',
      'LS6 1LF',
    ])
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('heading', { name: 'Does this say who somebody is?' }).waitFor()
    expect(await page.locator('.guard-prompt__words').allInnerTexts()).toEqual([
      '“Ffion Prydderch” looks like a name.',
      '“LS6 1LF” looks like a postcode.',
    ])
    expect(await accessibilityFindings(page)).toEqual([])
    await picture(page, 'guard-2-once-more')
    await page.getByRole('button', { name: 'Leave them and send' }).click()
    await page.getByRole('button', { name: 'Send without a copy' }).click()
    await page.waitForURL(/\/receipt\//)
    await arriveAt(page, 'Sent')

    const noted = (await events()).filter(({ action }) => action === 'text.keep')
    expect(noted).toHaveLength(1)
    expect(noted[0]!.detail).toMatch(/^PERSON 1, POSTCODE 1, recordId [0-9a-f-]{36}$/)
    expect(JSON.stringify(await events())).not.toMatch(/Ffion|Prydderch|LS6/)
  })

  it('one tap puts neutral words in their place, with the network cut; then nothing is asked before sending', async () => {
    const { page, context } = browser
    // The app is on the device now; the forms come with the first visit that it serves.
    await page.evaluate(() => navigator.serviceWorker.ready)
    await startAfresh()
    await context.setOffline(true)
    await startAfresh()
    await fillFirstPages(page, told)
    await note().getByText('“Ffion Prydderch” looks like a name.').waitFor()
    await note().getByRole('button', { name: 'Write “the client”' }).click()
    await note().getByText('looks like a postcode').waitFor()
    await note().getByRole('button', { name: 'Write “where they live”' }).click()
    await note().waitFor({ state: 'detached' })
    expect(await box().inputValue()).toBe('Spoke with the client of where they live after lunch.')

    await box().fill('Mum is bipolar and it is on her mind.')
    await note().getByText('is very private. Keep it only if the work needs it.').waitFor()
    expect(await note().getByRole('button').allInnerTexts()).toEqual(['Keep it'])
    await fillLastPages(page, told)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('heading', { name: 'Does this say who somebody is?' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send without a copy' }).waitFor()
    await page.getByRole('button', { name: 'Go back' }).click()
    await context.setOffline(false)
  })

  it('“Change” leads from the question back to the box', async () => {
    const { page } = browser
    await backTo(page, 'In words')
    await box().fill('Mrs Oyelowo rang twice.')
    await fillLastPages(page, told)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('link', { name: /^Change: How does the client see their child/ }).click()
    await arriveAt(page, 'In words')
    expect(await box().inputValue()).toBe('Mrs Oyelowo rang twice.')
  })

  it('a copy that was saved before an answer was changed does not pass for the copy', async () => {
    const { page } = browser
    const goBackToReview = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Save and go back to your answers' }).click()
      await arriveAt(page, 'Check your answers')
    }
    await box().fill('The first words.')
    await goBackToReview()
    await confirmHandling(page)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the PDF' }).click()
    await downloading
    await page.getByText('The PDF was saved on this device.').waitFor()
    const toWords = page.getByRole('link', { name: 'Change How does the client see their child now?' })

    await toWords.click()
    await goBackToReview()
    await page.getByText('The PDF was saved on this device.').waitFor()

    await toWords.click()
    await box().fill('Other words.')
    await goBackToReview()
    await page.getByText('You changed answers after you saved the PDF.').waitFor()
    expect(await page.getByText('The PDF was saved on this device.').count()).toBe(0)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('heading', { name: 'Send with an older copy?' }).waitFor()
    await page.getByRole('button', { name: 'Go back' }).click()
  })
})
