import { getFormOfKind } from '@attune/programme'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getProgramme } from '../../outside/programme-folder.ts'
import path from 'node:path'
import { readPlainXml } from './read-plain-xml.ts'
import { parseTree, xmlLimits } from './read-xml.ts'
import { toSubmissionXml } from './to-submission-xml.ts'

const limits = { depth: xmlLimits.depth, attributes: xmlLimits.attributes, length: 100_000 }
const readPlainly = (text: string) => readPlainXml(text, limits)
const readFully = (text: string) => {
  try {
    return parseTree(text)
  } catch {
    return undefined
  }
}

// Pieces of XML, right and wrong, that are put together at random: most texts are not well-formed, many are by a hair.
const names = ['a', 'b', 'a1', 'orx:meta', 'a-b.c', '_', '1a', '-', 'a:', '__proto__', 'constructor', 'é']
const texts = [
  '',
  'x',
  ' ',
  '\n ',
  '\r\n',
  '\t',
  '&amp;',
  '&lt;&gt;&quot;&apos;',
  '&#65;',
  '&nbsp;',
  '&',
  ']]>',
  '>',
  '\u0000',
  '\u007f',
  '\ufffe',
  'é',
  '😀',
  '"',
  "'",
  '&amp',
]
const markup = ['<!-- c -->', '<![CDATA[x]]>', '<?p x?>', '<', '</a>', '<a>', '<!DOCTYPE a>', '<a', '</']
const values = ['', 'x', 'a b', '&amp;', '<', '>', '\n', '\t', "'", 'é', '\u0001', '&']
/** Mostly right: a text of twenty pieces is to have a chance. */
const mostly = (right: readonly string[], wrong: readonly string[]) =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) })
const name = mostly(names.slice(0, 6), names)
const attribute = fc
  .record({
    before: mostly([' ', '  ', '\n'], ['']),
    name,
    equals: mostly(['='], [' = ', '']),
    quote: fc.constantFrom('"', "'"),
    value: mostly(values.slice(0, 3), values),
  })
  .map((given) => `${given.before}${given.name}${given.equals}${given.quote}${given.value}${given.quote}`)
const attributes = fc.array(attribute, { maxLength: 3 }).map((all) => all.join(''))
const ends = mostly(['', ' '], ['\n', '/', ' /'])
const { node, element } = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    mostly(texts.slice(0, 4).concat('&amp;', '>', 'é', '😀', '"'), [...texts, ...markup]),
    fc.tuple(name, attributes, mostly(['/>', ' />'], ['/ >', '>'])).map(([own, given, end]) => `<${own}${given}${end}`),
    tie('element'),
  ),
  element: fc
    .tuple(name, attributes, ends, fc.array(tie('node'), { maxLength: 4 }), mostly([''], [' ', 'x']))
    .map(([own, given, end, inner, late]) => `<${own}${given}${end}>${inner.join('')}</${own}${late}>`),
}))
const beginnings = [
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' ?>",
  '<?xml version="1.0" encoding="UTF-8"?>\n',
  '<?xml version="1.1"?>',
  '<?xml encoding="UTF-8"?>',
  ' ',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml version="1.0" standalone="yes"?>',
  '<?xml?>',
]
const mostlyOne = fc.oneof({ weight: 9, arbitrary: element.map((only) => [only]) }, { weight: 1, arbitrary: fc.array(node, { maxLength: 3 }) })
const document = fc
  .tuple(fc.constantFrom(...beginnings), mostlyOne, fc.constantFrom('', '', '\n', 'x', '<!-- -->'))
  .map(([begin, nodes, end]) => begin + nodes.join('') + end)

describe('the plain reader', () => {
  it('answers what the full reader answers, or nothing at all', () => {
    let answered = 0
    fc.assert(
      fc.property(document, (text) => {
        const plain = readPlainly(text)
        if (plain === undefined) return
        answered++
        expect(plain).toEqual(readFully(text))
      }),
      { seed: 20261128, numRuns: 20_000 },
    )
    expect(answered).toBeGreaterThan(1_000)
  })

  it('reads what our own forms send, so that nobody pays for the full reader', () => {
    const programme = getProgramme(path.join(import.meta.dirname, '../../../../../programmes/vig-dcs'))
    const { outline } = getFormOfKind(programme, 'client-record')
    const xml = toSubmissionXml(outline, { narrative_child: 'Slept & smiled <more>, “at last” 😀\nand ate.' }, { instanceId: 'x' })
    expect(readPlainly(xml)).toEqual(readFully(xml))
    expect(readPlainly(`\n${xml}`)).toBeUndefined()
    expect(readPlainly(xml.replace('<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0' ?>"))).toEqual(readFully(xml))
  })

  it('leaves to the full reader what is deeper, wider or longer than a form', () => {
    const nest = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    const wide = (count: number) => `<a ${Array.from({ length: count }, (_, at) => `b${at}=""`).join(' ')}/>`
    expect(readPlainly(nest(xmlLimits.depth))).toBeDefined()
    expect(readPlainly(nest(xmlLimits.depth + 1))).toBeUndefined()
    expect(readPlainly(wide(xmlLimits.attributes))).toBeDefined()
    expect(readPlainly(wide(xmlLimits.attributes + 1))).toBeUndefined()
    expect(readPlainly(`<a>${'x'.repeat(limits.length)}</a>`)).toBeUndefined()
  })
})
