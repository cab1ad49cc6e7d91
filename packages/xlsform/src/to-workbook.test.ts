import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormOutline, OutlineNode } from '@attune/forms'
import { allTypes } from './all-types.fixture.ts'
import { compile, readMarkdown, toWorkbook, type Workbook } from './index.ts'

function outlineOf(workbook: Workbook): FormOutline {
  const result = compile(workbook)
  if (!result.ok) throw new Error(result.issues.map(({ code, cell, message }) => `${code} ${cell}: ${message}`).join('\n'))
  return result.outline
}

/** Rows are numbered anew in the new workbook. */
function withoutRows(outline: FormOutline): unknown {
  const strip = (node: OutlineNode): unknown => ({ ...node, row: 0, ...(node.kind === 'question' ? {} : { children: node.children.map(strip) }) })
  return { ...outline, children: outline.children.map(strip) }
}

describe('an outline as a workbook', () => {
  it('a form of all types comes back the same', () => {
    const first = outlineOf(readMarkdown(allTypes))
    expect(withoutRows(outlineOf(toWorkbook(first)))).toEqual(withoutRows(first))
  })

  it('files, triggers, preloads, own attributes and further settings are kept', () => {
    const first = outlineOf(
      readMarkdown(`
      | survey |
      | | type | name | label | trigger | calculation | bind::esri:style | choice_filter | parameters |
      | | csv-external | people | | | | | | |
      | | select_one_from_file towns.csv | town | Town | | | | pop > 5 | value=id label=title |
      | | start-geopoint | here | | | | | | |
      | | text | a | A | | | wide | | |
      | | text | b | B | \${a}, \${town} | now() | | | |
      | settings |
      | | form_id | namespaces | submission_url |
      | | f | esri="http://esri.com/xforms" | https://example.org/x |`),
    )
    expect(first.files).toEqual(['people.csv', 'towns.csv'])
    expect(withoutRows(outlineOf(toWorkbook(first)))).toEqual(withoutRows(first))
  })

  it('whatever compiles comes back the same', () => {
    const type = fc.constantFrom(
      'text',
      'integer',
      'decimal',
      'date',
      'select_one yn',
      'select_multiple yn',
      'note',
      'range',
      'rank yn',
      'geopoint',
      'barcode',
      'acknowledge',
      'file',
      'start',
      'hidden',
    )
    const text = fc.constantFrom('', 'Label', 'With ${q0} inside', 'a < b & "c"', '|', 'x\\|y')
    const rows = fc.array(
      fc.record({
        type,
        label: text,
        hint: text,
        relevant: fc.constantFrom('', "${q0} != ''"),
        required: fc.constantFrom('', 'yes', '1 = 1'),
        fallback: fc.constantFrom('', '5', 'now()'),
        group: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    )
    let compiled = 0
    fc.assert(
      fc.property(rows, fc.constantFrom('', '::Cymraeg (cy)'), fc.constantFrom('', 'Cymraeg (cy)'), (made, suffix, language) => {
        const lines = made.flatMap((row, index) => {
          const cells = [
            row.type,
            `q${index}`,
            `L${row.label}`.replaceAll('|', '\\|'),
            row.hint.replaceAll('|', '\\|'),
            row.relevant,
            row.required,
            row.fallback,
          ]
          const line = `| | ${cells.join(' | ')} |`
          return row.group ? [`| | begin group | g${index} | G | | | | |`, line, '| | end group | | | | | | |'] : [line]
        })
        const md = [
          `| survey |`,
          `| | type | name | label${suffix} | hint${suffix} | relevant | required | default |`,
          ...lines,
          '| choices |',
          '| | list_name | name | label | extra |',
          '| | yn | y | Yes | 1 |',
          '| | yn | n | No | |',
          '| settings |',
          '| | default_language | version |',
          `| | ${language} | 3 |`,
        ].join('\n')
        const result = compile(readMarkdown(md))
        if (!result.ok) return
        compiled += 1
        expect(withoutRows(outlineOf(toWorkbook(result.outline)))).toEqual(withoutRows(result.outline))
      }),
      { seed: 20261122, numRuns: 300 },
    )
    expect(compiled).toBeGreaterThan(100)
  })
})
