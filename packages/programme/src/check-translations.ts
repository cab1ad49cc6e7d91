import { questionsOf, type FormOutline } from '@attune/forms'
import type { ProgrammeIssueCode } from './issue.ts'

/** Every question that a person sees has its words in every language of the programme, and so has every choice. */
export function checkTranslations(
  outline: FormOutline,
  languages: readonly string[],
  report: (code: ProgrammeIssueCode, row: number, message: string) => void,
): void {
  const spoken = outline.languages.length === 0 ? ['default'] : outline.languages
  for (const language of languages) {
    if (!spoken.includes(language)) {
      report(
        'translation-missing',
        1,
        `The programme speaks ${language} and this form does not. Add a column label::${language}, or take the language out of programme.yaml.`,
      )
      continue
    }
    for (const question of questionsOf(outline)) {
      if (Object.keys(question.label).length > 0 && (question.label[language] ?? '').trim() === '')
        report('translation-missing', question.row, `"${question.name}" has no label in ${language}.`)
      for (const choice of question.list === undefined ? [] : (outline.choices[question.list] ?? [])) {
        if ((choice.label[language] ?? '').trim() === '')
          report('translation-missing', question.row, `The choice "${choice.name}" of "${question.name}" has no label in ${language}.`)
      }
    }
  }
}
