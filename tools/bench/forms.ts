// A long form under a person's fingers, in a real browser: how long it takes to open, how soon an answer shows, and whether a device that fills
// in one form after another all day fills up.
import type { Page } from 'playwright-core'
import { openLab, startFormLab, toFormView } from '../../apps/web/test/form-lab.ts'
import { openBrowser, phone } from '../../apps/web/test/browser.ts'
import type { Figure } from '../bench.ts'
import { answerToScreen, middle, slowDown } from './page.ts'
import { longForm } from './xlsform.ts'

/** What the page for forms offers a test (apps/web/src/screens/form/lab/main.ts). */
type LabPage = { attuneLab: { go: (address: string) => Promise<unknown>; lab: { drafts: Map<string, unknown> } } }

const form = toFormView(longForm(400), 'other')
const day = toFormView(longForm(40), 'other')

/** Milliseconds from going to the form to its first questions on the screen, and to its last one, engine loaded. */
function openAgain(page: Page, formId: string): Promise<{ usable: number; whole: number }> {
  return page.evaluate(async (id) => {
    const { attuneLab } = globalThis as unknown as LabPage
    await attuneLab.go('/')
    const began = performance.now()
    await attuneLab.go(`/form/${id}`)
    const there = () => document.querySelectorAll('form.form-page .govuk-form-group').length
    while (there() === 0) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    const usable = performance.now() - began
    // The page grows until it did not for a while.
    let whole = usable
    for (let before = there(), still = 0; still < 20; still++) {
      await new Promise(requestAnimationFrame)
      if (there() === before) continue
      before = there()
      still = 0
      whole = performance.now() - began
    }
    return { usable, whole }
  }, formId)
}

/** Fills every question on the page, as typing and choosing would, and leaves the form. Gives how many answers that were. */
function fillAndLeave(page: Page, formId: string): Promise<number> {
  return page.evaluate(async (id) => {
    const { attuneLab } = globalThis as unknown as LabPage
    await attuneLab.go(`/form/${id}`)
    const there = () => document.querySelectorAll('form.form-page input').length
    for (let before = -1; there() === 0 || there() !== before;) {
      before = there()
      for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame)
    }
    let answers = 0
    for (const radio of document.querySelectorAll<HTMLInputElement>('form.form-page input[type=radio][value="1"]')) {
      radio.click()
      answers++
    }
    await new Promise(requestAnimationFrame)
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'form.form-page input:not([type=radio]), form.form-page textarea',
    )) {
      field.value = '7'
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
      answers++
    }
    await new Promise(requestAnimationFrame)
    await attuneLab.go('/')
    attuneLab.lab.drafts.clear()
    return answers
  }, formId)
}

/** Megabytes that the page's script holds after everything was let go that can be. */
async function heapMegabytes(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page)
  for (let round = 0; round < 3; round++) await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  await client.detach()
  return usedSize / 1024 / 1024
}

export async function measureForms(): Promise<Figure[]> {
  const lab = await startFormLab()
  const browser = await openBrowser({ viewport: phone, mobile: true })
  const figures: Figure[] = []
  try {
    const { page } = browser
    await openLab(page, lab.url, form)
    for (const times of [1, 4]) {
      await slowDown(page, times)
      const opened: { usable: number; whole: number }[] = []
      for (let round = 0; round < 5; round++) opened.push(await openAgain(page, form.formId))
      figures.push(
        {
          name: `form of 400 questions opens, CPU ${times}x slower`,
          value: `${middle(opened.map(({ usable }) => usable)).toFixed(0)} ms`,
          beside: `${times === 4 ? 'goal 1,000 ms; ' : ''}its last question after ${middle(opened.map(({ whole }) => whole)).toFixed(0)} ms`,
        },
        {
          name: `an answer in it shows, CPU ${times}x slower`,
          value: `${(await answerToScreen(page)).toFixed(0)} ms`,
          beside: times === 4 ? 'goal 50 ms' : '',
        },
      )
    }
    await slowDown(page, 1)
    const other = await browser.context.newPage()
    await openLab(other, lab.url, day)
    let answers = 0
    const held: number[] = []
    for (let filled = 0; filled <= 100; filled++) {
      if (filled % 10 === 0 && filled > 0) held.push(await heapMegabytes(other))
      answers += await fillAndLeave(other, day.formId)
    }
    const [first = 0, last = 0] = [held[0], held.at(-1)]
    figures.push({
      name: `memory after 10 and after 100 forms, ${answers.toLocaleString('en-GB')} answers in all`,
      value: `${first.toFixed(1)}, ${last.toFixed(1)} MB`,
      beside: `goal flat; ${(((last - first) * 1024) / 90).toFixed(0)} kB a form`,
    })
    return figures
  } finally {
    await browser.close()
    browser.remove()
    await lab.close()
  }
}
