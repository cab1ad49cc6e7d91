import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector } from './detector.ts'

const phoneWords = new Set([
  'phone',
  'tel',
  'telephone',
  'mobile',
  'mob',
  'mobiles',
  'call',
  'ring',
  'rang',
  'text',
  'number',
  'landline',
  'whatsapp',
  'contact',
  'fax',
  'extension',
  'ext',
  'dial',
])
const numberWords = new Map(
  ['zero', 'oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'double', 'triple', 'o'].map((word, index) => [word, index]),
)

/** Telephone numbers: British ones in any grouping, foreign ones with a plus, short local ones after a word like "ring", and spelt-out digits. */
export const detectPhone: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind === 'word' && numberWords.has(token.folded)) {
      let to = index
      while (to < tokens.length && (numberWords.has(tokens[to]!.folded) || tokens[to]!.text === ',' || tokens[to]!.text === '-')) to += 1
      const count = tokens.slice(index, to).filter((one) => one.kind === 'word').length
      if (count >= 7) found.push({ from: index, to, type: 'CONTACT', confidence: 0.75, because: 'a telephone number in words' })
      index = Math.max(index, to - 1)
      continue
    }
    if (!startsNumber(tokens, index)) continue
    let to = index
    let digits = ''
    while (to < tokens.length && to - index < 16) {
      const piece = tokens[to]!
      if (piece.kind === 'number') {
        if (digits.length + piece.text.length > 15) break
        digits += piece.text
      } else if (!(piece.kind === 'mark' && '+()-./'.includes(piece.text) && isInside(tokens, to))) break
      to += 1
    }
    while (to > index && tokens[to - 1]!.kind !== 'number') to -= 1
    const hasPlus = token.text === '+'
    const before = wordBefore(tokens, index)
    const isBritish =
      (digits.startsWith('0') && !digits.startsWith('00') && (digits.length === 10 || digits.length === 11)) ||
      (digits.startsWith('44') && digits.length >= 11 && digits.length <= 13)
    const isMobileWithoutZero = digits.length === 10 && digits.startsWith('7') && phoneWords.has(before)
    if (isBritish && !isDate(tokens, index, to)) found.push({ from: index, to, type: 'CONTACT', confidence: 0.95, because: 'a telephone number' })
    else if ((hasPlus || digits.startsWith('00')) && digits.length >= 9)
      found.push({ from: index, to, type: 'CONTACT', confidence: 0.9, because: 'a telephone number from abroad' })
    else if (isMobileWithoutZero || (phoneWords.has(before) && digits.length >= 6 && digits.length <= 11 && !isDate(tokens, index, to)))
      found.push({ from: index, to, type: 'CONTACT', confidence: 0.75, because: 'a number after a word for calling' })
    index = Math.max(index, to - 1)
  }
  return found
}

function startsNumber(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!
  if (token.kind === 'number') return true
  const next = tokens[index + 1]
  if (token.text === '+') return next?.kind === 'number'
  return token.text === '(' && next?.kind === 'number' && (next.text.startsWith('0') || next.text.startsWith('44'))
}

function isInside(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]
  return next !== undefined && (next.kind === 'number' || (next.kind === 'mark' && '+()-'.includes(next.text)))
}

/** The last word before a place, over "is", "on", "number" and signs. */
function wordBefore(tokens: readonly Token[], index: number): string {
  for (let at = index - 1; at >= 0 && at >= index - 4; at -= 1) {
    const token = tokens[at]!
    if (token.kind === 'word' && !['is', 'on', 'no', 'her', 'his', 'their', 'at', 'was', 'me', 'him'].includes(token.folded)) return token.folded
  }
  return ''
}

/** 2021-11-05 and 03.04.2012 are dates. */
function isDate(tokens: readonly Token[], from: number, to: number): boolean {
  const numbers = tokens.slice(from, to).filter((token) => token.kind === 'number')
  return (
    numbers.length === 3 &&
    tokens.slice(from, to).some((token) => token.kind === 'mark') &&
    numbers.every((token) => token.text.length <= 2 || token.text.length === 4)
  )
}
