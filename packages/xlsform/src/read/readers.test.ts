import { describe, expect, it } from 'vitest'
import { readCsv, readMarkdown, readXlsx, type Workbook } from '../index.ts'
import { toDateText } from './serial-date.ts'

const texts = (workbook: Workbook) =>
  workbook.sheets.map(({ name, rows }) => [
    name,
    ...rows.map(({ number, cells }) => [number, ...cells.map(({ column, text }) => `${column}:${text}`)]),
  ])

describe('Markdown tables', () => {
  it('the first column names the sheet, rows are numbered within it', () => {
    expect(texts(readMarkdown('| survey |\n| | type | name |\n| | text | a |\n| choices | |\n| | list_name |'))).toEqual([
      ['survey', [1, '1:type', '2:name'], [2, '1:text', '2:a']],
      ['choices', [1, '1:list_name']],
    ])
  })

  it('remarks, rules and escaped bars are understood, empty cells keep their place', () => {
    const md = '# a remark\n| survey | | |\n|---|---|---|\n| | type | | label | # at the end\n| | text | | a \\| b |\n  # | | not | a | row |\n'
    expect(texts(readMarkdown(md))).toEqual([['survey', [1, '1:type', '3:label'], [2, '1:text', '3:a | b']]])
  })

  it('a lone hyphen is an answer, not a rule', () => {
    expect(texts(readMarkdown('| survey |\n| | type | label |\n| | text | - |'))[0]).toEqual([
      'survey',
      [1, '1:type', '2:label'],
      [2, '1:text', '2:-'],
    ])
  })
})

describe('CSV files', () => {
  it('quotes, doubled quotes, commas and line breaks inside cells follow RFC 4180; rows and columns are those of the file', () => {
    expect(texts(readCsv('\ufeffsurvey,,\r\n,type,label\r\n,text,"a ""b"", c\nd"\r\n\r\nchoices\n,list_name\n'))).toEqual([
      ['survey', [2, '2:type', '3:label'], [3, '2:text', '3:a "b", c\nd']],
      ['choices', [6, '2:list_name']],
    ])
  })

  it('a quote that is never closed is a fault', () => {
    expect(readCsv('survey\n,"type').fault).toBe('file-quotes')
  })
})

const parts = (sheet: string, strings = '', styles = '') =>
  new Map([
    ['xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="survey" sheetId="1" r:id="rId7"/></sheets></workbook>'],
    ['xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="rId7" Target="worksheets/other.xml"/></Relationships>'],
    ['xl/worksheets/other.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
    ['xl/sharedStrings.xml', `<sst>${strings}</sst>`],
    ['xl/styles.xml', `<styleSheet>${styles}</styleSheet>`],
  ])

describe('.xlsx parts', () => {
  it('shared, inline and formula texts, numbers, booleans and dates come as pyxform writes them', () => {
    const cells =
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>in &amp; line</t></is></c><c r="C1" t="str"><f>1</f><v>made</v></c><c r="D1"><v>3.0</v></c><c r="E1"><v>0.25</v></c><c r="F1" t="b"><v>1</v></c><c r="G1" s="1"><v>46082</v></c><c r="H1" s="2"><v>46082.5</v></c><c r="I1" s="1"><v>0.75</v></c><c r="J1"/>'
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
    const read = readXlsx(parts(`<row r="1">${cells}</row>`, '<si><r><t>two </t></r><r><t>runs</t></r><rPh><t>kana</t></rPh></si>', styles))
    expect(texts(read)).toEqual([
      [
        'survey',
        [1, '1:two runs', '2:in & line', '3:made', '4:3', '5:0.25', '6:TRUE', '7:2026-03-01 00:00:00', '8:2026-03-01 12:00:00', '9:18:00:00'],
      ],
    ])
  })

  it('true row and column numbers survive gaps; cells far away are notes, not part of the form', () => {
    const cell = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
    const read = readXlsx(
      parts(
        `<row r="1">${cell('A1', 'type')}${cell('C1', 'label')}${cell('AZ1', 'far')}</row><row r="5">${cell('C5', 'x')}</row><row r="90">${cell('A90', 'note')}</row>`,
      ),
    )
    expect(texts(read)).toEqual([['survey', [1, '1:type', '3:label'], [5, '3:x']]])
  })

  it('spaces that never break and escaped signs become plain', () => {
    const read = readXlsx(parts('<row r="1"><c r="A1" t="inlineStr"><is><t>a\u00a0b_x000D_c</t></is></c></row>'))
    expect(texts(read)).toEqual([['survey', [1, '1:a b\rc']]])
  })

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'],
    ['tags that do not close', '<workbook><sheets></workbook>'],
    ['an open quote', '<workbook a="1></workbook>'],
    ['nothing', ''],
  ])('%s is a fault', (_, xml) => {
    const read = readXlsx(
      new Map([
        ['xl/workbook.xml', xml],
        ['xl/sharedStrings.xml', xml],
      ]),
    )
    expect([read.fault, read.sheets]).toEqual(xml === '' ? [undefined, []] : ['file-unreadable', []])
  })

  it('Excel dates before March 1900 and from 1904 count as Excel counts them', () => {
    expect([toDateText(1, false), toDateText(61, false), toDateText(0, true), toDateText(46082, false)].map((text) => text.slice(0, 10))).toEqual([
      '1900-01-01',
      '1900-03-01',
      '00:00:00',
      '2026-03-01',
    ])
    // ECMA-376 part 1, 18.17.4.1: one and the same day is 1462 less where the count begins in 1904.
    expect([toDateText(46082 - 1462, true), toDateText(46082.5, false)]).toEqual(['2026-03-01 00:00:00', '2026-03-01 12:00:00'])
  })

  it('a time that rounds up to midnight is the next day', () => {
    expect([toDateText(46082 - 1e-7, false), toDateText(0.25, false)]).toEqual(['2026-03-01 00:00:00', '06:00:00'])
  })
})
