// What the client said, then and now. Pure: the words come from copies that were checked, the questions from the form.
import { questionsOf, type FormOutline } from '@attune/forms'
import type { FormView } from '@attune/contract'
import type { ProgressSession } from '../../progress-copy/progress-copy.ts'

export type AskedInWords = { readonly question: string; readonly label: string }
export type Saying = { readonly sessionId: string; readonly sessionOn: string; readonly sessionNo: number; readonly words: string }
export type WordsFacts = AskedInWords & { readonly first: Saying; readonly last: Saying | undefined; readonly between: readonly Saying[] }

/** The form's questions in words with their labels, in the language whose tag the device uses, else in the form's own. */
export function toAskedInWords(form: FormView, isSpoken: (language: string) => boolean): AskedInWords[] {
  const outline = form.outline as FormOutline
  const names: unknown = form.questions['narratives']
  if (!Array.isArray(names)) return []
  const language = outline.languages.find(isSpoken) ?? outline.defaultLanguage
  return questionsOf(outline)
    .filter(({ name }) => names.includes(name))
    .map(({ name, label }) => ({ question: name, label: label[language] ?? label[outline.defaultLanguage] ?? '' }))
}

/** For each question the earliest and the latest words; what was said between is kept for those who want it. Nothing said, nothing shown. */
export function toWords(sessions: readonly ProgressSession[], asked: readonly AskedInWords[]): WordsFacts[] {
  return asked.flatMap(({ question, label }) => {
    const sayings = sessions.flatMap(({ sessionId, sessionOn, sessionNo, words }): Saying[] => {
      const said = words?.[question]?.trim() ?? ''
      return said === '' ? [] : [{ sessionId, sessionOn, sessionNo, words: said }]
    })
    const [first, ...later] = sayings
    return first === undefined ? [] : [{ question, label, first, last: later.at(-1), between: later.slice(0, -1) }]
  })
}
