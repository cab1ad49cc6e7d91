import { describe, expect, it } from 'vitest'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

const tree = (xml: string) => {
  const reading = readXml(Buffer.from(xml))
  return 'root' in reading ? reading.root : reading
}

describe('an element written as XML again', () => {
  it.each([
    '<data id="a" version="1"><name>Plain</name></data>',
    '<data><a>1 &lt; 2 &amp; "3" &gt; \'2\'</a><b/></data>',
    '<data xmlns:orx="http://openrosa.org/xforms"><g><x>a\nb\tc</x></g><orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></data>',
    '<data a="&quot;&lt;&#10;&#9;"><t>line&#13;\nnext</t><u>žluťoučký 🦆</u></data>',
  ])('reads as it did before: %s', (xml) => {
    const before = tree(xml)
    expect(before).toHaveProperty('children')
    expect(tree(writeXml(before as never))).toEqual(before)
  })
})
