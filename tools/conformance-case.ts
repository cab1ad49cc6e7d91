import { compile, readMarkdown, type Compiled, type Issue } from '@attune/xlsform'
import { DOMParser } from '@xmldom/xmldom'
import xpath from 'xpath'

/** One recorded case: a form and what must hold of the result. */
export type ConformanceCase = {
  readonly id: number
  readonly test: string
  readonly md: string
  readonly name?: string
  readonly errored?: boolean
  readonly xml__xpath_match?: readonly string[]
  readonly xml__xpath_exact?: readonly (readonly [string, readonly string[]])[]
  readonly xml__xpath_count?: readonly (readonly [string, number])[]
  readonly error__contains?: readonly string[]
  readonly warnings__contains?: readonly string[]
  readonly warnings__not_contains?: readonly string[]
  readonly warnings_count?: number
} & { readonly [assertion in `${'xml' | 'model' | 'instance' | 'itext'}__${'contains' | 'excludes'}`]?: readonly string[] }

const prefixes: { readonly [prefix: string]: string } = {
  x: 'http://www.w3.org/2002/xforms',
  h: 'http://www.w3.org/1999/xhtml',
  ev: 'http://www.w3.org/2001/xml-events',
  xsd: 'http://www.w3.org/2001/XMLSchema',
  jr: 'http://openrosa.org/javarosa',
  orx: 'http://openrosa.org/xforms',
  odk: 'http://www.opendatakit.org/xforms',
  entities: 'http://www.opendatakit.org/xforms/entities',
}

/** What does not hold, in words; nothing if the case passes. */
export function checkCase(one: ConformanceCase, expressions: 'checked' | 'unchecked'): string[] {
  const result = compile(readMarkdown(one.md), { rootName: one.name ?? 'test_name', expressions })
  if (one.errored === true) return checkRefusal(one, result)
  if (!result.ok)
    return [
      `refused: ${result.issues
        .filter(({ severity }) => severity === 'error')
        .map(toLine)
        .join('; ')}`,
    ]
  const parsed = parseXml(result.xml)
  if (parsed === undefined) return ['the XML is not well formed']
  return [...checkXPaths(one, parsed), ...checkTexts(one, parsed), ...checkWarnings(one, result.warnings)]
}

function parseXml(xml: string): Document | undefined {
  try {
    return new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message)
      },
    }).parseFromString(xml, 'text/xml') as unknown as Document
  } catch {
    return undefined
  }
}

function toLine({ code, sheet, row, column }: Issue): string {
  return `${code} at ${sheet} ${row} ${column}`
}

/** Refused, with the place: where the recorded message names a row or a sheet, one of our errors must name the same. */
function checkRefusal(one: ConformanceCase, result: Compiled): string[] {
  if (result.ok) return [`accepted, but must be refused: ${one.error__contains?.[0]?.slice(0, 160) ?? ''}`]
  const errors = result.issues.filter(({ severity }) => severity === 'error')
  return (one.error__contains ?? []).flatMap((message) => {
    const row = /\[row : (\d+)\]/.exec(message)?.[1]
    const sheet = /On the '(\w+)' sheet/.exec(message)?.[1]
    // The recorded row of a settings issue is that of the header; ours is that of the cell.
    const isSameRow = (error: Issue): boolean => row === undefined || sheet === 'settings' || error.row === Number(row)
    const isPlaced = errors.some((error) => isSameRow(error) && (sheet === undefined || error.sheet === sheet))
    return isPlaced ? [] : [`no error at ${sheet ?? ''} ${row ?? ''}, only ${errors.map(toLine).join('; ')} (${message.slice(0, 120)})`]
  })
}

function checkWarnings(one: ConformanceCase, warnings: readonly Issue[]): string[] {
  const wrong: string[] = []
  if (one.warnings_count !== undefined && one.warnings_count !== warnings.length) {
    wrong.push(`${warnings.length} warnings, not ${one.warnings_count}: ${warnings.map(toLine).join('; ')}`)
  }
  for (const message of one.warnings__contains ?? []) {
    const row = /\[row : (\d+)\]/.exec(message)?.[1]
    if (!warnings.some((warning) => row === undefined || warning.row === Number(row))) wrong.push(`no warning like: ${message.slice(0, 120)}`)
  }
  return wrong
}

