import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCsvBytes } from './csv-bytes.ts'
import { toCsvLine, type TableCell } from './table-text.ts'

const toCsvBytes = makeCsvBytes()
const asLines = (rows: readonly (readonly TableCell[])[]) => Buffer.from(rows.map((row) => toCsvLine(row)).join(''))
const troublesome = [
  '',
  ' ',
  '\t',
  '\v',
  '\f',
  '\r',
  '\n',
  '"',
  ',',
  '=',
  '+',
  '-',
  '@',
  '\u00a0',
  '\uff1d',
  '\ufeff',
  'é',
  '😀',
  '\ud800',
  'a',
  '1',
  "'",
]
const text = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...troublesome), { maxLength: 6 }).map((signs) => signs.join('')),
  fc.string({ unit: 'grapheme' }),
)
const cell: fc.Arbitrary<TableCell> = fc.oneof(text, fc.integer(), fc.double(), fc.constant(null))

describe('lines of CSV as bytes', () => {
  it('are what the lines say, cell for cell', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 8 }), (rows) => {
        expect(toCsvBytes(rows)).toEqual(asLines(rows))
      }),
      { seed: 20251122, numRuns: 3_000 },
    )
    for (const one of troublesome) for (const other of troublesome) expect(toCsvBytes([[`${one}${other}`]])).toEqual(asLines([[`${one}${other}`]]))
  })

  it('are whole whatever their length', () => {
    const rows = [['a'.repeat(70_000), null], ['"'.repeat(70_000)], Array.from({ length: 50_000 }, (_, at) => at), ['é'.repeat(90_000)]]
    expect(toCsvBytes(rows).equals(asLines(rows))).toBe(true)
    expect(toCsvBytes([])).toEqual(Buffer.alloc(0))
    const bare = Array.from({ length: 200_000 }, () => [])
    expect(makeCsvBytes()(bare).equals(asLines(bare))).toBe(true)
  })
})
