// A tiny element writer. Attributes and texts are escaped here and nowhere else.

export type XmlChild = XmlElement | string
export type XmlElement = { readonly name: string; readonly attributes: Attributes; readonly children: readonly XmlChild[] }
type Attributes = ReadonlyMap<string, string> | { readonly [name: string]: string | undefined }
const noAttributes: Attributes = new Map()
const noChildren: readonly XmlChild[] = []

/** An element; attributes of a plain object that are undefined are left out. */
export function element(name: string, attributes: Attributes = noAttributes, children: readonly XmlChild[] = noChildren): XmlElement {
  return { name, attributes, children }
}

/** The element as XML, two spaces per level; an element that holds text stays on one line, because white space in text counts. */
export function toXml(root: XmlElement): string {
  return `<?xml version="1.0"?>\n${toBlock(root, '')}`
}

function toBlock(node: XmlElement, indent: string): string {
  const { children } = node
  if (children.length === 0) return `${indent}${toStart(node)}/>\n`
  if (children.some(isText)) return `${indent}${toStart(node)}>${toInner(node)}</${node.name}>\n`
  let block = `${indent}${toStart(node)}>\n`
  const deeper = `${indent}  `
  for (const child of children) block += toBlock(child as XmlElement, deeper)
  return `${block}${indent}</${node.name}>\n`
}

function isText(child: XmlChild): boolean {
  return typeof child === 'string'
}

function toInner(node: XmlElement): string {
  let inner = ''
  for (const child of node.children) {
    if (typeof child === 'string') inner += escapeText(child)
    else inner += child.children.length === 0 ? `${toStart(child)}/>` : `${toStart(child)}>${toInner(child)}</${child.name}>`
  }
  return inner
}

function toStart({ name, attributes }: XmlElement): string {
  let start = `<${name}`
  if (attributes instanceof Map) {
    for (const [key, value] of attributes as ReadonlyMap<string, string>) start += ` ${key}="${escapeAttribute(value)}"`
    return start
  }
  const given = attributes as { readonly [name: string]: string | undefined }
  for (const key in given) {
    const value = given[key]
    if (value !== undefined) start += ` ${key}="${escapeAttribute(value)}"`
  }
  return start
}

const textEscapes: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (sign) => textEscapes[sign] ?? sign) : text
}

/** Line breaks are escaped, because a reader turns a bare one in an attribute into a space and a message would lose its lines. */
function escapeAttribute(text: string): string {
  return /[&<>"\n\t]/.test(text) ? text.replace(/[&<>"\n\t]/g, (sign) => textEscapes[sign] ?? sign) : text
}
