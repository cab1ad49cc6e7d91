import type { Texts } from '@attune/forms'

/** A text as the sheet gives it: one text, or one per language where the column names languages. */
export type Words = string | ReadonlyMap<string, string>

export function isTranslated(words: Words | undefined): words is ReadonlyMap<string, string> {
  return words !== undefined && typeof words !== 'string'
}

/** The texts of every language; a text without a language belongs to the default one. */
export function toTexts(words: Words | undefined, defaultLanguage: string): Texts {
  if (words === undefined) return {}
  return typeof words === 'string' ? { [defaultLanguage]: words } : Object.fromEntries(words)
}

/** [language, text] of every language the words have. */
export function toEntries(words: Words, defaultLanguage: string): [string, string][] {
  return typeof words === 'string' ? [[defaultLanguage, words]] : [...words]
}
