// @vitest-environment jsdom
// A press that is on its way: the keyboard's place stays, further presses do nothing, a screen reader is told. And no screen does it another way.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref, type App } from 'vue'
import BusyButton from './BusyButton.vue'

let app: App | undefined
const room = document.createElement('div')
document.body.append(room)
afterEach(() => app?.unmount())

/** A form with two buttons that wait for the same thing, and what reached its screen. */
async function show() {
  const busy = ref(false)
  const came: string[] = []
  const submit = (event: Event) => {
    event.preventDefault()
    came.push('sent')
    busy.value = true
  }
  const screen = defineComponent({
    render: () =>
      h('form', { onSubmit: submit }, [
        h('input', { id: 'box' }),
        h(BusyButton, { class: 'govuk-button', busy: busy.value, says: 'Sending the form' }, () => 'Send'),
        h(BusyButton, { type: 'button', busy: busy.value, onClick: () => came.push('other') }, () => 'Other'),
      ]),
  })
  app = createApp(screen)
  app.mount(room)
  await nextTick()
  const [send, other] = [...room.querySelectorAll('button')] as [HTMLButtonElement, HTMLButtonElement]
  const said = () => [...room.querySelectorAll('[role=status]')].map((one) => one.textContent)
  return { busy, came, send, other, said }
}

describe('a button whose press is on its way', () => {
  it('keeps the focus and is marked instead of being disabled', async () => {
    const { send } = await show()
    send.focus()
    send.click()
    await nextTick()
    expect(document.activeElement).toBe(send)
    expect([send.disabled, send.getAttribute('aria-disabled'), send.className]).toEqual([false, 'true', 'govuk-button'])
  })

  it('sends once, however often it is pressed, until the answer is there', async () => {
    const { busy, came, send, other } = await show()
    send.click()
    await nextTick()
    send.click()
    other.click()
    expect(came).toEqual(['sent'])
    busy.value = false
    await nextTick()
    expect(send.hasAttribute('aria-disabled')).toBe(false)
    other.click()
    send.click()
    expect(came).toEqual(['sent', 'other', 'sent'])
  })

  it('says meanwhile what goes on, by the one that was pressed, and is quiet afterwards', async () => {
    const { busy, send, said } = await show()
    expect(said()).toEqual(['', ''])
    send.click()
    await nextTick()
    await nextTick()
    expect(said()).toEqual(['Sending the form', ''])
    busy.value = false
    await nextTick()
    await nextTick()
    expect(said()).toEqual(['', ''])
  })
})

describe('every screen', () => {
  // What is switched off here is not on its way: there is nothing to take back, no place further up, a text that was not shown to its end.
  const others = ['screens/form/PolicyFirst.vue', 'widgets/DrawingPad.vue', 'widgets/RankField.vue']
  const src = path.resolve(import.meta.dirname, '..')
  const buttons = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .flatMap((file) =>
      [...readFileSync(path.join(src, file), 'utf8').matchAll(/<(button|BusyButton)\b(?:[^>"]|"[^"]*")*>/g)].map(([tag, name]) => ({
        file: file.replaceAll(path.sep, '/'),
        tag,
        name,
      })),
    )

  it('leaves waiting to this button: none of its own is disabled', () => {
    expect(buttons.filter(({ name }) => name === 'BusyButton').length).toBeGreaterThan(55)
    const disabled = buttons.filter(({ tag }) => /\s:?disabled\b/.test(tag)).map(({ file }) => file)
    expect([...new Set(disabled)].sort()).toEqual(others)
  })

  it('sends its forms with this button, so that no form goes twice', () => {
    // These ask nothing of the server (the next page, the codes noted, a word more), or the form gives way to its progress or its row at the press.
    const atOnce = [
      'screens/form/FormPage.vue',
      'screens/join/RecoveryCodes.vue',
      'screens/records/DownloadScreen.vue',
      'screens/services/ServiceRow.vue',
      'screens/themes/ThemesScreen.vue',
    ]
    const plain = buttons.filter(({ name, tag }) => name === 'button' && tag.includes('type="submit"')).map(({ file }) => file)
    expect([...new Set(plain)].sort()).toEqual(atOnce)
  })
})
