import { textOf, writeText, type AnyInputNode, type AnyRangeNode } from '@attune/forms/engine'
import { ref, watch, type Ref } from 'vue'

/**
 * The text in a box, kept apart from the answer: what cannot be read yet ("1.", "31 Febr") stays in the box while the answer is blank.
 * When the answer changes from elsewhere (a calculation, a prefill) the box follows.
 */
export function useTyped(
  node: AnyInputNode | AnyRangeNode,
  toShown: (answer: string) => string = (answer) => answer,
): { typed: Ref<string>; answer: (text: string) => void } {
  const typed = ref(toShown(textOf(node)))
  let written = textOf(node)
  watch(
    () => textOf(node),
    (text) => {
      if (text === written) return
      written = text
      typed.value = toShown(text)
    },
  )
  return {
    typed,
    answer(text) {
      if (text === textOf(node)) return
      writeText(node, text)
      written = textOf(node)
    },
  }
}
