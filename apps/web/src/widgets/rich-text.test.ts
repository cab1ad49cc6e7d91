// Labels as forms bring them, through the engine and the drawing of the app: whatever an author writes, only these elements and attributes come out.
import { JSDOM } from 'jsdom'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { beforeAll, describe, expect, it } from 'vitest'
import { lendPage, openForm, shownQuestions } from '@attune/forms/engine'
import { compile, readMarkdown } from '@attune/xlsform'
import { RichText } from './rich-text.ts'

beforeAll(() => lendPage(new JSDOM('<!doctype html>').window))

const elements = new Set(['p', 'ul', 'ol', 'li', 'div', 'em', 'strong', 'u', 'span', 'a', 'br'])
const attributes: { readonly [name: string]: RegExp } = {
  class: /^(rich-text__[a-z0-9]+|govuk-link)$/,
  href: /^(https?:|mailto:|tel:)/i,
  target: /^_blank$/,
  rel: /^noopener noreferrer$/,
}

async function draw(label: string, phrase: boolean): Promise<HTMLElement> {
  const sheet = [
    '| survey | | | |',
    '| --- | --- | --- | --- |',
    '| | type | name | label |',
    `| | text | a | ${label.replaceAll('|', '\\\\|')} |`,
  ].join('\n')
  const compiled = compile(readMarkdown(sheet), { fileName: 'f.md' })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  const session = (await openForm(compiled.xml)).createSession()
  const nodes = shownQuestions(session.root)[0]!.currentState.label?.formatted ?? []
  session.close()
  const html = await renderToString(createSSRApp({ render: () => h('div', h(RichText, { nodes, phrase })) }))
  return new JSDOM(html).window.document.body.firstElementChild as HTMLElement
}

describe('a label', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src="https://evil.example/x.png" onerror="alert(1)">',
    '![picture](https://evil.example/x.png)',
    '[click](javascript:alert(1))',
    '[click](JaVaScRiPt:alert(1))',
    '[click](data:text/html,<script>alert(1)</script>)',
    '[click](vbscript:msgbox(1))',
    '[click](https://example.org" onmouseover="alert(1))',
    '<a href="javascript:alert(1)">x</a>',
    '<span style="position:fixed;inset:0;background:url(https://evil.example)">x</span>',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name="a"></form>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<style>body{display:none}</style>',
    '<object data="x"></object><embed src="x">',
    '**bold** _soft_ # heading - list',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<p onclick="alert(1)" class="govuk-button" id="app">x</p>',
  ])('%s: draws nothing but words, emphasis, lists and links to pages (ASVS 1.3.1, 1.3.5)', async (label) => {
    const odd: string[] = []
    for (const phrase of [false, true])
      for (const element of (await draw(label, phrase)).querySelectorAll('*')) {
        if (!elements.has(element.tagName.toLowerCase())) odd.push(element.outerHTML)
        for (const { name, value } of element.attributes) if (!attributes[name]?.test(value)) odd.push(`${name}=${value}`)
      }
    expect(odd).toEqual([])
  })

  it('draws the words of an element that is not on the list and not the element, should the engine bring one (ASVS 1.3.1)', async () => {
    const words = { role: 'child', value: 'words' }
    const nodes = ['script', 'iframe', 'style', 'form'].map((elementName) => ({ role: 'parent', elementName, children: [words] }))
    for (const phrase of [false, true]) {
      const html = await renderToString(createSSRApp({ render: () => h('div', h(RichText, { nodes: nodes as never, phrase })) }))
      expect(html.replaceAll(/<!--.*?-->/g, '')).toBe('<div>wordswordswordswords</div>')
    }
  })

  it('keeps what an author may do', async () => {
    const drawn = await draw('**Bold** and [a page](https://example.org/help)', true)
    expect(drawn.querySelector('strong')?.textContent).toBe('Bold')
    expect(drawn.querySelector('a')?.outerHTML).toMatch(/href="https:\/\/example\.org\/help"/)
    expect(drawn.querySelector('a')?.getAttribute('rel')).toBe('noopener noreferrer')
  })
})
