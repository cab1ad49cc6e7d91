// What a question needs from the screen that shows it. Injected, so that widgets run in a test page and know nothing of vaults or routes.
import type { MapView } from '@attune/contract'
import type { QuestionNode } from '@attune/forms/engine'
import { inject, provide, type InjectionKey } from 'vue'
import type { TextGuard } from './text-guard.ts'

/** Text that is no answer yet, with the sentence that says why. */
export type Entry = { readonly typed: string; readonly problem: string }

export type FormContext = {
  /** The sentence to show at a question that was tried and is not right, else undefined. */
  problemOf(node: QuestionNode): string | undefined
  /** A widget says that what is typed cannot be read as an answer, or (undefined) that it can again. */
  noteEntry(node: QuestionNode, entry: Entry | undefined): void
  /** What was typed there and could not be read, so that it is still in the box when the page comes back. */
  entryOf(node: QuestionNode): Entry | undefined
  /** A file beside the form, by its name; undefined when it is not on this device and not to be had. */
  findFile(name: string): Promise<Blob | undefined>
  /** The name of the larger picture that goes with one, where the form has one. */
  biggerOf(name: string): string | undefined
  /** The language of the form's own words, as a BCP 47 tag; undefined when the form does not say. */
  languageTag(): string | undefined
  /** How client codes look here. `pattern` is the service's own; see packages/policy. */
  readonly clientCode: { readonly symbols: number; readonly pattern: string | undefined }
  /** What was answered here at an earlier session, in words; left out where nothing is known of one. */
  earlierOf?(node: QuestionNode): string | undefined
  /** The map that this installation has set up; undefined where it has none, and places are coordinates. */
  readonly map: () => MapView | undefined
  /** Looks for personal facts in what is typed; absent where the form asks a person about themselves. */
  readonly guard: TextGuard | undefined
  /** True while answers can be seen but not changed. */
  readonly locked: () => boolean
  /** The instant now, for file names and "today". */
  readonly now: () => Date
}

const key: InjectionKey<FormContext> = Symbol('form context')

export function provideFormContext(context: FormContext): void {
  provide(key, context)
}

export function useFormContext(): FormContext {
  const context = inject(key)
  if (context === undefined) throw new Error('A question is shown outside a form.')
  return context
}
