import { describe, expect, it } from 'vitest'
import { nextPlace } from './grid-keys.ts'

const size = { rows: 1000, columns: 8, pageRows: 15 }
const press = (key: string, more: { ctrlKey?: boolean; altKey?: boolean } = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more })

describe('moving about the table by keyboard', () => {
  it.each([
    ['ArrowDown', { row: 5, column: 3 }],
    ['ArrowUp', { row: 3, column: 3 }],
    ['ArrowLeft', { row: 4, column: 2 }],
    ['ArrowRight', { row: 4, column: 4 }],
    ['PageDown', { row: 19, column: 3 }],
    ['PageUp', { row: 0, column: 3 }],
    ['Home', { row: 4, column: 0 }],
    ['End', { row: 4, column: 7 }],
  ])('%s', (key, place) => {
    expect(nextPlace({ row: 4, column: 3 }, press(key), size)).toEqual(place)
  })
  it('Control with Home and End goes to the first and the last row', () => {
    expect(nextPlace({ row: 4, column: 3 }, press('Home', { ctrlKey: true }), size)).toEqual({ row: 0, column: 0 })
    expect(nextPlace({ row: 4, column: 3 }, press('End', { ctrlKey: true }), size)).toEqual({ row: 999, column: 7 })
  })
  it('up from the first row lands on the headings, and no further', () => {
    expect(nextPlace({ row: 0, column: 2 }, press('ArrowUp'), size)).toEqual({ row: -1, column: 2 })
    expect(nextPlace({ row: -1, column: 2 }, press('ArrowUp'), size)).toEqual({ row: -1, column: 2 })
  })
  it('edges hold', () => {
    expect(nextPlace({ row: 999, column: 7 }, press('ArrowDown'), size)).toEqual({ row: 999, column: 7 })
    expect(nextPlace({ row: 999, column: 7 }, press('ArrowRight'), size)).toEqual({ row: 999, column: 7 })
  })
  it('other keys, and arrows with Alt (browser back), are left alone', () => {
    expect(nextPlace({ row: 1, column: 1 }, press('a'), size)).toBeUndefined()
    expect(nextPlace({ row: 1, column: 1 }, press('ArrowLeft', { altKey: true }), size)).toBeUndefined()
  })
})
