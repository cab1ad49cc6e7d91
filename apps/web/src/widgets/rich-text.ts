// Markdown of labels and hints, drawn from the engine's tree node by node: no HTML string is ever parsed, so a form cannot bring script.
import type { MarkdownNode } from '@attune/forms/engine'
import { defineComponent, h, type PropType, type VNodeChild } from 'vue'

const inline = new Set(['em', 'strong', 'u', 'span'])
const blocks = new Set(['p', 'ul', 'ol', 'li', 'div'])

export const RichText = defineComponent({
  name: 'RichText',
  props: {
    nodes: { type: Array as PropType<readonly MarkdownNode[]>, required: true },
    /** Inside a label or legend only phrases may stand: paragraphs become lines. */
    phrase: { type: Boolean, default: false },
  },
  setup: (props) => () => props.nodes.map((node) => draw(node, props.phrase)),
})

function draw(node: MarkdownNode, phrase: boolean): VNodeChild {
  if (node.role === 'child') return node.value
  if (node.role === 'line-break') return h('br')
  // Raw HTML that the engine does not know: its words are the author's, its tags are not drawn.
  if (node.role === 'html') return node.unsafeHtml.replace(/<[^>]*>/g, '')
  const children = node.children.map((child) => draw(child, phrase))
  const name = node.elementName
  if (name === 'a') return drawLink(node, children)
  if (inline.has(name)) return h(name, children)
  if (/^h[1-6]$/.test(name)) return h(phrase ? 'span' : 'p', { class: 'rich-text__heading' }, children)
  if (!blocks.has(name)) return children
  return phrase
    ? h('span', { class: name === 'li' ? 'rich-text__item' : 'rich-text__line' }, children)
    : h(name, { class: `rich-text__${name}` }, children)
}

function drawLink(node: MarkdownNode, children: VNodeChild[]): VNodeChild {
  const url = 'url' in node && typeof node.url === 'string' ? node.url : ''
  // A form may link to a page or an address, never to javascript: or data:.
  if (!/^(?:https?:|mailto:|tel:)/i.test(url)) return h('span', children)
  return h('a', { class: 'govuk-link', href: url, target: '_blank', rel: 'noopener noreferrer' }, children)
}
