import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'

const longest = 40
const mailHosts = new Set(['gmail', 'hotmail', 'outlook', 'yahoo', 'icloud', 'live', 'btinternet', 'sky', 'aol', 'googlemail', 'protonmail', 'nhs'])

/** E-mail addresses, also when written out: "amy at gmail dot com". */
export const detectEmail: Detector = ({ tokens }: Reading) => {
  const found: Candidate[] = []
  for (let index = 1; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.text === '@' && !token.isApart) {
      let from = index
      while (from > 0 && index - from < longest && isPart(tokens[from - 1]) && !tokens[from]?.isApart) from -= 1
      let to = index + 1
      while (to < tokens.length && to - index < longest && isPart(tokens[to]) && !tokens[to]?.isApart) to += 1
      while (to > index + 1 && tokens[to - 1]?.kind === 'mark') to -= 1
      if (from < index && to > index + 1) found.push({ from, to, type: 'CONTACT', confidence: 0.98, because: 'an e-mail address' })
      index = to
    } else if (token?.folded === 'at' && mailHosts.has(tokens[index + 1]?.folded ?? '')) {
      let to = index + 2
      while (
        to - index < 8 &&
        (tokens[to]?.folded === 'dot' || tokens[to]?.text === '.') &&
        tokens[to + 1] !== undefined &&
        tokens[to + 1]?.kind === 'word' &&
        tokens[to + 1]!.text.length <= 4
      )
        to += 2
      let from = index - 1
      while (from > 1 && index - from < 8 && (tokens[from - 1]?.folded === 'dot' || tokens[from - 1]?.text === '.' || tokens[from - 1]?.text === '_'))
        from -= 2
      if (to > index + 2 && tokens[index - 1]?.kind !== 'mark')
        found.push({ from: Math.max(0, from), to, type: 'CONTACT', confidence: 0.85, because: 'an e-mail address written out' })
    }
  }
  return found
}

function isPart(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'word' || token.kind === 'number' || token.kind === 'code') return true
  return token.kind === 'mark' && '._-+%'.includes(token.text)
}
