import { isCalculated, plainText, splitGuidance, textOf, type QuestionNode } from '@attune/forms/engine'
import { computed, type ComputedRef } from 'vue'
import { fieldId } from './field-id.ts'
import { useFormContext, type FormContext } from './form-context.ts'

export type Question = {
  readonly form: FormContext
  readonly id: string
  readonly hintId: string
  readonly errorId: string
  readonly problem: ComputedRef<string | undefined>
  readonly required: ComputedRef<boolean>
  /** Seen, not changed: readonly in the form, calculated, or the whole form is locked. */
  readonly locked: ComputedRef<boolean>
  readonly hasHint: ComputedRef<boolean>
  /** What was answered at an earlier session; undefined where nothing is known. */
  readonly earlier: ComputedRef<string | undefined>
  readonly earlierId: string
  /** Ids of the hint, the guidance and the error, in the order in which they should be read. */
  readonly describedBy: ComputedRef<string | undefined>
  readonly text: ComputedRef<string>
}

/** The id of the guidance that belongs to a hint: a control is described by it although it is folded away (DCS-119). */
export const toGuidanceId = (hintId: string): string => hintId.replace(/hint$/, 'guidance')

/** What every widget knows about its question. */
export function useQuestion(node: QuestionNode): Question {
  const form = useFormContext()
  const id = fieldId(node)
  const problem = computed(() => form.problemOf(node))
  const earlier = computed(() => form.earlierOf?.(node))
  const hasHint = computed(() => plainText(node.currentState.hint).trim() !== '')
  const hasGuidance = computed(() => splitGuidance(node.currentState.hint?.formatted ?? []).guidance.length > 0)
  return {
    form,
    id,
    hintId: `${id}-hint`,
    errorId: `${id}-error`,
    problem,
    required: computed(() => node.currentState.required),
    locked: computed(() => form.locked() || node.currentState.readonly || isCalculated(node)),
    hasHint,
    earlier,
    earlierId: `${id}-earlier`,
    describedBy: computed(
      () =>
        [
          hasHint.value ? `${id}-hint` : '',
          hasGuidance.value ? toGuidanceId(`${id}-hint`) : '',
          earlier.value === undefined ? '' : `${id}-earlier`,
          problem.value === undefined ? '' : `${id}-error`,
        ]
          .filter((part) => part !== '')
          .join(' ') || undefined,
    ),
    text: computed(() => textOf(node)),
  }
}
