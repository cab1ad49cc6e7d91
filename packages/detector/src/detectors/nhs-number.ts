// NHS number: ten digits, the last one a check digit, modulus 11 (NHS Data Dictionary, "NHS number").
import type { Candidate, Detector } from './detector.ts'

/** True if ten digits carry the right check digit. */
export function isNhsNumber(digits: string): boolean {
  if (digits.length !== 10 || /^(\d)\1{9}$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < 9; at += 1) sum += (digits.charCodeAt(at) - 48) * (10 - at)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === digits.charCodeAt(9) - 48
}

/** NHS numbers that pass their check digit, and ten digits of any kind after "NHS". */
export const detectNhsNumber: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    if (tokens[index]!.kind !== 'number') continue
    let digits = ''
    let to = index
    while (to < tokens.length && digits.length < 10) {
      const token = tokens[to]!
      if (token.kind === 'number') digits += token.text
      else if (!(token.text === '-' || token.text === '.') || to === index) break
      to += 1
    }
    if (digits.length !== 10 || tokens[to]?.kind === 'number') {
      while (tokens[index + 1]?.kind === 'number') index += 1
      continue
    }
    const groups = tokens
      .slice(index, to)
      .filter((token) => token.kind === 'number')
      .map((token) => token.text.length)
    if (groups.length > 1 && groups.join() !== '3,3,4' && groups.join() !== '3,7') continue
    const isNamed = isAfterNhs(tokens, index)
    if (isNhsNumber(digits))
      found.push({
        from: index,
        to,
        type: 'ID',
        confidence: isNamed ? 0.98 : digits.startsWith('0') ? 0.6 : 0.92,
        because: 'an NHS number: its check digit fits',
      })
    else if (isNamed) found.push({ from: index, to, type: 'ID', confidence: 0.85, because: 'a number after "NHS"' })
    index = to - 1
  }
  return found
}

function isAfterNhs(tokens: Parameters<Detector>[0]['tokens'], index: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 5; at -= 1) if (tokens[at]!.folded === 'nhs') return true
  return false
}
