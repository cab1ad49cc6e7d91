import { openForm, lendPage } from '@attune/forms/engine'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile, readCsv, readMarkdown, readXlsx, type Workbook } from './index.ts'

const seed = 20261122
beforeAll(() => lendPage(new JSDOM('<!doctype html><html></html>').window))

/** Words that mean something to the compiler, mixed with words that do not. */
const words = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'text',
      'integer',
      'select_one yn',
      'select_multiple yn or_other',
      'begin repeat',
      'end repeat',
      'begin group',
      'end_group',
      'calculate',
      'range',
      'note',
      'image',
      'rank yn',
      'geopoint',
      'audit',
      'date',
      'select_one ${b}',
      'csv-external',
      'background-geopoint',
    ),
  },
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'y', 'n', 'yn', '_1', 'r', 'g') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "${a} = 'y'",
      '. > 1',
      'selected(${b}, "y")',
      '${',
      '${a',
      '1 +',
      'count(${r})',
      'once(uuid())',
      '-',
      'yes',
      'instance("yn")/root/item[name=${a}]/label',
      'a=b',
      'start=0 end=3',
      'randomize=true',
      'position(..)',
      '${last-saved#a}',
      'table-list',
      '<b>&"',
      "it's",
      '“x”',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)
const headers = fc.constantFrom(
  'type',
  'name',
  'label',
  'label::Cymraeg (cy)',
  'hint',
  'guidance_hint',
  'relevant',
  'required',
  'constraint',
  'constraint_message',
  'calculation',
  'choice_filter',
  'parameters',
  'appearance',
  'repeat_count',
  'default',
  'trigger',
  'media::image',
  'bind::x:y',
  'save_to',
  'list_name',
  'extra',
  'odd one',
  'form_id',
  'entity_id',
  'version',
  'default_language',
  'instance_name',
)

const sheet = (name: fc.Arbitrary<string>) =>
  fc
    .record({
      name,
      headers: fc.uniqueArray(headers, { minLength: 2, maxLength: 9 }),
      rows: fc.array(fc.array(words, { maxLength: 9 }), { maxLength: 12 }),
    })
    .map((made) => ({
      name: made.name,
      rows: [made.headers, ...made.rows].map((cells, index) => ({ number: index + 1, cells: cells.map((text, at) => ({ column: at + 1, text })) })),
    }))

const workbooks: fc.Arbitrary<Workbook> = fc
  .array(sheet(fc.constantFrom('survey', 'choices', 'settings', 'entities', 'Survey', 'surveys', 'other')), { minLength: 1, maxLength: 4 })
  .map((sheets) => ({ sheets }))

/** Workbooks that mostly compile: a survey of sound rows with odd words in some cells. */
const likely: fc.Arbitrary<Workbook> = fc
  .array(
    fc.record({
      type: fc.constantFrom('text', 'integer', 'select_one yn', 'select_multiple yn', 'note', 'decimal', 'range', 'rank yn', 'date'),
      odd: words,
      column: fc.constantFrom(3, 4, 5, 6, 7),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) => ({
    sheets: [
      {
        name: 'survey',
        rows: [
          ['type', 'name', 'label', 'relevant', 'default', 'constraint', 'calculation'],
          ...rows.map(({ type, odd, column }, index) =>
            [type, `q${index}`, 'Label', '', '', '', ''].map((text, at) =>
              at + 1 === column ? odd.replaceAll('${a', '${q0').replaceAll('${b', '${q0').replaceAll('${r', '${q0') : text,
            ),
          ),
        ].map((cells, index) => ({ number: index + 1, cells: cells.map((text, at) => ({ column: at + 1, text })) })),
      },
      {
        name: 'choices',
        rows: [
          ['list_name', 'name', 'label'],
          ['yn', 'y', 'Yes'],
          ['yn', 'n', 'No'],
        ].map((cells, index) => ({ number: index + 1, cells: cells.map((text, at) => ({ column: at + 1, text })) })),
      },
    ],
  }))

describe('any workbook', () => {
  it('gives a form or issues, never a crash, and each issue points at a sheet and a row', () => {
    fc.assert(
      fc.property(workbooks, (workbook) => {
        const result = compile(workbook)
        if (!result.ok) expect(result.issues.some(({ severity }) => severity === 'error')).toBe(true)
        for (const issue of result.ok ? result.warnings : result.issues) {
          expect(issue.sheet).not.toBe('')
          expect(issue.row).toBeGreaterThan(0)
        }
      }),
      { seed, numRuns: 2_000 },
    )
  })

  it('any text at all can be read as Markdown, CSV or the parts of an .xlsx file', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '|',
            ',',
            '"',
            '\n',
            '\r',
            '#',
            '\\',
            '<',
            '>',
            '/',
            '&',
            '=',
            'a',
            ' ',
            '-',
            'survey',
            '<row>',
            '<c t="s">',
            '<v>',
            '<!DOCTYPE x>',
          ),
          maxLength: 200,
        }),
        (text) => {
          for (const workbook of [
            readMarkdown(text),
            readCsv(text),
            readXlsx(
              new Map([
                ['xl/workbook.xml', text],
                ['xl/sharedStrings.xml', text],
              ]),
            ),
          ]) {
            expect(typeof compile(workbook).ok).toBe('boolean')
          }
        },
      ),
      { seed, numRuns: 2_000 },
    )
  })

  it('what is accepted, the engine opens', async () => {
    let opened = 0
    await fc.assert(
      fc.asyncProperty(likely, async (workbook) => {
        const result = compile(workbook)
        if (!result.ok) return
        const form = await openForm(result.xml)
        form.createSession().close()
        opened += 1
      }),
      { seed, numRuns: 60 },
    )
    expect(opened).toBeGreaterThan(20)
  }, 60_000)
})
