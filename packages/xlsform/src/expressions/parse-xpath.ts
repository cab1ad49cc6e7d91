import { toXPathTokens, type XPathToken } from './xpath-tokens.ts'

export type XPathCall = { readonly name: string; readonly arguments: number; readonly at: number }
export type XPathParse = { readonly ok: true; readonly calls: readonly XPathCall[] } | { readonly ok: false; readonly at: number }

// Deeper nesting than a person would write; the parser calls itself once per level.
const deepest = 80

/** Checks that a text is an XPath 1.0 expression, as players read it, and gives the functions it calls. Time grows with its length only. */
export function parseXPath(text: string): XPathParse {
  const tokens = toXPathTokens(text)
  if (typeof tokens === 'number') return { ok: false, at: tokens }
  const reader = { tokens, next: 0, calls: [] as XPathCall[], depth: 0 }
  const isWhole = readExpression(reader, 0) && reader.next === tokens.length
  return isWhole ? { ok: true, calls: reader.calls } : { ok: false, at: tokens[Math.min(reader.next, tokens.length - 1)]?.at ?? 0 }
}

type Reader = { readonly tokens: readonly XPathToken[]; next: number; readonly calls: XPathCall[]; depth: number }

const strengths: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['=', 3],
  ['!=', 3],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['div', 6],
  ['mod', 6],
  ['|', 7],
])

function findSign(reader: Reader, offset = 0): string | undefined {
  const token = reader.tokens[reader.next + offset]
  return token?.kind === 'sign' ? token.text : undefined
}

function takeSign(reader: Reader, ...signs: readonly string[]): boolean {
  const isThere = signs.includes(findSign(reader) ?? '')
  if (isThere) reader.next += 1
  return isThere
}

/** An operand, then operators that bind more strongly than `weakest` with what follows them. */
function readExpression(reader: Reader, weakest: number): boolean {
  reader.depth += 1
  const isRead = reader.depth <= deepest && readOperand(reader) && readOperators(reader, weakest)
  reader.depth -= 1
  return isRead
}

function readOperators(reader: Reader, weakest: number): boolean {
  for (;;) {
    const token = reader.tokens[reader.next]
    const strength = token === undefined || token.kind === 'literal' || token.kind === 'number' ? undefined : strengths.get(token.text)
    if (strength === undefined || strength <= weakest) return true
    reader.next += 1
    if (!readExpression(reader, strength)) return false
  }
}

function readOperand(reader: Reader): boolean {
  while (takeSign(reader, '-'));
  const token = reader.tokens[reader.next]
  if (token === undefined) return false
  if (token.kind === 'sign' && (token.text === '/' || token.text === '//')) {
    reader.next += 1
    return startsStep(reader) ? readSteps(reader) : token.text === '/'
  }
  if (!isPrimary(reader, token)) return readSteps(reader)
  if (!readPrimary(reader, token)) return false
  return readPredicates(reader) && (takeSign(reader, '/', '//') ? readSteps(reader) : true)
}

const nodeTypes: ReadonlySet<string> = new Set(['node', 'text', 'comment', 'processing-instruction'])

function isPrimary(reader: Reader, token: XPathToken): boolean {
  if (token.kind === 'number' || token.kind === 'literal' || token.kind === 'reference') return true
  if (token.kind === 'name') return findSign(reader, 1) === '(' && !nodeTypes.has(token.text)
  return token.text === '('
}

function readPrimary(reader: Reader, token: XPathToken): boolean {
  reader.next += 1
  if (token.text === '(' && token.kind === 'sign') return readExpression(reader, 0) && takeSign(reader, ')')
  return token.kind === 'name' ? readCall(reader, token) : true
}

function readCall(reader: Reader, { text, at }: XPathToken): boolean {
  reader.next += 1
  let count = 0
  if (!takeSign(reader, ')')) {
    do {
      if (!readExpression(reader, 0)) return false
      count += 1
    } while (takeSign(reader, ','))
    if (!takeSign(reader, ')')) return false
  }
  reader.calls.push({ name: text, arguments: count, at })
  return true
}

function readPredicates(reader: Reader): boolean {
  while (takeSign(reader, '[')) if (!readExpression(reader, 0) || !takeSign(reader, ']')) return false
  return true
}

function startsStep(reader: Reader): boolean {
  const token = reader.tokens[reader.next]
  return token?.kind === 'name' || ['.', '..', '@', '*'].includes(findSign(reader) ?? '')
}

function readSteps(reader: Reader): boolean {
  do {
    if (!readStep(reader)) return false
  } while (takeSign(reader, '/', '//'))
  return true
}

function readStep(reader: Reader): boolean {
  if (takeSign(reader, '.', '..')) return readPredicates(reader)
  const isAttribute = takeSign(reader, '@')
  const token = reader.tokens[reader.next]
  if (!isAttribute && token?.kind === 'name' && findSign(reader, 1) === '::') reader.next += 2
  return readNodeTest(reader) && readPredicates(reader)
}

function readNodeTest(reader: Reader): boolean {
  if (takeSign(reader, '*')) return true
  const token = reader.tokens[reader.next]
  if (token?.kind !== 'name') return false
  reader.next += 1
  if (!takeSign(reader, '(')) return true
  if (reader.tokens[reader.next]?.kind === 'literal') reader.next += 1
  return nodeTypes.has(token.text) && takeSign(reader, ')')
}
