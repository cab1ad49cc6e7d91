import { tokenise, type Token } from './tokenise.ts'

export type Step = { readonly axis: 'child' | 'self' | 'parent'; readonly name: string; readonly predicates: readonly Expression[] }

/** Where a path begins: the root, the node asked about, the node the whole expression belongs to, a named question, or another expression. */
export type PathStart = 'root' | 'context' | 'current' | { readonly reference: string; readonly predicates: readonly Expression[] }

export type Expression =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'path'; readonly start: PathStart; readonly steps: readonly Step[] }

const precedence: { readonly [operator: string]: number } = {
  or: 1,
  and: 2,
  '=': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  div: 6,
  mod: 6,
}

/** Deeper nesting than any author writes; a bound keeps a hostile expression from exhausting the stack. */
const deepest = 200

/**
 * The expression as a tree, or undefined when it steps outside the part of XPath that forms use (attributes, descendant axes,
 * unions, wildcards): the caller then leaves the question to the full engine instead of guessing.
 */
export function parseExpression(text: string): Expression | undefined {
  const tokens = tokenise(text)
  if (tokens === undefined || tokens.length === 0) return undefined
  const reader = new Reader(tokens)
  const expression = reader.readBinary(1)
  return reader.isSpent() ? expression : undefined
}

class Reader {
  #tokens: readonly Token[]
  #at = 0
  #depth = 0
  #failed = false

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  isSpent(): boolean {
    return !this.#failed && this.#at === this.#tokens.length
  }

  readBinary(weakest: number): Expression {
    if (++this.#depth > deepest) return this.#fail()
    let left = this.#readUnary()
    for (;;) {
      const token = this.#tokens[this.#at]
      const strength = token?.kind === 'operator' ? (precedence[token.text] ?? 0) : 0
      if (token === undefined || strength < weakest || this.#failed) break
      this.#at++
      left = { kind: 'binary', operator: token.text, left, right: this.readBinary(strength + 1) }
    }
    this.#depth--
    return left
  }

  #readUnary(): Expression {
    let negative = false
    while (this.#take('operator', '-')) negative = !negative
    const operand = this.#readOperand()
    return negative ? { kind: 'negate', of: operand } : operand
  }

  #readOperand(): Expression {
    const token = this.#tokens[this.#at]
    if (token === undefined || this.#failed) return this.#fail()
    if (token.kind === 'number' || token.kind === 'literal') {
      this.#at++
      return token.kind === 'number' ? { kind: 'number', value: Number(token.text) } : { kind: 'literal', value: token.text }
    }
    if (token.kind === 'mark' && token.text === '(') {
      this.#at++
      const inner = this.readBinary(1)
      if (!this.#take('mark', ')') || this.#peekMark('[') || this.#peekMark('/')) return this.#fail()
      return inner
    }
    if (token.kind === 'reference') {
      this.#at++
      const predicates = this.#readPredicates()
      return { kind: 'path', start: { reference: token.text, predicates }, steps: this.#take('mark', '/') ? this.#readSteps() : [] }
    }
    if (token.kind === 'name' && this.#peekMark('(', 1)) return this.#readCall(token.text)
    if (token.kind === 'mark' && token.text === '/') {
      this.#at++
      return { kind: 'path', start: 'root', steps: this.#readSteps() }
    }
    return { kind: 'path', start: 'context', steps: this.#readSteps() }
  }

  #readCall(name: string): Expression {
    this.#at += 2
    const args: Expression[] = []
    if (!this.#take('mark', ')')) {
      do args.push(this.readBinary(1))
      while (this.#take('mark', ','))
      if (!this.#take('mark', ')')) return this.#fail()
    }
    if (name === 'current') return { kind: 'path', start: 'current', steps: this.#take('mark', '/') ? this.#readSteps() : [] }
    if (this.#peekMark('/') || this.#peekMark('[')) return this.#fail()
    return { kind: 'call', name, args }
  }

  #readSteps(): Step[] {
    const steps: Step[] = []
    do {
      const token = this.#tokens[this.#at]
      if (token?.kind === 'mark' && (token.text === '.' || token.text === '..')) {
        this.#at++
        steps.push({ axis: token.text === '.' ? 'self' : 'parent', name: '', predicates: this.#readPredicates() })
      } else if (token?.kind === 'name' && !this.#peekMark('::', 1) && !this.#peekMark('(', 1)) {
        this.#at++
        steps.push({ axis: 'child', name: token.text, predicates: this.#readPredicates() })
      } else {
        this.#fail()
        return steps
      }
    } while (this.#take('mark', '/'))
    return steps
  }

  #readPredicates(): Expression[] {
    const predicates: Expression[] = []
    while (!this.#failed && this.#take('mark', '[')) {
      predicates.push(this.readBinary(1))
      if (!this.#take('mark', ']')) this.#fail()
    }
    return predicates
  }

  #peekMark(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead]
    return token?.kind === 'mark' && token.text === text
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== kind || token.text !== text) return false
    this.#at++
    return true
  }

  #fail(): Expression {
    this.#failed = true
    return { kind: 'literal', value: '' }
  }
}
