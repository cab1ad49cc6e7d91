// @vitest-environment jsdom
import { changeChart, type WordedFrame } from '@attune/charts'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp, h, nextTick, type App } from 'vue'
import ChartFigure from './ChartFigure.vue'

beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe = () => undefined
    unobserve = () => undefined
    disconnect = () => undefined
  }
})

let app: App | undefined
afterEach(() => app?.unmount())

const reason = 'Fewer than 10 people have both scores, so averages are hidden to protect them.'

function show() {
  const host = document.body.appendChild(document.createElement('div'))
  app = createApp(() =>
    h(ChartFigure, {
      title: 'Average score before and after',
      draw: (frame: WordedFrame) =>
        changeChart({
          ...frame,
          rows: [
            { label: 'PHQ-9', n: 90, before: 14.2, after: 9.8, changeLow: -5.6, changeHigh: -3.2, min: 0, max: 27, direction: 'lower' },
            { label: 'MORS-SF', hidden: reason },
          ],
        }),
    }),
  )
  app.mount(host)
  return host
}

describe('a chart on a screen', () => {
  it('is a real picture with a name and a description', () => {
    const svg = show().querySelector('svg')
    expect(svg?.namespaceURI).toBe('http://www.w3.org/2000/svg')
    expect(svg?.getAttribute('role')).toBe('img')
    const named = (svg?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '')
    expect(named[0]).toBe('Average score before and after')
    expect(named[1]).toContain('PHQ-9: from 14.2 to 9.8')
    expect(svg?.querySelectorAll('circle').length).toBeGreaterThan(2)
  })

  it('turns into a table with the same figures, where a hidden row says why', async () => {
    const host = show()
    host.querySelector('button')?.click()
    await nextTick()
    expect(host.querySelector('svg')).toBeNull()
    const cells = [...host.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
    expect(cells[0]?.slice(0, 4)).toEqual(['PHQ-9', '90', '14.2', '9.8'])
    expect(cells[1]?.at(-1)).toBe(reason)
    expect(host.querySelector('button')?.textContent).toBe('Show as picture')
  })

  it('is laid out for paper when it is printed, and for the screen again afterwards', async () => {
    const host = show()
    const widthOf = () => Number(host.querySelector('svg')?.getAttribute('width'))
    const onScreen = widthOf()
    dispatchEvent(new Event('beforeprint'))
    await nextTick()
    expect(widthOf()).toBe(760)
    dispatchEvent(new Event('afterprint'))
    await nextTick()
    expect(widthOf()).toBe(onScreen)
  })
})
