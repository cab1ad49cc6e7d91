// What the server and the policy say, in the language in use. Both bring the English sentence along; another language says it by its key.
import type { Problem } from '@attune/contract'
import type { Said } from '@attune/policy'
import { shallowRef } from 'vue'

type Words = { readonly title: string; readonly next: string }
/** The sentences of another language by key, and its problems by code. */
export type SaidWords = {
  readonly sentences: { readonly [key: string]: ((values: never) => string) | undefined }
  readonly problems: { readonly [code: string]: Words | undefined }
}

const words = shallowRef<SaidWords>()

/** From now on in this language; in English, as the sentences come, without words. */
export function useSaidWords(wanted: SaidWords | undefined): void {
  words.value = wanted
}

/** A sentence of the server or the policy. One whose key this app does not know (an older app, or English only) is shown as it came. */
export function saySaid({ sentence, said }: { readonly sentence: string; readonly said?: Said | undefined }): string {
  const known = said === undefined ? undefined : words.value?.sentences[said.key]
  return known === undefined ? sentence : known(said?.values as never)
}

/** What happened, and what to do next. A detail of its own takes the place of the catalogue's. */
export function sayProblem({ code, title, detail, said }: Problem): Words {
  const known = words.value?.problems[code]
  return {
    title: known?.title ?? title,
    next: said === undefined ? (known?.next ?? detail) : saySaid({ sentence: detail, said }),
  }
}
