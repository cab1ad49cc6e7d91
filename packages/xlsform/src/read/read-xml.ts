/** What a reader of XML does at each part. Names come without their prefix. */
export type XmlListener = {
  readonly start: (name: string, attribute: (name: string) => string | undefined) => void
  readonly end: (name: string) => void
  readonly text: (text: string) => void
  /** True when nothing that follows matters any more; the rest is then not read. */
  readonly isEnough?: () => boolean
}

/**
 * Reads XML in one pass and tells the listener its parts; says whether it could be read to the end. A document type is refused,
 * because it could define endless texts, and so is anything that is not closed.
 */
export function readXml(xml: string, listener: XmlListener): boolean {
  const open: string[] = []
  let at = 0
  for (;;) {
    const sign = xml.indexOf('<', at)
    if (sign < 0) return open.length === 0 && xml.slice(at).trim() === ''
    if (sign > at && open.length > 0) listener.text(toPlainText(xml.slice(at, sign)))
    const skipped = findEndOfSkipped(xml, sign, listener, open.length > 0)
    if (skipped === -1) return false
    if (skipped !== undefined) {
      at = skipped
      continue
    }
    const end = findEndOfTag(xml, sign)
    if (end < 0) return false
    if (!readTag(xml.slice(sign + 1, end), open, listener)) return false
    if (listener.isEnough?.() === true) return true
    at = end + 1
  }
}

/** Remarks, instructions and CDATA: the place after them; -1 for what is refused; undefined for a tag. */
function findEndOfSkipped(xml: string, at: number, listener: XmlListener, isInside: boolean): number | undefined {
  const after = (start: string, end: string): number => {
    const close = xml.indexOf(end, at + start.length)
    return close < 0 ? -1 : close + end.length
  }
  if (xml.startsWith('<?', at)) return after('<?', '?>')
  if (xml.startsWith('<!--', at)) return after('<!--', '-->')
  if (xml.startsWith('<![CDATA[', at)) {
    const end = after('<![CDATA[', ']]>')
    if (end > 0 && isInside) listener.text(xml.slice(at + 9, end - 3))
    return end
  }
  return xml.startsWith('<!', at) ? -1 : undefined
}

/** The `>` of a tag, which may also stand inside quotes. */
function findEndOfTag(xml: string, start: number): number {
  let at = start
  for (;;) {
    const end = xml.indexOf('>', at)
    if (end < 0) return -1
    const open = findOpenQuote(xml, at, end)
    if (open === undefined) return end
    const close = xml.indexOf(open.quote, open.at + 1)
    if (close < 0) return -1
    at = close + 1
  }
}

function findOpenQuote(xml: string, from: number, to: number): { quote: string; at: number } | undefined {
  for (let at = from; at < to; at += 1) {
    const sign = xml[at]
    if (sign !== '"' && sign !== "'") continue
    const close = xml.indexOf(sign, at + 1)
    if (close < 0 || close > to) return { quote: sign, at }
    at = close
  }
  return undefined
}

function readTag(tag: string, open: string[], listener: XmlListener): boolean {
  if (tag.startsWith('/')) {
    const name = tag.slice(1).trim()
    if (open.pop() !== name) return false
    listener.end(withoutPrefix(name))
    return true
  }
  const isEmpty = tag.endsWith('/')
  const body = isEmpty ? tag.slice(0, -1) : tag
  const space = body.search(/\s/)
  const name = space < 0 ? body : body.slice(0, space)
  if (name === '') return false
  let attributes: Map<string, string> | undefined
  listener.start(withoutPrefix(name), (wanted) => {
    attributes ??= toAttributes(space < 0 ? '' : body.slice(space))
    return attributes.get(wanted)
  })
  if (isEmpty) listener.end(withoutPrefix(name))
  else open.push(name)
  return true
}

function toAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  let at = 0
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', at)) {
    const name = text.slice(at, equals).trim()
    const quote = /["']/g
    quote.lastIndex = equals
    const open = quote.exec(text)?.index ?? -1
    const close = open < 0 ? -1 : text.indexOf(text[open] ?? '', open + 1)
    if (close < 0) break
    attributes.set(name, toPlainText(text.slice(open + 1, close)))
    at = close + 1
  }
  return attributes
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const namedSigns: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function toPlainText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return namedSigns[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
