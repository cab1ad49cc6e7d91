// Every kind of question, and what happens when a client says no, on the page for forms (form-lab.ts).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FormView } from '@attune/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { longForm } from '../../../tools/bench/xlsform.ts'
import { openLab, startFormLab, toFormView, type FormLab } from './form-lab.ts'
import { goThrough } from './practitioner-walk.ts'
import { accessibilityFindings, desktop, openBrowser, phone, sidewaysOverflow } from './browser.ts'
import { lookAt, useBrowser } from './walk.ts'

const top = path.resolve(import.meta.dirname, '../../..')
let formLab: FormLab
beforeAll(async () => {
  formLab = await startFormLab()
}, 120_000)
afterAll(() => formLab.close())

const formOf = (file: string, kind: string, questions: FormView['questions'] = {}): FormView =>
  toFormView(readFileSync(path.join(top, file), 'utf8'), kind, questions)

const lab = <T>(page: Page, read: string): Promise<T> => page.evaluate(`(${read})(globalThis.attuneLab.lab)`) as Promise<T>

/** What a finger would miss: controls that are lower or narrower than 44 pixels, with the label where the label is what is pressed. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('.form-walk :is(a[href], button, input, select, textarea, summary)')]
      .filter((control) => control.checkVisibility() && control.tabIndex >= 0 && control.closest('.govuk-error-summary') === null)
      .map((control) => {
        const boxes = [control, ...(control.labels ?? [])].map((one) => one.getBoundingClientRect())
        const [width, height] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))]
        return { name: (control.ariaLabel ?? control.textContent ?? '').trim() || control.id, width, height }
      })
      .filter(({ width, height }) => Math.min(width, height) < 43.5),
  )

async function goOn(page: Page, title: string | RegExp): Promise<void> {
  expect(await smallTargets(page)).toEqual([])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

describe.each([
  ['phone', phone, false],
  ['desktop', desktop, false],
  ['phone-dark', phone, true],
] as const)('every kind of question on a %s', (device, viewport, dark) => {
  const browser = useBrowser({ viewport, dark })

  it('has no accessibility finding before and after errors, and the answers come out as they were given', async () => {
    const { page } = browser
    const faults = await openLab(page, formLab.url, formOf('apps/web/src/screens/form/lab/all-types.md', 'other'))
    await lookAt(page, `${device}-form-1`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.govuk-error-summary:focus').waitFor()
    await lookAt(page, `${device}-form-1-errors`)
    await page.locator('.govuk-error-summary a').last().click()
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).inputMode)).toBe('numeric')
    await page.keyboard.type('5')
    await page.getByLabel('A short text').fill('Hello *you*')
    await page.getByLabel('A decimal number').fill('one')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Enter a number, like 7 or 7.5').first().waitFor()
    await page.getByLabel('A decimal number').fill('1,250.5')
    await goOn(page, 'Days and times')

    await page.getByRole('button', { name: 'Continue' }).click()
    await lookAt(page, `${device}-form-2-errors`)
    const day = page.getByRole('group', { name: 'A day', exact: true })
    await day.getByLabel('Day').fill('7')
    await day.getByLabel('Month').fill('Mar')
    await day.getByLabel('Year').fill('2025')
    await goOn(page, 'Choices')

    await page.getByRole('button', { name: 'Continue' }).click()
    await lookAt(page, `${device}-form-3-errors`)
    expect(await page.locator('.choice-grid--tiles label').evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth))).toEqual([
      0, 0, 0,
    ])
    await page.getByRole('group', { name: 'One of several' }).getByLabel('Good').check()
    const several = page.getByRole('group', { name: 'Several', exact: true })
    await several.getByLabel('School').check()
    await several.getByLabel('None').check()
    expect(await several.getByLabel('School').isChecked()).toBe(false)
    await page.getByRole('button', { name: 'Move down: Good' }).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move down: Good')
    await page.getByRole('combobox', { name: 'Found by typing' }).fill('ys')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: 'Sleeping' }).getByLabel('Bad').check()
    await lookAt(page, `${device}-form-3`)
    await goOn(page, 'Scales')

    const scale = page.getByRole('group', { name: 'A scale from 0 to 10' })
    await page.getByRole('button', { name: 'Continue' }).click()
    await lookAt(page, `${device}-form-4-errors`)
    await scale.getByRole('slider').focus()
    await page.keyboard.press('ArrowRight')
    expect(await scale.getByLabel('Your number').inputValue()).toBe('6')
    await page.getByRole('group', { name: 'A rating' }).getByRole('radio', { name: '4' }).check()
    await page.getByLabel('I have read this').check()
    await goOn(page, 'Pictures and files')

    const signature = page.getByRole('group', { name: 'Your signature' })
    await signature.getByRole('radio', { name: 'Type my name instead' }).check()
    await signature.getByRole('textbox').fill('Sam Field')
    await page.getByLabel('A recording').waitFor()
    const right = (of: string) =>
      page
        .locator(of)
        .first()
        .evaluate((box) => Math.round(box.getBoundingClientRect().right))
    expect(await right('.drawing-pad__canvas')).toBe(await right('.drawing-pad'))
    await lookAt(page, `${device}-form-5`)
    await goOn(page, 'A code')

    await page.getByLabel('A code made here').check()
    await page.getByRole('button', { name: 'Make a new code' }).click()
    const code = await page.getByRole('textbox', { name: /The client.s code/ }).inputValue()
    await lookAt(page, `${device}-form-6`)
    const slipped = (code.startsWith('K') ? 'M' : 'K') + code.slice(1)
    await page.getByRole('textbox', { name: /The client.s code/ }).fill(slipped)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('One symbol in this code is wrong').first().waitFor()
    await page.getByRole('textbox', { name: /The client.s code/ }).fill(code.toLowerCase())
    await goOn(page, 'Child')

    await page.getByLabel('What they like').fill('Trains')
    await page.getByRole('button', { name: 'Add another: Child' }).click()
    await page.getByLabel('What they like').nth(1).fill('Rain')
    await page.getByRole('button', { name: 'Remove Child 1' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, remove them' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await lookAt(page, `${device}-form-7`)
    await goOn(page, 'Check your answers')
    expect(await smallTargets(page)).toEqual([])
    await lookAt(page, `${device}-form-8`)

    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('dialog', { name: 'Send without a copy?' }).waitFor()
    await lookAt(page, `${device}-form-8-prompt`)
    await page.getByRole('dialog').getByRole('button', { name: 'Send without a copy' }).click()
    await page.getByRole('heading', { name: 'The form is over' }).waitFor()
    const xml = await lab<string>(page, '({ sent }) => sent[0].xml')
    for (const part of [
      '<short>Hello *you*</short>',
      '<whole>5</whole>',
      '<weight>1250.5</weight>',
      '<doubled>10</doubled>',
      '<day>2025-03-07</day>',
      '<one>good</one>',
      '<town>ystrad</town>',
      '<many>none</many>',
      '<row_1>bad</row_1>',
      '<order>middling good bad</order>',
      '<slider>6</slider>',
      '<stars>4</stars>',
      '<agreed>OK</agreed>',
      `<client_code>${code}</client_code>`,
      '<child><nickname>Rain</nickname>',
    ]) {
      expect(xml).toContain(part)
    }
    expect(xml.match(/<child>/g)).toHaveLength(1)
    expect(await lab<string[]>(page, '({ sent }) => sent[0].attachments.map((file) => file.name + " " + file.blob.type)')).toEqual([
      expect.stringMatching(/^file-[0-9a-f]{8}-\w+\.png image\/png$/),
    ])
    expect(faults).toEqual([])
  }, 180_000)
})

describe('a client who says no', () => {
  const browser = useBrowser()

  it('DCS-143: ends the form on the device, with no request and no draft left, and offers the paper form', async () => {
    const { page } = browser
    await openLab(
      page,
      formLab.url,
      formOf('programmes/vig-dcs/forms/client-session.md', 'client-record', { clientConsent: 'client_consented', clientCode: 'client_code' }),
    )
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.getByRole('group', { name: 'Has the client signed the consent sheet?' }).getByLabel('No', { exact: true }).check()
    await page.getByText('Saved on this device').waitFor()
    expect(await lab<number>(page, '({ drafts }) => drafts.size')).toBe(1)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { level: 1, name: 'The form ends here' }).waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    expect(await lab<number>(page, '({ drafts, sent }) => drafts.size + sent.length')).toBe(0)
    expect(requests).toEqual([])
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the paper form (PDF)' }).click()])
    expect(download.suggestedFilename()).toBe('client-session-blank.pdf')
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await page.getByRole('button', { name: 'Go to your home page' }).click()
    await page.waitForTimeout(1000)
    expect(await lab<number>(page, '({ drafts }) => drafts.size')).toBe(0)
  }, 120_000)

  it('says no after other pages were open: it asks once before everything goes', async () => {
    const page = await browser.context.newPage()
    await openLab(
      page,
      formLab.url,
      formOf('programmes/vig-dcs/forms/client-session.md', 'client-record', { clientConsent: 'client_consented', clientCode: 'client_code' }),
    )
    const consent = page.getByRole('group', { name: 'Has the client signed the consent sheet?' })
    await consent.getByLabel('Yes', { exact: true }).check()
    await page.getByRole('button', { name: 'Today' }).click()
    await page.getByLabel('Our service holds').check()
    await page.getByRole('group', { name: 'Does the consent cover copies' }).getByLabel('No', { exact: true }).check()
    await goOn(page, /The client.s code/)
    await page.getByRole('link', { name: 'Back' }).click()
    await consent.getByLabel('No', { exact: true }).check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
    expect(await lab<number>(page, '({ drafts }) => drafts.size')).toBe(1)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, end it and wipe everything' }).click()
    await page.getByRole('heading', { level: 1, name: 'The form ends here' }).waitFor()
    expect(await lab<number>(page, '({ drafts }) => drafts.size')).toBe(0)
  }, 120_000)
})

describe('a page of 400 questions', () => {
  const browser = useBrowser()

  it('on a processor four times slower an answer shows within 50 ms, and it is saved afterwards', async () => {
    const { page } = browser
    await openLab(page, formLab.url, toFormView(longForm(400), 'other'))
    await page.waitForFunction(() => document.querySelectorAll('form.form-page .govuk-form-group').length >= 200)
    // The page's own share of a processor, since tests run beside others; the benchmark measures by the clock.
    const client = await page.context().newCDPSession(page)
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    const spentMs = async () =>
      1000 * ((await client.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
    const took: number[] = []
    for (let round = 0; round < 9; round++) {
      const before = await spentMs()
      const saved = await page.evaluate(
        async (value) => {
          const { drafts } = (globalThis as unknown as { attuneLab: { lab: { drafts: Map<string, { xml: string }> } } }).attuneLab.lab
          document.querySelector<HTMLInputElement>(`form.form-page input[type=radio][value="${value}"]`)?.click()
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
          return [...drafts.values()].at(-1)?.xml.includes(`<q0>${value}</q0>`) ?? false
        },
        (round % 2) + 1,
      )
      took.push((await spentMs()) - before)
      expect(saved).toBe(false)
      await page.waitForTimeout(700)
    }
    // Every other answer makes a question appear, which moves all that stand below it.
    expect(4 * Math.min(...took.filter((_, round) => round % 2 === 0))).toBeLessThan(50)
    expect(await page.getByLabel('How many times?').first().isVisible()).toBe(true)
    await page.getByText('Saved on this device').waitFor()
    expect(await lab<string>(page, '({ drafts }) => [...drafts.values()].at(-1).xml')).toContain('<q0>1</q0>')
  })
})

describe('a draft', () => {
  const browser = useBrowser()

  it('holds what is typed into a round that was added, and no longer what was in one that was taken away', async () => {
    const { page } = browser
    const survey = '| | begin_repeat | child | Child |\n| | text | nick | Nick |\n| | end_repeat | | |'
    const settings = '| settings | | |\n| | form_id | version |\n| | rounds | 1 |'
    await openLab(page, formLab.url, toFormView(`| survey | | | |\n| | type | name | label |\n${survey}\n${settings}`, 'other'))
    const saved = (nicks: readonly string[]) =>
      page.waitForFunction((wanted) => {
        const { drafts } = (globalThis as unknown as { attuneLab: { lab: { drafts: Map<string, { xml: string }> } } }).attuneLab.lab
        const xml = [...drafts.values()].at(-1)?.xml ?? ''
        return [...xml.matchAll(/<nick(?:\/>|>([^<]*)<)/g)].map(([, nick]) => nick).join() === wanted
      }, nicks.join())
    await page.getByLabel('Nick').fill('One')
    await saved(['One'])
    await page.getByRole('button', { name: 'Add another: Child' }).click()
    await saved(['One', ''])
    await page.getByLabel('Nick').nth(1).fill('Two')
    await saved(['One', 'Two'])
    await page.getByRole('button', { name: 'Remove Child 1' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, remove them' }).click()
    await saved(['Two'])
    expect(await lab<number>(page, '({ drafts }) => drafts.size')).toBe(1)
  })
})

describe('the client form by hand and by keyboard', () => {
  it.each([360, 820, 1366])('DCS-023: %i pixels wide it never scrolls sideways, and every control is reached with the Tab key', async (width) => {
    const browser = await openBrowser({ viewport: { width, height: 900 } })
    const { page } = browser
    await openLab(
      page,
      formLab.url,
      formOf('programmes/vig-dcs/forms/client-session.md', 'client-record', { clientConsent: 'client_consented', clientCode: 'client_code' }),
    )
    const missed: string[] = []
    await goThrough(page, 'Laughs more.', async (title) => {
      expect(await sidewaysOverflow(page), title).toEqual([])
      missed.push(...(await unreachedByTab(page)).map((name) => `${title}: ${name}`))
    })
    expect(missed).toEqual([])
    await browser.close()
    browser.remove()
  })
})

/** Names of the controls on the page that the Tab key does not come to. Of a group of radio buttons it comes to one; arrows lead to the others. */
async function unreachedByTab(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, select, textarea, summary)')].filter(
      (element) => element.checkVisibility() && !element.matches(':disabled') && element.tabIndex >= 0,
    )
    shown.forEach(
      (element, at) =>
        (element.dataset['tabMark'] = element instanceof HTMLInputElement && element.type === 'radio' ? `radio ${element.name}` : `${at}`),
    )
    ;(document.activeElement as HTMLElement | null)?.blur()
    document.querySelector<HTMLElement>('h1')?.focus()
    return shown.map((element) => ({ mark: element.dataset['tabMark'] ?? '', name: element.textContent?.trim().slice(0, 40) || element.id }))
  })
  const met = new Set<string>()
  for (let step = 0; step < wanted.length * 2 + 10; step++) {
    await page.keyboard.press('Tab')
    const mark = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['tabMark'])
    if (mark !== undefined) met.add(mark)
  }
  return [...new Map(wanted.map((control) => [control.mark, control.name])).entries()].flatMap(([mark, name]) => (met.has(mark) ? [] : [name]))
}
