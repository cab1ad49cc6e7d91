// One pass over the text, one character at a time, nothing read twice: the time grows with the length and with nothing else.
import { fold } from './fold.ts'
import type { LetterCase, Token, TokenKind } from './token.ts'

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isAsciiLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
const letterPattern = /\p{L}|\p{M}/u

function isLetter(code: number): boolean {
  if (code < 128) return isAsciiLetter(code)
  return letterPattern.test(String.fromCharCode(code))
}
const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019 || code === 0x02bc || code === 0x2bb

/** Splits a text into words, numbers, codes and signs, with their places. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let isApart = true
  let startsSentence = true
  let shoutedFrom = 0
  const push = (kind: TokenKind, start: number, end: number) => {
    const piece = text.slice(start, end)
    tokens.push({
      kind,
      start,
      end,
      text: piece,
      folded: kind === 'number' || kind === 'mark' ? piece : fold(piece),
      letterCase: kind === 'word' || kind === 'code' ? letterCaseOf(piece) : 'mixed',
      isApart,
      startsSentence,
      isShouted: false,
    })
    if (kind === 'word' || kind === 'code') startsSentence = false
    if (kind === 'number' && end < text.length && text.charCodeAt(end) !== 46 && text.charCodeAt(end) !== 41) startsSentence = false
    isApart = false
  }
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) {
      push('gap', at, at + 1)
      markShouting(tokens, shoutedFrom)
      shoutedFrom = tokens.length
      isApart = true
      startsSentence = true
      at += 1
    } else if (code === 32 || code === 9 || code === 160) {
      isApart = true
      at += 1
    } else if (isDigit(code) || isLetter(code)) {
      const start = at
      let digits = false
      let letters = false
      while (at < text.length) {
        const next = text.charCodeAt(at)
        if (isDigit(next)) digits = true
        else if (isLetter(next)) letters = true
        else if (
          isApostrophe(next) &&
          !digits &&
          at > start &&
          at + 1 < text.length &&
          isLetter(text.charCodeAt(at + 1)) &&
          !isPossessive(text, at)
        ) {
          at += 1
          continue
        } else break
        at += 1
      }
      push(letters ? (digits ? 'code' : 'word') : 'number', start, at)
      if (letters && at < text.length && isApostrophe(text.charCodeAt(at)) && isPossessive(text, at)) {
        push('possessive', at, at + 2)
        at += 2
      }
    } else {
      push('mark', at, at + 1)
      const isEnd = code === 46 || code === 33 || code === 63 || code === 0x2022 || code === 58
      // A dot inside initials, numbers and addresses ends nothing; one before a space does.
      if (isEnd && (at + 1 >= text.length || isBlank(text.charCodeAt(at + 1))) && !(code === 46 && isAbbreviation(tokens))) {
        startsSentence = true
        markShouting(tokens, shoutedFrom)
        shoutedFrom = tokens.length
      } else if ((code === 45 || code === 42 || code === 0x2013) && startsSentence) startsSentence = true
      at += 1
    }
  }
  markShouting(tokens, shoutedFrom)
  return tokens
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13 || code === 160 || code === 34 || code === 41

/** 's before something that is no letter. */
function isPossessive(text: string, at: number): boolean {
  const letter = text.charCodeAt(at + 1)
  if (letter !== 115 && letter !== 83) return false
  return at + 2 >= text.length || !(isLetter(text.charCodeAt(at + 2)) || isDigit(text.charCodeAt(at + 2)))
}

const abbreviations = new Set(['mr', 'mrs', 'ms', 'dr', 'prof', 'st', 'rev', 'eg', 'ie', 'approx', 'no', 'ref', 'tel', 'mob', 'sr', 'jr', 'fr'])

function isAbbreviation(tokens: readonly Token[]): boolean {
  const word = tokens[tokens.length - 2]
  if (word === undefined || word.kind !== 'word') return false
  return abbreviations.has(word.folded) || (word.text.length === 1 && word.letterCase !== 'lower')
}

function letterCaseOf(text: string): LetterCase {
  const first = text.charAt(0)
  const rest = text.slice(1)
  const lowerRest = rest.toLowerCase()
  if (first !== first.toLowerCase() || first.toUpperCase() !== first.toLowerCase()) {
    const isCapital = first === first.toUpperCase() && first !== first.toLowerCase()
    if (isCapital) {
      if (rest === '' || rest === lowerRest) return rest === '' ? 'upper' : 'title'
      return rest === rest.toUpperCase() ? 'upper' : 'mixed'
    }
  }
  return text === text.toLowerCase() ? 'lower' : 'mixed'
}

/** Marks a sentence whose words are nearly all capitals. One short word, or a lone acronym, is not shouting. */
function markShouting(tokens: Token[], from: number): void {
  let upper = 0
  let other = 0
  let words = 0
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind !== 'word') continue
    words += 1
    if (token.letterCase === 'upper') upper += token.text.length
    else other += token.text.length
  }
  if (words < 2 || upper < 6 || other * 4 > upper) return
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token !== undefined && token.letterCase === 'upper') token.isShouted = true
  }
}
