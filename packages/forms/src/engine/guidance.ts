import type { MarkdownNode, TextRange, TextRole } from './nodes.ts'

// The engine runs a hint and its guidance together into one text. An invisible separator put in front of the guidance before the form
// is loaded survives translation, outputs and Markdown, and lets the two be shown apart.

const separator = '\u2063'
const guidanceValue =
  /(<(?:[\w.-]+:)?value\b[^>]*\bform\s*=\s*(?:"guidance"|'guidance')[^>]*[^/>]>|<(?:[\w.-]+:)?value\s+form\s*=\s*(?:"guidance"|'guidance')\s*>)/g

/** The form with every guidance text marked. */
export function markGuidance(xml: string): string {
  return xml.replace(guidanceValue, `$1${separator}`)
}

// The engine knows no larger pictures and would read their addresses out as words of the label; which they are, the outline says.
const biggerPicture = /<((?:[\w.-]+:)?value)\s+form\s*=\s*(?:"big-image"|'big-image')\s*>[^<]*<\/\1\s*>/g

/** The form without the addresses of larger pictures. */
export function withoutBiggerPictures(xml: string): string {
  return xml.replace(biggerPicture, '')
}

export type HintParts = { readonly hint: readonly MarkdownNode[]; readonly guidance: readonly MarkdownNode[] }

/** A hint as the engine formats it, parted into the hint proper and the guidance. */
export function splitGuidance(formatted: readonly MarkdownNode[]): HintParts {
  const hint: MarkdownNode[] = []
  for (const [index, node] of formatted.entries()) {
    const parts = splitNode(node)
    if (parts === undefined) {
      hint.push(node)
      continue
    }
    const rest = [...(parts.after === undefined ? [] : [parts.after]), ...formatted.slice(index + 1).map(withoutSeparator)]
    return { hint: parts.before === undefined ? hint : [...hint, parts.before], guidance: rest }
  }
  return { hint, guidance: [] }
}

/** The words of a label or hint without Markdown, and without its guidance, for places that take plain words. */
export function plainText(range: TextRange<TextRole> | null | undefined): string {
  const text = range?.asString ?? ''
  if (range == null || !/[*_`#<[\\&\u2063\n]/.test(text)) return text
  return wordsOf(splitGuidance(range.formatted).hint).trim()
}

/** The plain words of formatted text: what a reader hears. */
export function wordsOf(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => (node.role === 'child' ? node.value : node.role === 'parent' ? wordsOf(node.children) : node.role === 'line-break' ? ' ' : ''))
    .join('')
}

function splitNode(node: MarkdownNode): { before: MarkdownNode | undefined; after: MarkdownNode | undefined } | undefined {
  if (node.role === 'child') {
    const at = node.value.indexOf(separator)
    if (at < 0) return undefined
    const before = node.value.slice(0, at).trimEnd()
    const after = node.value.slice(at + 1).replaceAll(separator, '')
    return {
      before: before === '' ? undefined : { ...node, value: before },
      after: after === '' ? undefined : { ...node, id: `${node.id}-guidance`, value: after },
    }
  }
  if (node.role !== 'parent') return undefined
  const { hint, guidance } = splitGuidance(node.children)
  if (guidance.length === 0 && hint.length === node.children.length) return undefined
  return {
    before: hint.length === 0 ? undefined : { ...node, children: [...hint] },
    after: guidance.length === 0 ? undefined : { ...node, id: `${node.id}-guidance`, children: [...guidance] },
  }
}

function withoutSeparator(node: MarkdownNode): MarkdownNode {
  if (node.role === 'child') return { ...node, value: node.value.replaceAll(separator, '') }
  return node.role === 'parent' ? { ...node, children: node.children.map(withoutSeparator) } : node
}
