import { parseReferences, type Reference } from './references.ts'

/** A reference and what stands around it in its expression, which decides how its path is written. */
export type PlacedReference = Reference & {
  /** Inside [ ] of a path that starts at instance(): there, a relative path would start at the list's item. */
  readonly isInInstancePredicate: boolean
  /** Which argument of indexed-repeat() it stands in, counted from 0; undefined outside of one. */
  readonly indexedRepeatArgument: number | undefined
}

type Call = { readonly isIndexedRepeat: boolean; argument: number }

/** One walk over the text, however many references it holds. */
export function toPlacedReferences(text: string): PlacedReference[] {
  const { references } = parseReferences(text)
  const hasInstance = /instance\s*\(\s*[^)\s]/.test(text)
  if (!hasInstance && !text.includes('indexed-repeat(')) {
    return references.map((reference) => ({ ...reference, isInInstancePredicate: false, indexedRepeatArgument: undefined }))
  }
  const placed: PlacedReference[] = []
  const calls: Call[] = []
  let brackets = 0
  let next = 0
  for (let at = 0; at < text.length; at += 1) {
    const reference = references[next]
    if (reference !== undefined && reference.start === at) {
      const indexed = calls.findLast((call) => call.isIndexedRepeat)
      placed.push({ ...reference, isInInstancePredicate: hasInstance && brackets > 0, indexedRepeatArgument: indexed?.argument })
      at = reference.end - 1
      next += 1
      continue
    }
    const sign = text[at]
    if (sign === '(') calls.push({ isIndexedRepeat: calls.length < 100 && text.endsWith('indexed-repeat', at), argument: 0 })
    else if (sign === ')') calls.pop()
    else if (sign === '[') brackets += 1
    else if (sign === ']') brackets = Math.max(0, brackets - 1)
    else if (sign === ',') countArgument(calls)
  }
  return placed
}

function countArgument(calls: readonly Call[]): void {
  const call = calls.at(-1)
  if (call !== undefined) call.argument += 1
}
