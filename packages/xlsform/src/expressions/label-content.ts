import { toTokens, type Token } from './lexer.ts'
import type { PathWriter, Standing } from './reference-paths.ts'
import { parseReferences } from './references.ts'
import { element, type XmlChild } from '../xml.ts'

/**
 * A label as text with `<output>` elements where it names an answer (`${name}`) or looks something up (`instance('towns')/root/item[…]/label`).
 * Spaces stand at both ends of mixed content, as in pyxform.
 */
export function toLabelContent(text: string, from: Standing | undefined, toPath: PathWriter): XmlChild[] {
  if (text === '-' || (!text.includes('${') && !text.includes('instance('))) return [text]
  const parts: XmlChild[] = []
  let at = 0
  for (const [start, end] of text.includes('instance(') ? findInstanceExpressions(text) : []) {
    parts.push(...withOutputs(text.slice(at, start), text, from, toPath), element('output', { value: toPath(text.slice(start, end), from) }))
    at = end
  }
  parts.push(...withOutputs(text.slice(at), text, from, toPath))
  const [first] = parts
  if (parts.length === 1 && typeof first === 'string') return parts
  const spaced: XmlChild[] = parts.length > 1 && typeof first === 'string' ? [` ${first}`, ...parts.slice(1)] : parts
  return parts.length > 1 ? [...spaced, ' '] : spaced
}

function withOutputs(part: string, whole: string, from: Standing | undefined, toPath: PathWriter): XmlChild[] {
  const children: XmlChild[] = []
  let at = 0
  for (const { start, end } of parseReferences(part).references) {
    if (start > at) children.push(part.slice(at, start))
    children.push(element('output', { value: toPath(part.slice(start, end), from) }))
    at = end
  }
  if (at < part.length || (part === whole && children.length === 0)) children.push(part.slice(at))
  return children
}

/** [start, end] of each instance() path. White space outside of a predicate ends a path; inside one anything goes. */
export function findInstanceExpressions(text: string): [number, number][] {
  const found: [number, number][] = []
  let start = -1
  let last: Token | undefined
  let stage: 'call' | 'path' | 'predicate' = 'call'
  for (const token of toTokens(text)) {
    if (start < 0) {
      if (token.kind !== 'call' || token.text !== 'instance(') continue
      start = token.start
      stage = 'call'
      last = token
      continue
    }
    const goesOn = isPartOfPath(token, last, stage)
    if (!goesOn) {
      if (last !== undefined) found.push([start, last.end])
      start = -1
      continue
    }
    if (stage === 'predicate') stage = token.kind === 'predicateEnd' ? 'call' : 'predicate'
    else if (token.kind === 'slash' && stage === 'call') stage = 'path'
    else if (token.kind === 'predicate' && stage === 'path') stage = 'predicate'
    last = token
  }
  if (start >= 0 && last !== undefined) found.push([start, last.end])
  return found
}

function isPartOfPath(token: Token, last: Token | undefined, stage: 'call' | 'path' | 'predicate'): boolean {
  if (stage === 'predicate') return true
  if (stage === 'path') return token.kind !== 'space'
  if (token.kind === 'literal') return last?.kind === 'call'
  if (token.kind === 'close') return last?.kind === 'literal'
  return token.kind === 'slash' && (last?.kind === 'close' || last?.kind === 'predicateEnd')
}
