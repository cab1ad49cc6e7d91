/** `code` mixes letters and digits; `mark` is one sign; `possessive` is the 's after a name; `gap` is a line break. */
export type TokenKind = 'word' | 'number' | 'code' | 'mark' | 'possessive' | 'gap'
export type LetterCase = 'lower' | 'title' | 'upper' | 'mixed'

export type Token = {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly text: string
  /** Lower case, no diacritics. */
  readonly folded: string
  readonly letterCase: LetterCase
  /** A space, or the start of the text, stands before it. */
  readonly isApart: boolean
  /** The first word of a sentence, a line or a list point: its capital says nothing. */
  readonly startsSentence: boolean
  /** The sentence is written in capitals throughout, so that its capitals say nothing. */
  isShouted: boolean
}
