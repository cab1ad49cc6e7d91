// A page of hundreds of questions: the first ones can be answered at once, the others come while the person reads.
import { computed, onMounted, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'

const first = 24
const step = 24

/**
 * The first of a list, then more of it after each frame until all are there; what is there stays. `whole` gives everything at once.
 */
export function growInto<T>(all: Ref<readonly T[]>, whole: Ref<boolean>): ComputedRef<readonly T[]> {
  const count = ref(first)
  let next: ReturnType<typeof setTimeout> | undefined
  const grow = (): void => {
    clearTimeout(next)
    if (whole.value || count.value >= all.value.length) return
    next = setTimeout(() => {
      count.value += step
      requestAnimationFrame(grow)
    })
  }
  onMounted(grow)
  watch(() => all.value.length, grow)
  onScopeDispose(() => {
    clearTimeout(next)
    count.value = Infinity
  })
  return computed(() => (whole.value ? all.value : all.value.slice(0, count.value)))
}
