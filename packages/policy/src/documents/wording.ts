// Small matters of English that several documents need.

/** "one", "one and two", "one, two and three". */
export function joinWords(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

export function capitalise(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
