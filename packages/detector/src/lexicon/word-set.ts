/** Lists in the source are written as plain words with spaces between, so that people can read and mend them. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
