// Files as a stranger may make them: names that climb, pictures that are programs, lists without end. Each is refused with a sentence, or cut down to
// what it claims to be.
import { describe, expect, it } from 'vitest'
import { onePixel } from '../../../test/submission.ts'
import { toRawZip } from '../../../test/raw-zip.ts'
import { readFormFiles } from './read-form-files.ts'

const read = (name: string, content: string | Buffer) => readFormFiles([{ name, content: Buffer.from(content) }])
const refusalOf = (name: string, content: string | Buffer) => read(name, content).refused[0]
const keptOf = (name: string, content: string | Buffer) => {
  const { files, refused } = read(name, content)
  expect(refused).toEqual([])
  return Buffer.from(files[0]!.content).toString('utf8')
}
const wav = (sound: string) => Buffer.concat([Buffer.from('RIFF'), Buffer.from([4 + sound.length, 0, 0, 0]), Buffer.from('WAVE'), Buffer.from(sound)])
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9])

describe('names', () => {
  it.each([
    '../dog.png',
    '/etc/passwd.png',
    'a\\b.png',
    'dog\0.png',
    '.dog.png',
    'dog?.png',
    'dog%2e.png',
    'd:og.png',
    `${'x'.repeat(100)}.png`,
    'dog\u202egnp.png',
    ' dog.png',
  ])('such as %j are refused, whatever the content', (name) => expect(refusalOf(name, onePixel)).toContain('its name has to be plain'))

  it('are kept in one spelling, and two that differ by capitals only are refused', () => {
    expect(read('cafe\u0301.png', onePixel).files[0]!.name).toBe('café.png')
    const two = readFormFiles([
      { name: 'dog.png', content: onePixel },
      { name: 'DOG.png', content: onePixel },
      { name: 'cafe\u0301.png', content: onePixel },
      { name: 'café.png', content: onePixel },
    ])
    expect(two.files.map(({ name }) => name)).toEqual(['dog.png', 'café.png'])
    expect(two.refused).toEqual([expect.stringContaining('small and capital letters only'), expect.stringContaining('two files of this name')])
  })
})

describe('content', () => {
  it('decides what a file is; a name that says otherwise is refused and told what it holds', () => {
    expect(refusalOf('dog.jpg', onePixel)).toBe('“dog.jpg” is not taken: its name says that it is a JPEG picture, and its content is a PNG picture.')
    expect(refusalOf('dog.png', '<html><script>alert(1)</script></html>')).toContain('its content is not, or it is broken')
    expect(refusalOf('dog.exe', 'MZ')).toContain('cannot lie beside a form')
    expect(refusalOf('dog', onePixel)).toContain('cannot lie beside a form')
    expect(refusalOf('dog.png', '')).toContain('there is nothing in it')
    expect(refusalOf('dog.png', onePixel.subarray(0, 40))).toContain('broken')
  })

  it('after the end of a picture or sound is cut off', () => {
    const page = '<script>alert(1)</script>'
    expect(Buffer.from(read('dog.png', Buffer.concat([onePixel, Buffer.from(page)])).files[0]!.content)).toEqual(onePixel)
    expect(Buffer.from(read('dog.jpeg', Buffer.concat([jpeg, Buffer.from(page)])).files[0]!.content)).toEqual(jpeg)
    expect(Buffer.from(read('dog.wav', Buffer.concat([wav('abcd'), Buffer.from(page)])).files[0]!.content)).toEqual(wav('abcd'))
  })

  it('that is an archive as well is refused', () => {
    const archive = toRawZip([{ name: 'page.html', content: '<script>' }])
    expect(refusalOf('film.webm', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), archive]))).toContain('an archive of other files')
    expect(refusalOf('dog.jpg', Buffer.concat([jpeg.subarray(0, 6), archive, jpeg.subarray(6)]))).toContain('an archive of other files')
  })

  it('of more and larger files than telephones hold is refused before any is read', () => {
    const many = Array.from({ length: 201 }, (_, at) => ({ name: `p${at}.png`, content: onePixel }))
    expect(readFormFiles(many)).toEqual({ files: [], refused: ['There are 201 files beside the form; at most 200 are taken.'] })
    expect(refusalOf('film.mp4', Buffer.alloc(11 * 1024 * 1024))).toContain('at most 10 MB are taken')
    const large = Array.from({ length: 3 }, (_, at) => ({ name: `f${at}.mp4`, content: Buffer.alloc(8 * 1024 * 1024) }))
    expect(readFormFiles(large).refused).toEqual([expect.stringContaining('come to 24 MB; at most 20 MB')])
  })
})

