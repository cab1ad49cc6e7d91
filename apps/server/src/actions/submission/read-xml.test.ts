import { describe, expect, it } from 'vitest'
import { readXml, xmlLimits } from './read-xml.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readXml(encode(text))

describe('reading a submission', () => {
  it('keeps names with their prefix, attributes, children in order and text with the five entities replaced', () => {
    const reading = read(
      '<?xml version="1.0" encoding="UTF-8"?><data id="f" xmlns:orx="http://openrosa.org/xforms"><a>x &lt;&amp;&#65;</a><orx:meta><b/></orx:meta><![CDATA[<raw>]]></data>',
    )
    expect(reading).toEqual({
      root: {
        name: 'data',
        attributes: { id: 'f', 'xmlns:orx': 'http://openrosa.org/xforms' },
        text: '<raw>',
        children: [
          { name: 'a', attributes: {}, children: [], text: 'x <&A' },
          { name: 'orx:meta', attributes: {}, text: '', children: [{ name: 'b', attributes: {}, children: [], text: '' }] },
        ],
      },
    })
  })

  it.each([
    ['a document type', '<!DOCTYPE data [<!ENTITY a "aaaa">]><data>&a;</data>', 'doctype'],
    ['an external entity', '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>', 'doctype'],
    ['an instruction', '<?xml-stylesheet href="x"?><data/>', 'instruction'],
    ['an entity of its own', '<data>&nbsp;</data>', 'not-well-formed'],
    ['an unclosed element', '<data><a></data>', 'not-well-formed'],
    ['two roots', '<a/><b/>', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['text only', 'hello', 'not-well-formed'],
    ['the same attribute twice', '<a b="1" b="2"/>', 'not-well-formed'],
    ['a NUL', '<a>\u0000</a>', 'not-well-formed'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'not-utf-8'],
  ])('refuses %s', (_, text, because) => {
    expect(read(text)).toEqual({ refused: because })
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(readXml(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0xfe]))).toEqual({ refused: 'not-utf-8' })
  })

  it('takes what stands exactly at the limits and refuses one more', () => {
    const nest = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, at) => `b${at}=""`).join(' ')}/>`
    expect(read(nest(xmlLimits.depth))).toHaveProperty('root')
    expect(read(nest(xmlLimits.depth + 1))).toEqual({ refused: 'too-deep' })
    expect(read(attributes(xmlLimits.attributes))).toHaveProperty('root')
    expect(read(attributes(xmlLimits.attributes + 1))).toEqual({ refused: 'too-many-attributes' })
    expect(readXml(new Uint8Array(xmlLimits.bytes + 1))).toEqual({ refused: 'too-long' })
  })

  it('refuses every bomb soon, however long it is (ASVS 1.5.1)', () => {
    const bombs = [
      ['<!DOCTYPE l [<!ENTITY a "lol">' + Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "&a;&a;&a;">`).join('') + ']><l>&a8;</l>', 'doctype'],
      ['<a>'.repeat(1_000_000), 'too-deep'],
      ['<a ' + Array.from({ length: 200_000 }, (_, at) => `b${at}="1"`).join(' ') + '/>', 'too-many-attributes'],
      ['<a>' + '<b/>'.repeat(1_000_000) + '</a>', 'too-many-nodes'],
      ['<a>' + '<!---->'.repeat(600_000) + '</a>', 'too-many-nodes'],
    ] as const
    const took = bombs.map(([text, because]) => {
      const bytes = encode(text)
      const from = performance.now()
      expect(readXml(bytes)).toEqual({ refused: because })
      return performance.now() - from
    })
    // 5 ms each on a quiet machine, 250 ms for the one that has to count nodes; the bound only tells linear from quadratic.
    expect(Math.max(...took)).toBeLessThan(2500)
  })

  it('takes time in proportion to length for text at the largest size', () => {
    const words = '<a>' + 'word &amp; '.repeat(400_000) + '</a>'
    const from = performance.now()
    const reading = read(words)
    expect('root' in reading && reading.root.text.length).toBe(400_000 * 7)
    expect(performance.now() - from).toBeLessThan(2500)
  })
})
