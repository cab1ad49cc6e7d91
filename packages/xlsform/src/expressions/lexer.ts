// Cuts text into the tokens that decide what it means: is a default computed, where does an instance() expression in a label end,
// which names does an expression call. Labels pass through here too, so any text is cut without complaint.

export const tokenKinds = [
  'datetime',
  'date',
  'time',
  'number',
  'math',
  'comparison',
  'boolean',
  'union',
  'open',
  'close',
  'bracket',
  'parent',
  'self',
  'slash',
  'literal',
  'comma',
  'space',
  'reference',
  'call',
  'predicate',
  'predicateEnd',
  'scheme',
  'name',
  'other',
] as const
export type TokenKind = (typeof tokenKinds)[number]
export type Token = { readonly kind: TokenKind; readonly text: string; readonly start: number; readonly end: number }

// The characters of an XML name without colon (Namespaces in XML 1.0, production NCName).
const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
export const ncName = `[${nameStart}][${nameStart}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*`
const qName = `${ncName}(?::${ncName})?`

const date = '-?\\d{4}-\\d{2}-\\d{2}'
const time = '\\d{2}:\\d{2}:\\d{2}(?:\\.\\s+)?(?:[+\\-]\\d{2}:\\d{2}|Z)?'

// First match wins, so the order is the precedence: a date before a number, a number's sign before a minus.
const patterns: readonly (readonly [TokenKind, string])[] = [
  ['datetime', `${date}T${time}`],
  ['date', date],
  ['time', time],
  ['number', '-?\\d+\\.\\d*|-?\\.\\d+|-?\\d+'],
  ['math', '[*+\\-]| mod | div '],
  ['comparison', '!=|<=|>=|[=<>]'],
  ['boolean', ' and | or '],
  ['union', '\\|'],
  ['open', '\\('],
  ['close', '\\)'],
  ['bracket', '[\\[{}]'],
  ['parent', '\\.\\.'],
  ['self', '\\.'],
  ['slash', '/'],
  ['literal', '"[^"]*"|\'[^\']*\''],
  ['comma', ','],
  ['space', '\\s+'],
  ['reference', `\\$\\{(?:last-saved#)?${ncName}\\}`],
  ['call', `${qName}\\(`],
  ['predicate', `${qName}\\[`],
  ['predicateEnd', '\\]'],
  ['scheme', `${ncName}://`],
  ['name', qName],
]
const matchers = patterns.map(([kind, source]) => [kind, new RegExp(source, 'yu')] as const)

export function toTokens(text: string): Token[] {
  const tokens: Token[] = []
  const quotes = { double: text.lastIndexOf('"'), single: text.lastIndexOf("'") }
  for (let at = 0; at < text.length;) {
    const token = toTokenAt(text, at, quotes)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function toTokenAt(text: string, at: number, quotes: { readonly double: number; readonly single: number }): Token {
  for (const [kind, matcher] of matchers) {
    // An opening quote without a closing one would be searched to the end again and again: the last quote of each sort cannot open a literal.
    if (kind === 'literal' && (at === quotes.double || at === quotes.single)) continue
    matcher.lastIndex = at
    const found = matcher.exec(text)
    if (found !== null) return { kind, text: found[0], start: at, end: at + found[0].length }
  }
  const width = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return { kind: 'other', text: text.slice(at, at + width), start: at, end: at + width }
}

const wholeQName = new RegExp(`^${qName}$`, 'u')

/** Nearly all names are of these signs, and the whole table of Unicode need not be asked. */
const plainName = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/

/** May the text name an XML element, with or without a namespace prefix? */
export function isXmlName(text: string): boolean {
  return plainName.test(text) || wholeQName.test(text)
}
