// Scores by measure: the total first, its parts with it. `phq-9` is a total, `mors-sf.warmth` a part.

export type ScoreGroup = { readonly key: string; readonly score: number; readonly parts: readonly { readonly key: string; readonly score: number }[] }

/** True when the key is a part of a measure whose total is there as well; a part without a total stands for itself. */
export function isPartOf(key: string, keys: { has(key: string): boolean }): boolean {
  const dot = key.indexOf('.')
  return dot > 0 && keys.has(key.slice(0, dot))
}

/** The scores of one record, parts under their totals, in the order they came. */
export function groupScores(scores: Readonly<Record<string, number>>): readonly ScoreGroup[] {
  const all = Object.entries(scores)
  const keys = new Set(Object.keys(scores))
  return all
    .filter(([key]) => !isPartOf(key, keys))
    .map(([key, score]) => ({
      key,
      score,
      parts: all.filter(([part]) => part !== key && part.startsWith(`${key}.`)).map(([part, value]) => ({ key: part, score: value })),
    }))
}
