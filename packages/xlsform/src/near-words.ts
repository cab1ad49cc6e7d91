/** Are two words at most `most` changed, added or dropped letters apart (Levenshtein distance)? */
export function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most || a.length > 100) return false
  let before = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 0; i < a.length; i += 1) {
    const now = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      now.push(Math.min((before[j + 1] ?? 0) + 1, (now[j] ?? 0) + 1, (before[j] ?? 0) + (a[i] === b[j] ? 0 : 1)))
    }
    before = now
  }
  return (before[b.length] ?? 0) <= most
}

/** A form with more issues than this gets no more suggestions: comparing words takes its time. */
export const mostExplained = 200

/** Asks "Did you mean …?" with the first candidate that is near; '' where there is none. Long lists are not searched: a form may hold many slips. */
export function toSuggestion(word: string, candidates: Iterable<string>): string {
  const lower = word.toLowerCase()
  let seen = 0
  for (const candidate of candidates) {
    seen += 1
    if (seen > 1_000) return ''
    if (isNear(lower, candidate.toLowerCase(), word.length > 4 ? 2 : 1)) return ` Did you mean '${candidate}'?`
  }
  return ''
}
