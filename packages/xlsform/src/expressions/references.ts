import { ncName } from './lexer.ts'

/** `${name}`, or `${last-saved#name}` for the answer in the last saved record. */
export type Reference = { readonly name: string; readonly lastSaved: boolean; readonly start: number; readonly end: number }
export type ReferenceParse = { readonly references: readonly Reference[]; readonly isBroken: boolean }

const inner = new RegExp(`^(last-saved#)?(${ncName})$`, 'u')
const none: ReferenceParse = { references: [], isBroken: false }

/** Every reference in a text. Broken means that a `${` never closes or holds something that is no name. */
export function parseReferences(text: string): ReferenceParse {
  let at = text.indexOf('${')
  if (at < 0) return none
  const references: Reference[] = []
  let isBroken = false
  while (at >= 0) {
    const close = text.indexOf('}', at)
    if (close < 0) return { references, isBroken: true }
    const found = inner.exec(text.slice(at + 2, close))
    if (found === null) isBroken = true
    else references.push({ name: found[2] ?? '', lastSaved: found[1] !== undefined, start: at, end: close + 1 })
    at = text.indexOf('${', close)
  }
  return { references, isBroken }
}

export function hasReference(text: string): boolean {
  const { references, isBroken } = parseReferences(text)
  return references.length > 0 && !isBroken
}

/** The name, if the text is one reference and nothing else. */
export function findOnlyReference(text: string): Reference | undefined {
  const { references, isBroken } = parseReferences(text)
  const [only] = references
  return !isBroken && references.length === 1 && only !== undefined && only.start === 0 && only.end === text.length ? only : undefined
}