const svg = (inside: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${more}>${inside}</svg>`

describe('an SVG drawing', () => {
  it.each([
    ['a script', svg('<script>alert(1)</script>'), '<script>'],
    ['a script of another spelling', svg('<SCRIPT>alert(1)</SCRIPT>'), '<SCRIPT>'],
    ['a script in a foreign corner', svg('<metadata><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></metadata>'), '<script>'],
    ['an instruction at an event', svg('<rect onclick="alert(1)"/>'), 'onclick'],
    ['an instruction at its beginning', svg('', ' onload="alert(1)"'), 'onload'],
    ['a page', svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), '<foreignObject>'],
    ['a link', svg('<a href="https://evil.example"><rect/></a>'), '<a>'],
    ['a picture from elsewhere', svg('<image href="https://evil.example/x.png"/>'), '<image>'],
    ['a shape from elsewhere', svg('<use xlink:href="https://evil.example/x.svg#a"/>'), 'outside of itself'],
    ['an address that runs', svg('<rect fill="java&#10;script:alert(1)"/>'), 'would run or load'],
    ['a filling from elsewhere', svg('<rect fill="url(https://evil.example/#a)"/>'), 'outside of itself'],
    ['a moving part that becomes a script', svg('<rect><set attributeName="onclick" to="alert(1)"/></rect>'), '<set>'],
    ['a style sheet', svg('<style>@import url(https://evil.example)</style>'), '<style>'],
    ['a style sheet called for', `<?xml-stylesheet href="https://evil.example"?>${svg('')}`, 'style sheet'],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`, 'entities'],
    ['no drawing', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'does not begin with an <svg>'],
    ['broken XML', '<svg xmlns="http://www.w3.org/2000/svg"><g>', 'not sound XML'],
  ])('with %s is refused, and it is said why', (_what, text, why) => expect(refusalOf('body.svg', text)).toContain(why))

  it('is written anew with nothing but shapes, words, names and looks', () => {
    const drawn = `<?xml version="1.0"?><!-- made by hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9" ink:version="1"><metadata>x</metadata><ink:view/><g id="arm" style="fill:#f00;behavior:url(x);stroke:url(#s);background:url(https://evil.example)"><title>Arm &amp; hand</title><path d="M0 0h9" vector-effect="non-scaling-stroke" nonsense="1"/></g></svg>`
    expect(keptOf('body.svg', drawn)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="arm" fill="#f00" stroke="url(#s)"><title>Arm &amp; hand</title><path d="M0 0h9" vector-effect="non-scaling-stroke"></path></g></svg>',
    )
    // What is kept is taken as it is when it comes again.
    expect(keptOf('body.svg', keptOf('body.svg', drawn))).toBe(keptOf('body.svg', drawn))
  })

  it('of too many parts, or too deep, is refused in no time', () => {
    expect(refusalOf('body.svg', svg('<g/>'.repeat(60_000)))).toContain('50,000 parts')
    expect(refusalOf('body.svg', svg('<g>'.repeat(70) + '</g>'.repeat(70)))).toContain('64 deep')
  })
})

