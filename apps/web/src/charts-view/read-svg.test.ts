import { describe, expect, it } from 'vitest'
import { readSvg } from './read-svg.ts'

describe('a chart becomes elements without innerHTML', () => {
  it('elements, attributes, words and escaped characters arrive', () => {
    const node = readSvg(
      '<svg viewBox="0 0 10 10" role="img" aria-labelledby="a b"><title id="a">Calm &amp; &lt;warm&gt; &#8722;3</title><g class="row"><line x1="0" y2="3"/><path d="M0,0L1,1"/><text x="2">12</text></g></svg>',
    )
    expect(node).toEqual({
      name: 'svg',
      attributes: { viewBox: '0 0 10 10', role: 'img', 'aria-labelledby': 'a b' },
      children: [
        { name: 'title', attributes: { id: 'a' }, children: ['Calm & <warm> −3'] },
        {
          name: 'g',
          attributes: { class: 'row' },
          children: [
            { name: 'line', attributes: { x1: '0', y2: '3' }, children: [] },
            { name: 'path', attributes: { d: 'M0,0L1,1' }, children: [] },
            { name: 'text', attributes: { x: '2' }, children: ['12'] },
          ],
        },
      ],
    })
  })

  it('an attribute that could run or fetch is left out', () => {
    const node = readSvg(
      '<svg onload="alert(1)" style="color:red" fill="url(https://x.example/p)" stroke="url(#hatch)"><g href="javascript:alert(1)" class="row"/></svg>',
    )
    expect(node?.attributes).toEqual({ stroke: 'url(#hatch)' })
    expect(node?.children).toEqual([{ name: 'g', attributes: { class: 'row' }, children: [] }])
  })

  it.each([
    ['a script', '<svg><script>alert(1)</script></svg>'],
    ['a foreign object', '<svg><foreignObject><p>x</p></foreignObject></svg>'],
    ['an image from elsewhere', '<svg><image href="https://x.example/a.png"/></svg>'],
    ['a tag that is not closed', '<svg><g></svg>'],
    ['two roots', '<svg></svg><svg></svg>'],
    ['a declaration', '<!DOCTYPE svg><svg></svg>'],
    ['no svg at all', 'hello'],
    ['nothing', ''],
  ])('%s gives no chart', (_what, text) => {
    expect(readSvg(text)).toBeUndefined()
  })
})
