import type { UiLanguage } from '../../messages/index.ts'

/** "Cymraeg (cy)" is Welsh: the tag in brackets after a form's language, or the name itself when it is a tag. */
export function formLanguageTag(language: string): string | undefined {
  return /\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$/.exec(language)?.[1] ?? (/^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(language) ? language : undefined)
}

const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Which way a form's language is written; undefined for left to right. */
export function formDirection(language: string): 'rtl' | undefined {
  return rightToLeft.has(formLanguageTag(language)?.split('-')[0] ?? '') ? 'rtl' : undefined
}

/** "Cymraeg (cy)" as a person reads it: Cymraeg. */
export function formLanguageName(language: string): string {
  return language.replace(/\s*\([A-Za-z-]+\)\s*$/, '') || language
}

/** The form's language that goes with the interface's, if it has it. */
export function findFormLanguage(languages: readonly string[], ui: UiLanguage): string | undefined {
  return languages.find((language) => formLanguageTag(language)?.split('-')[0] === ui)
}
