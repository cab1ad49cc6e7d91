import type { FindingType } from '../finding.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import type { Token } from '../tokens/token.ts'

/** What a detector sees: the text, its tokens, and the lists. */
export type Reading = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly lexicon: Lexicon
  /** Names the record itself holds, folded. */
  readonly roster: readonly string[]
  /** Words this service says are nobody's name, folded. */
  readonly serviceWords: ReadonlySet<string>
}

/** A find in tokens: `from` is the first, `to` the one after the last. */
export type Candidate = {
  readonly from: number
  readonly to: number
  readonly type: FindingType
  readonly confidence: number
  readonly because: string
}

/** One kind of fact, found by one way. A detector never sees what others found. */
export type Detector = (reading: Reading) => Candidate[]
