// National Insurance number: two letters (not D F I Q U V, the second not O either; BG GB KN NK NT TN ZZ unused), six digits, a letter A to D (HMRC, NIM39110).
import type { Candidate, Detector } from './detector.ts'

const whole = /^[abceghj-prstw-z][abceghj-nprstw-z]\d{6}[a-d]$/
const unused = new Set(['bg', 'gb', 'kn', 'nk', 'nt', 'tn', 'zz'])
const longest = 6

/** National Insurance numbers in one piece or in groups. */
export const detectNationalInsurance: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind !== 'code' && !(token.kind === 'word' && token.text.length === 2)) continue
    let joined = ''
    for (let to = index; to < Math.min(tokens.length, index + longest) && joined.length < 9; to += 1) {
      const piece = tokens[to]!
      if (piece.kind === 'gap' || (piece.kind === 'mark' && piece.text !== '-')) break
      if (piece.kind !== 'mark') joined += piece.folded
      if (joined.length === 9 && whole.test(joined) && !unused.has(joined.slice(0, 2))) {
        found.push({ from: index, to: to + 1, type: 'ID', confidence: 0.95, because: 'a National Insurance number' })
        index = to
      }
    }
  }
  return found
}
