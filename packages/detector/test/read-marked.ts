import type { FindingType } from '../src/finding.ts'

export type Span = { readonly start: number; readonly end: number; readonly type: FindingType }
export type Sentence = { readonly text: string; readonly spans: readonly Span[]; readonly group: string }

/** Reads a sentence in which each fact stands as [TYPE|words]. */
export function readMarked(line: string, group = ''): Sentence {
  let text = ''
  const spans: Span[] = []
  let at = 0
  for (const match of line.matchAll(/\[([A-Z]+)\|([^\]]*)\]/g)) {
    text += line.slice(at, match.index)
    const start = text.length
    text += match[2] ?? ''
    spans.push({ start, end: text.length, type: match[1] as FindingType })
    at = match.index + match[0].length
  }
  return { text: text + line.slice(at), spans, group }
}

/** Reads a file of such sentences, one a line; "# welsh" names the group of the lines after it. */
export function readMarkedFile(text: string): Sentence[] {
  const sentences: Sentence[] = []
  let group = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('# ')) group = line.slice(2).trim()
    else if (line !== '') sentences.push(readMarked(line, group))
  }
  return sentences
}