describe('a list', () => {
  it.each([
    ['a heading that is missing', 'name,,label\n1,2,3', 'the column B has no heading'],
    ['two columns of one name', 'name,label,name\n1,2,3', 'two columns “name”'],
    ['a row that is too long', 'name,label\n1,2\n3,4,5', 'row 3 has 3 cells, and there are 2 headings'],
    ['a quotation mark that is never closed', 'name,label\n1,"open\n2,b', 'never closed'],
    ['nothing in it', '\n\n', 'there is nothing in it'],
    ['signs that are no letters', 'name\n\0', 'signs that are no letters'],
    ['letters that are not UTF-8', Buffer.from([0x6e, 0xff, 0xfe]), 'not written in UTF-8'],
    ['more columns than a telephone reads', `${Array.from({ length: 101 }, (_, at) => `c${at}`).join(',')}\n`, '101 columns'],
  ])('with %s is refused at its place', (_what, text, why) => expect(refusalOf('towns.csv', text)).toContain(why))

  it('is kept with commas, in UTF-8 without its mark, without blank rows and cells at the end', () => {
    expect(keptOf('towns.csv', '\ufeffname;label;;\r\nabc;"Abertown; south";\r\n\r\n;;\r\ndef;"Dee, ""D"""\r\n')).toBe(
      'name,label\nabc,Abertown; south\ndef,"Dee, ""D"""\n',
    )
  })

  it('of 100,000 rows is read in a time that grows with it, and one row more is refused', () => {
    const rows = (count: number) => `name,label,area\n${Array.from({ length: count }, (_, at) => `n${at},Town ${at},"area, ${at % 9}"`).join('\n')}`
    const timeOf = (count: number) => {
      const text = rows(count)
      const before = process.cpuUsage()
      const found = read('towns.csv', text)
      const { user, system } = process.cpuUsage(before)
      expect(found.files[0]?.rows).toBe(count)
      return (user + system) / 1_000
    }
    timeOf(10_000)
    const [some, all] = [timeOf(20_000), timeOf(100_000)]
    expect(all).toBeLessThan(Math.max(some * 12, 400))
    expect(refusalOf('towns.csv', rows(100_001))).toContain('more than 100,000 rows')
  })

  it('in XML has the columns of its items; entities and other programs are refused', () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?><root><item><name>a</name><label>A &amp; co</label></item><item><name>b</name><area>n</area></item></root>'
    expect(read('towns.xml', text).files[0]!.list).toEqual({
      columns: ['name', 'label', 'area'],
      rows: [
        ['a', 'A & co', ''],
        ['b', '', 'n'],
      ],
    })
    expect(refusalOf('towns.xml', `<!DOCTYPE root [<!ENTITY a "aaaa">]><root>&a;</root>`)).toContain('document type')
    expect(refusalOf('towns.xml', '<?php exit ?><root/>')).toContain('calls for another program')
    expect(refusalOf('towns.xml', '<root><item></root>')).toContain('not sound XML')
    expect(refusalOf('towns.xml', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`)).toContain('32 deep')
  })

  it('in GeoJSON has the properties of its features; what the engine cannot draw is refused by its number', () => {
    const point = (more: object = {}) => ({
      type: 'Feature',
      properties: { id: 'a', title: 'A' },
      geometry: { type: 'Point', coordinates: [1, 2] },
      ...more,
    })
    const all = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })
    expect(read('parks.geojson', all(point(), point({ id: 'b' }))).files[0]!.list).toEqual({
      columns: ['geometry', 'id', 'title'],
      rows: [
        ['', 'a', 'A'],
        ['', 'b', 'A'],
      ],
    })
    expect(refusalOf('parks.geojson', all(point(), point({ geometry: { type: 'MultiPoint', coordinates: [] } })))).toContain(
      'feature 2 is neither a point',
    )
    expect(refusalOf('parks.geojson', all(point({ geometry: { type: 'Point', coordinates: [1, 2, 3] } })))).toContain('heights are left out')
    expect(refusalOf('parks.geojson', '{"type":"Feature"}')).toContain('FeatureCollection')
    expect(refusalOf('parks.geojson', '{')).toContain('not sound JSON')
  })
})
