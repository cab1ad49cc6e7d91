// What a questionnaire is: its items, how they add up, and what is known about reading the result.
// Facts only. The wording of an item is present only where the owner allows it to be shown in software.

/** Which way a score moves when things get better; `none` where neither end is better. */
export const directions = ['higher', 'lower', 'none'] as const
export type Direction = (typeof directions)[number]

/** How well a fact is known. `recall` means from memory: it may be shown only as unconfirmed. */
export const confidences = ['high', 'medium', 'low', 'recall'] as const
export type Confidence = (typeof confidences)[number]

/** What the owner allows for the wording of the items, from free use to a paid licence. */
export const itemTextRules = ['ship', 'ship-unmodified', 'conditions', 'ask', 'permission', 'commercial'] as const
export type ItemTextRule = (typeof itemTextRules)[number]

/** `items`: answered item by item and added up by us. `totals`: the finished scores are entered, item text is not shown. */
export const scaleEntries = ['items', 'totals'] as const
export type ScaleEntry = (typeof scaleEntries)[number]

export type ScaleOption = { readonly value: number; readonly label?: string }

/** One question. `scored: false` marks a question that is asked but never added up. */
export type ScaleItem = {
  readonly code: string
  readonly text?: string
  readonly min: number
  readonly max: number
  readonly reversed: boolean
  readonly scored: boolean
  readonly options: readonly ScaleOption[]
}

/** A named stretch of the score range, from `from` up to the next band. */
export type Band = { readonly id: string; readonly label: string; readonly from: number }
export type BandTable = { readonly bands: readonly Band[]; readonly confidence: Confidence; readonly source: string }

/** The score at which a person counts as a likely case, on the side that is worse. */
export type Caseness = { readonly at: number; readonly side: 'at-or-above' | 'at-or-below'; readonly confidence: Confidence; readonly source: string }

/** How many points count as real change. `at-least` is inclusive (NHS rule), `more-than` is strict (Jacobson & Truax). */
export type ReliableChange = {
  readonly points: number
  readonly rule: 'at-least' | 'more-than'
  readonly confidence: Confidence
  readonly source: string
  readonly unrounded?: number
}

/** What happens to unanswered items: refuse below `atLeast` answers, else scale up from the mean of the answered ones. */
export type MissingRule = { readonly atLeast: number; readonly confidence: Confidence; readonly source?: string }

/** One number that a scale yields: the total or a subscale. `from` names subscales to add up instead of items. */
export type Score = {
  readonly id: string
  readonly name: string
  readonly items: readonly string[]
  readonly from: readonly string[]
  readonly combine: 'sum' | 'mean'
  readonly missing: MissingRule
  readonly roundTo: number
  readonly min: number
  readonly max: number
  readonly direction: Direction
  readonly scoreFactor: number
  readonly bandTable?: BandTable
  readonly caseness?: Caseness
  readonly reliableChange: readonly ReliableChange[]
  readonly conversion?: Readonly<Record<string, number>>
}

/** An answer that asks a person to look at once, whatever the total is. */
export type RiskItem = { readonly item: string; readonly atLeast: number; readonly about: string }

/** What a person reads of a questionnaire in one language. `itemLabels` are those of items whose options have words of their own. */
export type ItemWords = {
  readonly stem?: string
  readonly labels: readonly string[]
  readonly texts: { readonly [item: string]: string }
  readonly itemLabels: { readonly [item: string]: readonly string[] }
}

export type Scale = {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly about: string
  readonly entry: ScaleEntry
  readonly stem?: string
  readonly items: readonly ScaleItem[]
  readonly options: readonly ScaleOption[]
  /** The words in other languages, by language code; only where an item pack brought them. */
  readonly translations?: { readonly [language: string]: ItemWords }
  /** Scores are stored as whole numbers: points x scoreFactor. */
  readonly scoreFactor: number
  readonly direction: Direction
  readonly total?: Score
  readonly subscales: readonly Score[]
  readonly risks: readonly RiskItem[]
  /** Why the scale cannot be used yet: a fact such as its range is not confirmed. Scoring refuses it. */
  readonly notReady?: string
  readonly licence: { readonly itemText: ItemTextRule; readonly terms: string; readonly attribution?: string }
  readonly confidence: Confidence
  readonly confidenceNote?: string
  readonly sources: readonly string[]
  readonly cautions: readonly string[]
}

/** The scale as a form that holds only its totals has it, even where its items could be asked. */
export function asTotals(scale: Scale): Scale {
  return scale.entry === 'totals' ? scale : { ...scale, entry: 'totals' }
}

/** Every score of a scale, the total first. */
export function toScores(scale: Scale): readonly Score[] {
  return scale.total === undefined ? scale.subscales : [scale.total, ...scale.subscales]
}

/** The score of that id, `total` included; undefined where the scale has none. */
export function findScore(scale: Scale, id: string): Score | undefined {
  return toScores(scale).find((score) => score.id === id)
}

/** A stored whole number back in points. */
export function toPoints(stored: number, score: { readonly scoreFactor: number }): number {
  return stored / score.scoreFactor
}

/** The band that a score in points falls in; undefined where the scale has no band table. */
export function findBand(score: Score, points: number): Band | undefined {
  return score.bandTable?.bands.findLast((band) => points >= band.from)
}

/** The threshold of real change to use: the first that is not from memory; undefined where none is confirmed. */
export function findReliableChange(score: Score): ReliableChange | undefined {
  return score.reliableChange.find((change) => change.confidence !== 'recall')
}
