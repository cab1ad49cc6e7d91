import { shallowRef } from 'vue'
import { english, type Messages } from './en.ts'
import { useSaidWords } from './said.ts'
import { sayInWelsh } from './welsh-day.ts'

export { sayProblem, saySaid } from './said.ts'

export const uiLanguages = ['en', 'cy'] as const
export type UiLanguage = (typeof uiLanguages)[number]
export const uiLanguageNames: { readonly [language in UiLanguage]: string } = { en: 'English', cy: 'Cymraeg' }

export type MessageKey = keyof Messages
type Fill<K extends MessageKey> = Messages[K] extends (given: infer G) => string ? [given: G] : []
/** A translation may leave messages out (names, or what both languages say alike); the English one is shown instead. */
export type Translation = { readonly [K in MessageKey]?: Messages[K] extends (given: infer G) => string ? (given: G) => string : string }

const current = shallowRef<{ language: UiLanguage; words: Translation }>({ language: 'en', words: {} })

/** What the policy says and a message repeats: who runs the programme, and how many people of a service may see its records. */
export type NamedByPolicy = { readonly operator: string; readonly nomineesPerService: number }

const named = shallowRef<NamedByPolicy>()

/** What stands where a message says `{operator}` or `{nominees}`: the policy's words, never some that are written into the app (DCS-002, DCS-122). */
export function nameByPolicy(facts: NamedByPolicy): void {
  named.value = facts
}

const tokens: { readonly [token: string]: () => string } = {
  '{operator}': () => named.value?.operator ?? say('shell.operator'),
  '{nominees}': () => (named.value === undefined ? say('shell.nominees') : say('shell.nomineesOf', { count: named.value.nomineesPerService })),
}

/** The message in the language in use, filled in. Reading it inside a template makes the template follow the language. */
export function say<K extends MessageKey>(key: K, ...fill: Fill<K>): string {
  const message: unknown = current.value.words[key] ?? english[key]
  const text = typeof message === 'function' ? String(message(...fill)) : String(message)
  return text.includes('{') ? text.replaceAll(/\{(?:operator|nominees)\}/g, (token) => tokens[token]?.() ?? token) : text
}

export function uiLanguage(): UiLanguage {
  return current.value.language
}

/** Loads a language's words and turns every screen to it. */
export async function useLanguage(language: UiLanguage): Promise<void> {
  const welsh = language === 'cy' ? await import('./cy.ts') : undefined
  const words = welsh?.welsh ?? {}
  useSaidWords(welsh?.welshSaid)
  current.value = { language, words }
  document.documentElement.lang = language === 'cy' ? 'cy' : 'en-GB'
}

/** A day or an instant in words of the language in use, in the device's own time zone. */
export function sayWhen(at: string | Date, style: 'day' | 'time' | 'both' = 'both'): string {
  const instant = typeof at === 'string' ? new Date(at) : at
  if (current.value.language === 'cy') return sayInWelsh(instant, { month: 'long', time: style !== 'day', day: style !== 'time' })
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const options: Intl.DateTimeFormatOptions = style === 'day' ? day : style === 'time' ? time : { ...day, ...time }
  return new Intl.DateTimeFormat('en-GB', options).format(instant)
}
