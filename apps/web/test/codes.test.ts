// Client codes in a real browser: made with one press and printed, and explained beside every box.
import { PDFDocument } from 'pdf-lib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { codeSymbols } from '@attune/policy'
import { arriveAt, choose, enterDay, fillFirstPages, goOn, protectDevice, signIn, startSession, today, visit } from './practitioner-walk.ts'
import { lookAtBoth, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser()
/** What a screen reader says of each text box on the page: its name, and what describes it. */
async function describedBoxes(page: Page): Promise<{ name: string; description: string }[]> {
  const client = await page.context().newCDPSession(page)
  const { nodes } = (await client.send('Accessibility.getFullAXTree')) as {
    nodes: { role?: { value: string }; name?: { value: string }; description?: { value: string } }[]
  }
  await client.detach()
  return nodes
    .filter(({ role }) => role?.value === 'textbox')
    .map(({ name, description }) => ({ name: name?.value ?? '', description: description?.value ?? '' }))
}

describe('a client code', () => {
  it('DCS-118: one press fills it in, the slip prints it and nothing else, and no symbol can be taken for another', async () => {
    const { page } = browser
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await protectDevice(page)
    await visit(page, server.url, /^Hello/)
    await startSession(page)
    await choose(page, /Has the client signed/, 'Yes')
    await enterDay(page, /On which day did the client sign/, today())
    await page.getByLabel('Our service holds the signed sheet.').check()
    await choose(page, /Does the consent cover copies/, 'Yes')
    await goOn(page)
    await arriveAt(page, /code/i)
    await choose(page, /Which code do you use/, 'A code made by this form')
    const box = page.getByLabel(/^The code/)
    expect(await box.inputValue()).toBe('')
    await page.getByRole('button', { name: 'Make a new code' }).click()
    const made = new Set([await box.inputValue()])
    for (let round = 0; round < 24; round++) {
      await page.getByRole('button', { name: 'Make a different code' }).click()
      made.add(await box.inputValue())
    }
    expect(made.size).toBe(25)
    const symbols = [...made].join('').replaceAll(/[\s-]/g, '')
    expect([...symbols].filter((symbol) => !codeSymbols.includes(symbol))).toEqual([])
    expect(symbols).not.toMatch(/[01OILSZBGUAEY]/)

    const code = (await box.inputValue()).replaceAll(/[\s-]/g, '')
    const grouped = `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`
    await page.getByText(grouped, { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Copy the code' }).waitFor()
    await lookAtBoth(page, 'codes-1-code')
    // Printing itself is the browser's; how many sheets it would take is asked of it, and what stands on them is what is on the page as paper.
    await page.evaluate(() => (window.print = () => undefined))
    await page.getByRole('button', { name: 'Print a slip' }).click()
    await page.emulateMedia({ media: 'print' })
    const printed = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ')
    await page.emulateMedia({ media: null })
    expect(printed).toContain(grouped)
    expect(printed).not.toMatch(/Which code do you use|Continue|Attune/)
    await page.getByRole('button', { name: 'Print a slip' }).click()
    const paper = await page.pdf({ format: 'A4' })
    expect((await PDFDocument.load(paper)).getPageCount()).toBe(1)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.evaluate(() => document.documentElement.classList.contains('prints-code-slip'))).toBe(false)
  })

  it('DCS-119: every box for a code or for free text is described by its guidance, for a screen reader too', async () => {
    const { page } = browser
    const made = await page.getByLabel(/^The code/).inputValue()
    const guided = async (name: RegExp, says: RegExp) => {
      const boxes = (await describedBoxes(page)).filter((box) => name.test(box.name))
      expect(boxes.length, String(name)).toBeGreaterThan(0)
      for (const box of boxes) expect(box.description, box.name).toMatch(says)
    }
    const words = /Leave out names, places, schools, dates of birth/
    await guided(/^The code/, /must not say who they are.*Do not use names, initials, dates of birth or NHS numbers/)
    await page.getByRole('link', { name: 'Back', exact: true }).click()
    await arriveAt(page, 'Consent')
    await fillFirstPages(page, { words: 'Looks up more.', phq9: [], code: made })
    await guided(/How does the client see their child/, words)
    await guided(/How does the client see the relationship/, words)
    await goOn(page)
    await arriveAt(page, 'Goals')
    await guided(/^First goal/, words)
  })
})
