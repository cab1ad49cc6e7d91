// The answers of a record by section, in the order of the form, and the words of several sessions side by side.
import type { RecordView } from '@attune/contract'

export type AnswerLine = RecordView['answers'][number]
export type AnswerSection = { readonly title: string; readonly lines: readonly AnswerLine[] }

/** Neighbouring answers of one section together. */
export function toSections(answers: readonly AnswerLine[]): readonly AnswerSection[] {
  const sections: { title: string; lines: AnswerLine[] }[] = []
  for (const line of answers) {
    const last = sections.at(-1)
    if (last?.title === line.section) last.lines.push(line)
    else sections.push({ title: line.section, lines: [line] })
  }
  return sections
}

// The two narrative questions are asked at every session so that they can be compared (policy, question on the child and on the relationship).
const isNarrative = (line: AnswerLine) => line.name.startsWith('narrative_')

export type Comparison = { readonly name: string; readonly label: string; readonly words: readonly string[] }

/** One row per narrative question, one text per session in the order given; a question not answered at a session is an empty text. */
export function compareNarratives(sessions: readonly Pick<RecordView, 'answers'>[]): readonly Comparison[] {
  const labels = new Map<string, string>()
  for (const { answers } of sessions) for (const line of answers) if (isNarrative(line)) labels.set(line.name, line.label)
  return [...labels].map(([name, label]) => ({
    name,
    label,
    words: sessions.map(({ answers }) => answers.find((line) => line.name === name)?.value ?? ''),
  }))
}
