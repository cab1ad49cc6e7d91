import type { FormIssueView, SheetView } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { cellId, toColumnLetters, toMarks, toShownRows } from './sheet-view.ts'

const sheet = (rows: number): SheetView => ({
  name: 'survey',
  rows: [['type', 'name', 'relevant'], ...Array.from({ length: rows - 1 }, (_, at) => ['text', `q${at + 2}`, ''])].map((texts, at) => ({
    number: at + 1,
    cells: texts.map((text, column) => ({ column: column + 1, text })).filter(({ text }) => text !== ''),
  })),
})
const issue = (more: Partial<FormIssueView>): FormIssueView => ({ code: 'x', severity: 'error', sheet: 'survey', row: 5, message: 'Wrong.', ...more })
const columnOf = (more: Partial<FormIssueView>) => toMarks([issue(more)], [sheet(10)])[0]?.column

describe('an issue on a sheet', () => {
  it('stands at its cell, at the column that it names, or at the name of the question', () => {
    expect(columnOf({ cell: 'C5', column: 'relevant' })).toBe(3)
    expect(columnOf({ column: 'Relevant' })).toBe(3)
    expect(columnOf({})).toBe(2)
    expect(columnOf({ row: 99 })).toBe(1)
    expect([toColumnLetters(1), toColumnLetters(28), cellId('my sheet', 5, 28)]).toEqual(['A', 'AB', 'cell-my-sheet-AB5'])
  })

  it('is seen in a short sheet among all rows, in a long one among its neighbours, until all are asked for', () => {
    const marks = toMarks([issue({ row: 500 }), issue({ row: 900, column: 'relevant' })], [sheet(1000)])
    expect(toShownRows(sheet(20), [], false).rows).toHaveLength(20)
    const { rows, columns } = toShownRows(sheet(1000), marks, false)
    expect(columns).toBe(3)
    expect(rows.map((row) => ('left' in row ? -row.left : row.number))).toEqual([
      1, -495, 497, 498, 499, 500, 501, 502, 503, -393, 897, 898, 899, 900, 901, 902, 903, -97,
    ])
    expect(toShownRows(sheet(1000), marks, true).rows).toHaveLength(1000)
    const row = rows.find((one) => 'number' in one && one.number === 900)
    expect(row !== undefined && 'cells' in row && row.cells[2]?.marks.map(({ number }) => number)).toEqual([2])
  })

  it('on a row that the file leaves empty gets a row of its own', () => {
    const marks = toMarks([issue({ row: 40 })], [sheet(10)])
    expect(toShownRows(sheet(10), marks, false).rows.at(-1)).toMatchObject({ number: 40 })
  })
})
