// Questions that are answered on a drawing, and what a form remembers of the one before, on the page for forms.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sanitiseSvg } from '../../server/src/outside/form-files/sanitise-svg.ts'
import { openLab, startFormLab, toFormView, type FormLab } from './form-lab.ts'
import { accessibilityFindings, desktop, phone, sidewaysOverflow } from './browser.ts'
import { lookAt, useBrowser } from './walk.ts'

let lab: FormLab
beforeAll(async () => {
  lab = await startFormLab()
}, 120_000)
afterAll(() => lab.close())

// As the server keeps it: what a style says of a shape has become its attributes.
const body = toKept(`<?xml version="1.0" encoding="utf-8"?><svg xmlns="http://www.w3.org/2000/svg" width="240" height="300">
<circle id="head" style="fill:#f2d7b6;stroke:#7a5a35" cx="120" cy="50" r="40"/>
<g id="arms"><rect style="fill:#f2d7b6;stroke:#7a5a35" x="20" y="100" width="50" height="120" rx="20"/><rect style="fill:#f2d7b6;stroke:#7a5a35" x="170" y="100" width="50" height="120" rx="20"/></g>
<rect id="belly" style="fill:#cfe3f2;stroke:#34506b" x="80" y="100" width="80" height="130" rx="20"/>
<text x="120" y="270" text-anchor="middle" font-size="16">Front</text>
</svg>`)

function toKept(drawing: string): string {
  const kept = sanitiseSvg(drawing)
  if ('refused' in kept) throw new Error(kept.refused)
  return kept.svg
}

const form = toFormView(
  `| survey |
| | type | name | label | media::image | appearance | default | required |
| | begin_group | page | Where | | field-list | | |
| | select_one part | where | Where do you feel it most? | body.svg | image-map | | yes |
| | select_multiple part | also | Where else? | body.svg | image-map | | |
| | select_one part | lost | And on a drawing that is not here? | gone.svg | image-map | | |
| | select_one room | room | In which room? | | | \${last-saved#room} | |
| | end_group | | | | | | |
| choices |
| | list_name | name | label |
| | part | head | Head |
| | part | arms | Both arms |
| | part | belly | Belly |
| | room | blue | Blue room |
| | room | red | Red room |
| settings |
| | form_id | version |
| | drawn | 1 |`,
  'other',
)
const answerOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(`(/<${name}>([^<]*)</.exec([...globalThis.attuneLab.lab.drafts.values()].at(-1)?.xml ?? '') ?? ['', ''])[1]`)

describe.each([
  ['phone', phone, false],
  ['desktop-dark', desktop, true],
] as const)('choices on a drawing on a %s', (device, viewport, dark) => {
  const browser = useBrowser({ viewport, dark })

  it('are taken by finger and by keyboard, with the list beside them always saying the same', async () => {
    const { page } = browser
    const faults = await openLab(page, lab.url, form, { drawings: { 'body.svg': body } })
    const one = page.getByRole('group', { name: /Where do you feel it most/ })
    const drawing = one.getByRole('radiogroup', { name: 'Choices on the drawing' })
    await drawing.waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.govuk-error-summary:focus').waitFor()
    await drawing.locator('[data-choice=belly]').click()
    expect(await one.getByLabel('Belly').last().isChecked()).toBe(true)
    await expect.poll(() => answerOf(page, 'where')).toBe('belly')
    await one.locator('.govuk-radios').getByLabel('Head').check()
    expect(await drawing.locator('[data-choice=head]').getAttribute('aria-checked')).toBe('true')
    expect(await drawing.locator('[data-choice=belly]').getAttribute('aria-checked')).toBe('false')

    const several = page.getByRole('group', { name: /Where else/ })
    const parts = several.getByRole('group', { name: 'Choices on the drawing' })
    await several.locator('.govuk-hint').first().waitFor()
    await parts.locator('[tabindex="0"]').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Both arms')
    await page.keyboard.press('Enter')
    await expect.poll(() => answerOf(page, 'also')).toBe('head arms')
    await lookAt(page, `${device}-image-map`)
    await page.keyboard.press('Enter')
    await expect.poll(() => answerOf(page, 'also')).toBe('head')

    await page
      .getByRole('group', { name: /not here/ })
      .getByText('The drawing is not on this device')
      .waitFor()
    await page
      .getByRole('group', { name: /not here/ })
      .getByLabel('Head')
      .check()
    expect(await page.locator('.image-map script, .image-map style, .image-map [onload], .image-map [style]').count()).toBe(0)
    const fill = (of: string) => parts.locator(of).evaluate((shape) => getComputedStyle(shape).fill)
    expect(await fill('[data-choice=belly]')).toBe('rgb(207, 227, 242)')
    expect(await fill('[data-choice=head]')).not.toBe('rgb(242, 215, 182)')
    expect([await accessibilityFindings(page), await sidewaysOverflow(page), faults]).toEqual([[], [], []])

    // What was answered about the session stands in the next form; nothing else does.
    expect(
      await page
        .getByRole('group', { name: /which room/ })
        .getByLabel('Red room')
        .isChecked(),
    ).toBe(false)
    await page
      .getByRole('group', { name: /which room/ })
      .getByLabel('Red room')
      .check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { level: 1, name: 'Check your answers' }).waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send without a copy' }).click()
    await page.getByRole('heading', { name: 'The form is over' }).waitFor()
    expect(await page.evaluate(`[...globalThis.attuneLab.lab.remembered.values()]`)).toEqual(['<data><page><room>red</room></page></data>'])
    await page.evaluate(`globalThis.attuneLab.go('/form/drawn')`)
    const again = page.getByRole('group', { name: /which room/ })
    await again.waitFor()
    expect(await again.getByLabel('Red room').isChecked()).toBe(true)
    expect(await page.locator('form.form-page input:checked').count()).toBe(1)
  }, 120_000)
})
