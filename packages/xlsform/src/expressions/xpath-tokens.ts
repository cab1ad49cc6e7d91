import { ncName } from './lexer.ts'

export type XPathToken = { readonly kind: 'number' | 'literal' | 'name' | 'reference' | 'sign'; readonly text: string; readonly at: number }

const patterns = {
  reference: new RegExp(`\\$\\{(?:last-saved#)?${ncName}\\}`, 'yu'),
  number: /\d+(?:\.\d*)?|\.\d+/y,
  literal: /"[^"]*"|'[^']*'/y,
  name: new RegExp(`${ncName}(?=::)|${ncName}(?::(?:${ncName}|\\*))?`, 'yu'),
  sign: /::|\/\/|\.\.|!=|<=|>=|[()[\].@,/|+\-=<>*]/y,
} as const
const plainName = /[A-Za-z_][\w.-]*/y

/** The tokens of XPath 1.0 (section 3.7), with `${name}` as one of them; or the place of the first sign that belongs to none. */
export function toXPathTokens(text: string): XPathToken[] | number {
  const tokens: XPathToken[] = []
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === 32 || (code >= 9 && code <= 13 && code !== 11 && code !== 12)) {
      at += 1
      continue
    }
    const kind = toKind(text, at, code)
    const found = findToken(text, at, kind)
    if (found === undefined) return at
    tokens.push({ kind, text: found, at })
    at += found.length
  }
  return tokens
}

/** The first sign of a token says which kind it is; only a dot begins two, a number where a digit follows. */
function toKind(text: string, at: number, code: number): XPathToken['kind'] {
  if (isDigit(code)) return 'number'
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127) return 'name'
  if (code === 36) return 'reference'
  if (code === 34 || code === 39) return 'literal'
  return code === 46 && isDigit(text.charCodeAt(at + 1)) ? 'number' : 'sign'
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function findToken(text: string, at: number, kind: XPathToken['kind']): string | undefined {
  if (kind === 'name') {
    plainName.lastIndex = at
    const plain = plainName.exec(text)?.[0]
    const next = plain === undefined ? 0 : text.charCodeAt(at + plain.length)
    // A prefix or a letter beyond ASCII may follow.
    if (plain !== undefined && next !== 58 && !(next > 127)) return plain
  }
  const pattern = patterns[kind]
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
