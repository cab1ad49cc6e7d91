// The words that stand in charts, in their tables and in what is read aloud instead of them. Whoever draws gives them, in the reader's language;
// nothing in this package speaks one. Numbers come as text already.

/** `points` says a number of points: "1 point", "2.5 points". `range` says from where to where: "3 to 5". */
export type ChartWords = {
  readonly nothing: string
  readonly hidden: string
  readonly unknown: string
  readonly inWords: string
  readonly points: (text: string) => string
  readonly range: (low: string, high: string) => string
  readonly change: {
    readonly before: string
    readonly after: string
    readonly likely: string
    readonly people: (count: number) => string
    readonly fromTo: (before: string, after: string, min: number, max: number) => string
    readonly unsure: (points: string) => string
    readonly unclear: (low: string, high: string) => string
    readonly moved: (way: 'better' | 'worse' | 'up' | 'down', points: string, near: string, far: string) => string
    /** People, mean before, mean after, mean change, interval. */
    readonly columns: readonly [string, string, string, string, string]
  }
  readonly reliable: {
    readonly parts: Readonly<Record<'improved' | 'unchanged' | 'worse', string>>
    readonly likely: string
    readonly nobody: string
    readonly rest: string
    readonly told: (count: number, parts: string) => string
    readonly likelyShare: (low: number, high: number) => string
    /** Improved, unchanged, worse, everybody. */
    readonly columns: readonly [string, string, string, string]
  }
  readonly share: {
    readonly told: (share: number, of: string, low: number, high: number) => string
    readonly atLeast: (share: number) => string
    /** Share, interval, of whom. */
    readonly columns: readonly [string, string, string]
  }
  readonly trajectory: {
    readonly direction: Readonly<Record<'higher' | 'lower' | 'none', string>>
    readonly chance: string
    readonly noScore: string
    readonly noneYet: string
    readonly firstOnly: (first: string) => string
    readonly same: (first: string, last: string) => string
    readonly moved: (way: 'better' | 'worse' | 'up' | 'down', first: string, last: string, points: string) => string
    readonly real: string
    readonly mayBeChance: string
    readonly notKnown: string
    /** Session, score. */
    readonly columns: readonly [string, string]
  }
}
