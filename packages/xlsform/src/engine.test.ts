import { nameOf, openForm, shownQuestions, lendPage, type OpenForm } from '@attune/forms/engine'
import { readSubmission, type XmlElement } from '@attune/forms'
import { JSDOM } from 'jsdom'
import { beforeAll, describe, expect, it } from 'vitest'
import { allTypes } from './all-types.fixture.ts'
import { compile, readMarkdown } from './index.ts'

const { window } = new JSDOM('<!doctype html><html></html>')
beforeAll(() => lendPage(window))

function xmlOf(md: string): string {
  const result = compile(readMarkdown(md))
  if (!result.ok) throw new Error(result.issues.map(({ code, cell, message }) => `${code} ${cell}: ${message}`).join('\n'))
  return result.xml
}

async function open(md: string): Promise<OpenForm> {
  return openForm(xmlOf(md))
}

/** An XML text as the plain tree that a submission is read from. */
function toTree(xml: string): XmlElement {
  return toElement(new window.DOMParser().parseFromString(xml, 'text/xml').documentElement)
}

function toElement(element: Element): XmlElement {
  const children = Array.from(element.children, toElement)
  return {
    name: element.localName,
    attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    text: children.length === 0 ? (element.textContent ?? '') : '',
    children,
  }
}

describe('what the compiler accepts, the form engine opens', () => {
  it('a form of all types shows every question', async () => {
    const session = (await open(allTypes)).createSession()
    const shown = shownQuestions(session.root).map((node) => nameOf(node))
    for (const name of [
      'hello',
      'first',
      'age',
      'day',
      'clock',
      'moment',
      'agreed',
      'fruits',
      'order',
      'scale',
      'ok',
      'photo',
      'sound',
      'film',
      'paper',
      'code',
      'place',
      'path',
      'field',
      'years',
      'warm',
    ]) {
      expect(shown).toContain(name)
    }
    session.close()
  })

  it.each([
    [
      'an entity made once per round of a repeat',
      `| survey |\n| | type | name | label | save_to |\n| | begin repeat | tree | Tree | |\n| | text | kind | Kind | kind |\n| | end repeat | | | |\n| entities |\n| | list_name | label |\n| | trees | \${kind} |`,
    ],
    [
      'choices taken from earlier answers',
      '| survey |\n| | type | name | label | choice_filter |\n| | begin repeat | r | R | |\n| | text | name | Name | |\n| | integer | age | Age | |\n| | end repeat | | | |\n| | select_one ${name} | eldest | Eldest | ${age} > 17 |',
    ],
    [
      'a lookup inside a label',
      "| survey |\n| | type | name | label |\n| | select_one t | town | Town |\n| | note | n | You live in instance('t')/root/item[name = ${town}]/label now |\n| choices |\n| | list_name | name | label |\n| | t | a | A-town |",
    ],
    [
      'a scale with labelled ticks',
      '| survey |\n| | type | name | label | parameters |\n| | range | r | R | start=0 end=4 step=1 tick_labelset=t |\n| choices |\n| | list_name | name | label |\n| | t | 0 | Never |\n| | t | 4 | Always |',
    ],
    [
      'signs that XML must not hold bare',
      '| survey |\n| | type | name | label | constraint | constraint_message |\n| | text | a | A < B & "C" > \'D\' | . != "<&>" | Not "<&>" |',
    ],
    [
      'groups without a question, one inside the other and one with a rule',
      "| survey |\n| | type | name | label | relevant |\n| | text | a | A | |\n| | begin group | g | G | ${a} = 'x' |\n| | begin group | h | H | |\n| | end group | | | |\n| | end group | | | |\n| | begin group | i | I | |\n| | end group | | | |",
    ],
    ['a last saved answer as default', '| survey |\n| | type | name | label | default |\n| | text | a | A | ${last-saved#a} |'],
    [
      'positions in indexed-repeat',
      '| survey |\n| | type | name | label | calculation |\n| | begin repeat | r | R | |\n| | text | a | A | |\n| | calculate | before | | indexed-repeat(${a}, ${r}, position(..) - 1) |\n| | end repeat | | | |',
    ],
  ])('%s', async (_, md) => {
    const session = (await open(md)).createSession()
    expect(shownQuestions(session.root).length).toBeGreaterThan(0)
    session.close()
  })

  it('a filled form keeps every value type on its way out and back', async () => {
    const compiled = compile(readMarkdown(allTypes))
    if (!compiled.ok) throw new Error('The form should compile.')
    const session = (await openForm(compiled.xml)).createSession()
    const values: { readonly [name: string]: string } = {
      first: 'Ada & "Co" <x>',
      age: '36',
      weight: '61.5',
      day: '2026-03-01',
      clock: '09:30:00',
      moment: '2026-03-01T09:30:00',
      code: '5012345678900',
      place: '51.5 -3.2 10 5',
      name: 'Bo',
      years: '9',
    }
    for (const [name, value] of Object.entries(values)) {
      for (const node of shownQuestions(session.root)) if (nameOf(node) === name && node.nodeType === 'input') node.setValue(value as never)
    }
    for (const node of shownQuestions(session.root)) {
      if (node.nodeType === 'select' && nameOf(node) === 'agreed') node.selectValue('y')
      if (node.nodeType === 'select' && nameOf(node) === 'fruits') node.selectValues(['apple', 'plum'])
    }
    expect(session.violations()).toEqual([])
    const sent = await session.prepareSubmission()
    if (sent.status !== 'ready') throw new Error('The form should be ready.')
    for (const text of [
      '<age>36</age>',
      '<weight>61.5</weight>',
      '<day>2026-03-01</day>',
      '<agreed>y</agreed>',
      '<fruits>apple plum</fruits>',
      '<twice>72</twice>',
      '<next>10</next>',
      '<sum>18</sum>',
      'Ada &amp; "Co" &lt;x&gt;</first>',
    ]) {
      expect(sent.xml).toContain(text)
    }
    const reading = readSubmission(compiled.outline, toTree(sent.xml))
    expect(reading.issues).toEqual([])
    expect(reading.answers).toMatchObject({
      first: 'Ada & "Co" <x>',
      age: 36,
      weight: 61.5,
      day: '2026-03-01',
      agreed: 'y',
      fruits: ['apple', 'plum'],
      twice: '72',
    })
    session.close()
  })
})
