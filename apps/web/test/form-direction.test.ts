// A form in a language that is read from right to left, on the page for forms: what stands on the left in English stands on the right.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, startFormLab, toFormView, type FormLab } from './form-lab.ts'
import { lookAt, useBrowser } from './walk.ts'

let lab: FormLab
beforeAll(async () => {
  lab = await startFormLab()
}, 120_000)
afterAll(() => lab.close())

const form = toFormView(
  `| survey |
| | type | name | label::English (en) | label::العربية (ar) | required |
| | begin_group | page | Sleep | النوم | |
| | select_one often | slept | How often did you sleep badly? | كم مرة نمت نوما سيئا؟ | yes |
| | select_multiple often | when | When? | متى؟ | |
| | end_group | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) |
| | often | never | Never | أبدا |
| | often | often | Often | غالبا |
| settings |
| | form_id | version | default_language |
| | direction | 1 | English (en) |`,
  'other',
)

describe('a form in Arabic', () => {
  const browser = useBrowser({ viewport: { width: 320, height: 740 } })

  it('has buttons, boxes and marks of errors on the right', async () => {
    const { page } = browser
    await openLab(page, lab.url, form)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.govuk-error-summary:focus').waitFor()
    const side = (of: string, part: string | undefined, sides: readonly string[]) =>
      page
        .locator(of)
        .first()
        .evaluate(
          (element, [pseudo, names]) => names.map((name) => Number.parseFloat(getComputedStyle(element, pseudo ?? null).getPropertyValue(name))),
          [part, sides] as const,
        )
    const look = async () => ({
      button: await side('.govuk-radios__label', '::before', ['left', 'right']),
      box: await side('.govuk-checkboxes__label', '::before', ['left', 'right']),
      error: await side('.govuk-form-group--error', undefined, ['border-left-width', 'border-right-width']),
    })
    const english = await look()
    expect([english.button[0], english.box[0], english.error]).toEqual([2, 2, [5, 0]])
    await page.locator('.form-walk__top').getByText('العربية').click()
    await page.locator('.form-walk[dir=rtl]').waitFor()
    await page.locator('.govuk-error-summary').getByText('كم مرة نمت').waitFor()
    expect(await page.locator('.govuk-error-summary').evaluate((box) => box.contains(document.activeElement))).toBe(false)
    const arabic = await look()
    expect([arabic.button[1], arabic.box[1], arabic.error]).toEqual([2, 2, [0, 5]])
    expect(arabic.button[0]).toBeGreaterThan(50)
    await lookAt(page, 'narrow-form-direction')
  }, 60_000)
})