function toNodes(parsed: Document, path: string): Node[] {
  const found = xpath.useNamespaces(prefixes)(path, parsed as unknown as Node)
  return Array.isArray(found) ? (found as Node[]) : []
}

function checkXPaths(one: ConformanceCase, parsed: Document): string[] {
  const wrong: string[] = []
  for (const [path, expected] of [...(one.xml__xpath_match ?? []).map((path) => [path, 1] as const), ...(one.xml__xpath_count ?? [])]) {
    const found = toNodes(parsed, path).length
    if (found !== expected) wrong.push(`${found} nodes, not ${expected}: ${path.replace(/\s+/g, ' ').trim()}`)
  }
  for (const [path, expected] of one.xml__xpath_exact ?? []) {
    const found = new Set(toNodes(parsed, path).map((node) => (node.nodeType === 2 ? (node as Attr).value : toSortedXml(node, ''))))
    if (found.size !== expected.length || expected.some((text) => !found.has(text)))
      wrong.push(`exactly ${JSON.stringify(expected)}, found ${JSON.stringify([...found])}: ${path.trim()}`)
  }
  return wrong
}

function checkTexts(one: ConformanceCase, parsed: Document): string[] {
  const wrong: string[] = []
  for (const part of ['xml', 'model', 'instance', 'itext'] as const) {
    const wanted = one[`${part}__contains`] ?? []
    const unwanted = one[`${part}__excludes`] ?? []
    if (wanted.length + unwanted.length === 0) continue
    const node = part === 'xml' ? parsed.documentElement : parsed.getElementsByTagNameNS(prefixes['x'] ?? '', part)[0]
    const declarations = part === 'xml' ? '' : toDeclarations(parsed)
    const text = node === undefined ? '' : declarations + toSortedXml(node, '', part === 'xml')
    for (const snippet of wanted) if (!toOneLine(text).includes(toOneLine(snippet))) wrong.push(`${part} lacks ${snippet}`)
    for (const snippet of unwanted) if (toOneLine(text).includes(toOneLine(snippet))) wrong.push(`${part} has ${snippet}`)
  }
  return wrong
}

/** A part cut out of its document repeats the declarations it needs. */
function toDeclarations(parsed: Document): string {
  return Array.from(parsed.documentElement.attributes)
    .filter(({ name }) => name.startsWith('xmlns'))
    .map(({ name, value }) => ` ${name}="${value}"`)
    .join('')
}

/** Line breaks and indentation between elements say nothing. */
function toOneLine(text: string): string {
  return text.replace(/>\s+</g, '><').replace(/\s+/g, ' ').replaceAll(' />', '/>').trim()
}

const escapes: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const toEscaped = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign)

/** XML with attributes in the order of their names, as the recorded texts have them; without namespace declarations. */
function toSortedXml(node: Node, _indent: string, withDeclarations = false): string {
  if (node.nodeType === 3) return toEscaped(node.nodeValue ?? '')
  if (node.nodeType !== 1) return ''
  const tag = node as Element
  const attributes = Array.from(tag.attributes)
    .filter(({ name }) => withDeclarations || (!name.startsWith('xmlns:') && name !== 'xmlns'))
    .sort((a, b) => Number(a.namespaceURI !== null) - Number(b.namespaceURI !== null) || (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => ` ${name}="${toEscaped(value).replaceAll('"', '&quot;')}"`)
  const inner = Array.from(tag.childNodes)
    .map((child) => toSortedXml(child, ''))
    .join('')
  return inner === '' ? `<${tag.tagName}${attributes.join('')}/>` : `<${tag.tagName}${attributes.join('')}>${inner}</${tag.tagName}>`
}
