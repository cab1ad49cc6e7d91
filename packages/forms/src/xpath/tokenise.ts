// XPath 1.0 section 3.7, with ODK's ${name} beside it. A name after an operand is an operator (and, or, div, mod); "*" likewise.

export type Token = { readonly kind: 'number' | 'literal' | 'name' | 'reference' | 'operator' | 'mark'; readonly text: string }

const pattern =
  /\s*(?:(\d+(?:\.\d*)?|\.\d+)|"([^"]*)"|'([^']*)'|\$\{\s*([^\s}]+)\s*\}|([\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?)|(!=|<=|>=|[=<>+|-])|(\/\/|::|\.\.|[()[\],./*@]))/uy
const wordOperators = new Set(['and', 'or', 'div', 'mod'])

/** The tokens of an expression, or undefined when a character belongs to none. */
export function tokenise(expression: string): Token[] | undefined {
  const tokens: Token[] = []
  const text = expression.trimEnd()
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) return undefined
    at = pattern.lastIndex
    const [, number, doubled, single, reference, name, operator, mark] = match
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (doubled !== undefined || single !== undefined) tokens.push({ kind: 'literal', text: doubled ?? single ?? '' })
    else if (reference !== undefined) tokens.push({ kind: 'reference', text: reference })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else if (name !== undefined) tokens.push({ kind: wordOperators.has(name) && followsOperand(tokens) ? 'operator' : 'name', text: name })
    else tokens.push({ kind: mark === '*' && followsOperand(tokens) ? 'operator' : 'mark', text: mark ?? '' })
  }
  return tokens
}

function followsOperand(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)
  if (last === undefined || last.kind === 'operator') return false
  return last.kind !== 'mark' || [')', ']', '.', '..', '*'].includes(last.text)
}
