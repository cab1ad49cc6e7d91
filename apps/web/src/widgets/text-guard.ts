import type { FindingType } from '@attune/detector'

/** Something in a text that may say who somebody is. Offsets are UTF-16 code units, end exclusive. */
export type Finding = {
  readonly start: number
  readonly end: number
  /** What it is in the detector's words, for example PERSON. */
  readonly type: FindingType
  /** From 0 to 1: how sure the detector is. */
  readonly confidence: number
  /** The same for people: "a name". */
  readonly says: string
  /** Neutral words that may stand in its place: "the client", "the school". */
  readonly replacements: readonly string[]
}

export type TextGuard = {
  /** Looks through a text, without what was kept there. Never blocks typing: it may answer late, and only the latest answer is shown. */
  check(text: string, question: string): Promise<readonly Finding[]>
  /** The person leaves these words as they are; they are not asked about again at this question. */
  keep(question: string, words: string): void
}
