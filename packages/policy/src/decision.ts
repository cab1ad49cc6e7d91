import { codeOf, saidOf, sentenceOf, type Fill, type Said, type SentenceKey } from './sentences.ts'

/** The answer to "may this happen?": yes, or no with a code that never changes its meaning and a sentence that a screen can show. */
export type Decision = { readonly allowed: true } | Refusal

/** `said` is the sentence's key with what is filled in, for another language than English; a no that only operators of servers meet has none. */
export type Refusal = { readonly allowed: false; readonly because: string; readonly sentence: string; readonly said?: Said }

export const allowed: Decision = { allowed: true }

/** A no in English only: for what stops a server or a command, never for what a person meets on a screen. */
export function refused(because: string, sentence: string): Refusal {
  return { allowed: false, because, sentence }
}

/**
 * A no with a sentence of the catalogue, which every language of the screens has.
 * @example refuse('client-code-length', { symbols: 10, given: 9 }) // { allowed: false, because: 'client-code-length', sentence: …, said: … }
 */
export function refuse<K extends SentenceKey>(key: K, ...fill: Fill<K>): Refusal {
  return { allowed: false, because: codeOf(key), sentence: sentenceOf(key, ...fill), said: saidOf(key, ...fill) }
}
