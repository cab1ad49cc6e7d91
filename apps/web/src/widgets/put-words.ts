/**
 * A text with other words in a place of it (UTF-16 offsets, end exclusive). At the start of a sentence they begin with a capital, as the words there did.
 * `grown` is by how many code units everything behind has moved.
 */
export function putWords(text: string, { start, end }: { start: number; end: number }, words: string): { text: string; grown: number } {
  const before = text.slice(0, start)
  const [first = ''] = text.slice(start, end)
  const wasCapital = first !== first.toLocaleLowerCase('en-GB')
  const put = wasCapital && /(?:^|[.!?…]["”’)]*\s+|\n\s*)$/u.test(before) ? toCapital(words) : words
  return { text: before + put + text.slice(end), grown: put.length - (end - start) }
}

function toCapital(words: string): string {
  const [first = ''] = words
  return first.toLocaleUpperCase('en-GB') + words.slice(first.length)
}
