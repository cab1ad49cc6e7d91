// One question of each value type, from the sheet to the answer: compiled, filled in by the engine, sent, read against the outline.
import { readSubmission, valueTypes, type XmlElement } from '@attune/forms'
import { lendPage, nameOf, openForm, shownQuestions } from '@attune/forms/engine'
import { JSDOM } from 'jsdom'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile, readMarkdown } from './index.ts'

const { window } = new JSDOM('<!doctype html><html></html>')
beforeAll(() => lendPage(window))

function toElement(element: Element): XmlElement {
  const children = Array.from(element.children, toElement)
  return {
    name: element.localName,
    attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    text: children.length === 0 ? (element.textContent ?? '') : '',
    children,
  }
}

type Fill = { readonly set: (node: never) => unknown; readonly sent: string; readonly answer: unknown }
const value = (given: unknown, sent: string, answer: unknown): Fill =>
  ({ set: (node: { setValue(to: unknown): void }) => node.setValue(given), sent, answer }) as Fill

const cases: { readonly [name: string]: { readonly type: string; readonly valueType: (typeof valueTypes)[number]; readonly more?: string } & Fill } =
  {
    words: { type: 'text', valueType: 'string', ...value('a < b & "c" é 写', 'a &lt; b &amp; "c" é 写', 'a < b & "c" é 写') },
    whole: { type: 'integer', valueType: 'int', ...value('-12', '-12', -12) },
    part: { type: 'decimal', valueType: 'decimal', ...value('61.25', '61.25', 61.25) },
    day: { type: 'date', valueType: 'date', ...value('2026-02-28', '2026-02-28', '2026-02-28') },
    clock: { type: 'time', valueType: 'time', ...value('09:30:00', '09:30:00', '09:30:00') },
    moment: { type: 'dateTime', valueType: 'dateTime', ...value('2026-03-01T09:30:00', '2026-03-01T09:30:00', '2026-03-01T09:30:00') },
    place: { type: 'geopoint', valueType: 'geopoint', ...value('51.5 -3.2 10 5', '51.5 -3.2 10.0 5.0', '51.5 -3.2 10.0 5.0') },
    way: {
      type: 'geotrace',
      valueType: 'geotrace',
      ...value('1 2 0 0; 3 4 0 0', '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0', '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0'),
    },
    field: {
      type: 'geoshape',
      valueType: 'geoshape',
      ...value(
        '1 2 0 0; 3 4 0 0; 5 6 0 0; 1 2 0 0',
        '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0;5.0 6.0 0.0 0.0;1.0 2.0 0.0 0.0',
        '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0;5.0 6.0 0.0 0.0;1.0 2.0 0.0 0.0',
      ),
    },
    bars: { type: 'barcode', valueType: 'barcode', ...value('5012345678900', '5012345678900', '5012345678900') },
    one: {
      type: 'select_one c',
      valueType: 'string',
      set: (node: { selectValue(to: string): void }) => node.selectValue('b'),
      sent: 'b',
      answer: 'b',
    },
    many: {
      type: 'select_multiple c',
      valueType: 'string',
      set: (node: { selectValues(to: string[]): void }) => node.selectValues(['a', 'b']),
      sent: 'a b',
      answer: ['a', 'b'],
    },
    order: {
      type: 'rank c',
      valueType: 'odk:rank',
      set: (node: { setValues(to: string[]): void }) => node.setValues(['b', 'a']),
      sent: 'b a',
      answer: ['b', 'a'],
    },
    scale: { type: 'range', valueType: 'int', more: 'start=0 end=10 step=1', ...value('7', '7', 7) },
    agreed: { type: 'acknowledge', valueType: 'string', ...value(true, 'OK', 'OK') },
    photo: {
      type: 'image',
      valueType: 'binary',
      set: (node: { setValue(to: File): void }) => node.setValue(new File(['x'], 'p.png', { type: 'image/png' })),
      sent: '.png',
      answer: expect.stringMatching(/\.png$/),
    },
  }

describe('from the sheet to the answer and nothing lost', () => {
  const rows = Object.entries(cases).map(([name, { type, more = '' }]) => `| | ${type} | ${name} | ${name} | ${more} |`)
  const md = [
    '| survey |',
    '| | type | name | label | parameters |',
    ...rows,
    '| choices |',
    '| | list_name | name | label |',
    '| | c | a | A |',
    '| | c | b | B |',
  ].join('\n')
  const compiled = compile(readMarkdown(md))

  it('every value type but the one that no question has is here', () => {
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
    const made = new Set(compiled.outline.children.map((node) => (node.kind === 'question' ? node.valueType : '')))
    expect(valueTypes.filter((type) => !made.has(type))).toEqual(['boolean'])
  })

  it.each(Object.entries(cases))('%s', async (name, { set, sent, answer }) => {
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
    const session = (await openForm(compiled.xml)).createSession()
    set(shownQuestions(session.root).find((node) => nameOf(node) === name) as never)
    const prepared = await session.prepareSubmission()
    if (prepared.status !== 'ready') throw new Error('The form should be ready.')
    session.close()
    expect(new RegExp(`<${name}[^>]*>([^<]*)</`).exec(prepared.xml)?.[1]).toContain(sent)
    const tree = toElement(new window.DOMParser().parseFromString(prepared.xml, 'text/xml').documentElement)
    const reading = readSubmission(compiled.outline, tree)
    expect([reading.issues, reading.answers[name]]).toEqual([[], answer])
  })
})
