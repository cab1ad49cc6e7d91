import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scrollToRow, windowRows } from './window-rows.ts'

describe('rows in sight', () => {
  it('ten thousand rows draw only some forty', () => {
    const window = windowRows({ rows: 10_000, rowHeight: 40, top: 200_000, height: 640 })
    expect(window).toEqual({ first: 4988, last: 5028, above: 199_520, below: 198_880 })
  })

  it('no rows need no room', () => {
    expect(windowRows({ rows: 0, rowHeight: 40, top: 900, height: 640 })).toEqual({ first: 0, last: 0, above: 0, below: 0 })
  })

  it('a list that got shorter under the reader still shows its end', () => {
    const window = windowRows({ rows: 3, rowHeight: 40, top: 50_000, height: 640 })
    expect(window.last).toBe(3)
    expect(window.first).toBeLessThan(3)
  })

  it('blank room and drawn rows always add up to the whole table, and every row in sight is drawn', () => {
    const view = fc.record({
      rows: fc.integer({ min: 1, max: 20_000 }),
      rowHeight: fc.integer({ min: 20, max: 90 }),
      top: fc.nat(1_000_000),
      height: fc.integer({ min: 50, max: 2000 }),
    })
    fc.assert(
      fc.property(view, (asked) => {
        const top = Math.min(asked.top, Math.max(0, asked.rows * asked.rowHeight - asked.height))
        const window = windowRows({ ...asked, top })
        expect(window.above + (window.last - window.first) * asked.rowHeight + window.below).toBe(asked.rows * asked.rowHeight)
        expect(window.first * asked.rowHeight).toBeLessThanOrEqual(top)
        expect(window.last * asked.rowHeight).toBeGreaterThanOrEqual(Math.min(top + asked.height, asked.rows * asked.rowHeight))
      }),
      { seed: 7 },
    )
  })
})

describe('bringing a row into sight', () => {
  const view = { rowHeight: 40, top: 400, height: 440, head: 40 }
  it('a row in sight does not move the table', () => expect(scrollToRow(12, view)).toBe(400))
  it('a row above scrolls up to it', () => expect(scrollToRow(2, view)).toBe(80))
  it('a row below scrolls down until its foot shows', () => expect(scrollToRow(30, view)).toBe(31 * 40 - 400))
})
