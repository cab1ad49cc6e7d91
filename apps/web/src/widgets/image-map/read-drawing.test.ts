import '../../../../../packages/forms/src/engine/test/jsdom.ts'
import { describe, expect, it } from 'vitest'
import { readDrawing, type DrawingNode } from './read-drawing.ts'

const wrap = (inner: string, more = 'viewBox="0 0 10 10"') =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${more}>${inner}</svg>`
const all = (node: DrawingNode | undefined): DrawingNode[] =>
  node === undefined ? [] : [node, ...node.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))]
const text = (svg: string) => JSON.stringify(readDrawing(svg, 'q-'))

describe('a drawing of a form’s author', () => {
  it('is its shapes, with ids of its own', () => {
    const [root, group, shape] = all(readDrawing(wrap('<g id="arm" transform="translate(1)"><path id="hand" d="M0 0h1" fill="red"/></g>'), 'q-'))
    expect([root?.name, root?.attributes]).toEqual(['svg', { viewBox: '0 0 10 10' }])
    expect([group?.id, group?.attributes]).toEqual(['arm', { id: 'q-arm', transform: 'translate(1)' }])
    expect(shape?.attributes).toEqual({ id: 'q-hand', d: 'M0 0h1', fill: 'red' })
  })

  it.each([
    ['a script', '<script>alert(1)</script>', /alert/],
    ['an act of a shape', '<path id="a" d="M0 0" onclick="alert(1)" onload="alert(2)"/>', /alert|onclick/],
    ['other markup inside', '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>', /foreignObject|"b"/],
    ['a style', '<style>path { fill: url(https://elsewhere.example/x) }</style><path d="M0 0" style="position:fixed"/>', /elsewhere|position/],
    ['a link', '<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>', /javascript/],
    ['a picture from elsewhere', '<image href="https://elsewhere.example/x.png"/>', /elsewhere/],
    ['a drawing inside a picture', '<image href="data:image/svg+xml,%3Csvg/%3E"/>', /svg\+xml/],
    ['a shape from elsewhere', '<use href="https://elsewhere.example/x.svg#a"/>', /elsewhere/],
    ['a colour from elsewhere', '<path d="M0 0" fill="url(https://elsewhere.example/#a)"/>', /elsewhere/],
    ['what moves', '<animate attributeName="href" values="javascript:alert(1)"/><set attributeName="x"/>', /animate|javascript|"set"/],
  ])('leaves out %s', (_, inner, trace) => {
    expect(readDrawing(wrap(inner), 'q-')).toBeDefined()
    expect(text(wrap(inner))).not.toMatch(trace)
  })

  it('keeps references within itself', () => {
    const svg = wrap('<defs><linearGradient id="g"/></defs><path d="M0 0" fill="url(#g)"/><use xlink:href="#g"/>')
    expect(text(svg)).toContain('"fill":"url(#q-g)"')
    expect(text(svg)).toContain('"href":"#q-g"')
  })

  it('has a size of its own or is none; what is no SVG, or grows without end, is none', () => {
    expect(readDrawing(wrap('', 'width="30mm" height="20mm"'), '')?.attributes).toEqual({ viewBox: '0 0 30 20' })
    expect(readDrawing(wrap('', 'width="100%"'), '')).toBeUndefined()
    expect(readDrawing('<html/>', '')).toBeUndefined()
    expect(readDrawing('not a drawing <', '')).toBeUndefined()
    expect(readDrawing(`<!DOCTYPE svg [<!ENTITY a "b">]>${wrap('&a;').replace(/^<\?.*?\?>/, '')}`, '')).toBeUndefined()
  })
})
