// How wide a chart is laid out: as wide as its room on screen, as wide as its place on paper while it is printed. Laid out for it, the words of a
// chart are as large as those around it.
import { computed, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue'

const least = 280

/** Widths in CSS pixels. `usual` is taken until the room has been measured. */
export function useChartWidth(
  room: Readonly<Ref<HTMLElement | null>>,
  { usual, most, paper }: { readonly usual: number; readonly most: number; readonly paper: number },
): ComputedRef<number> {
  const measured = ref(0)
  const isPrinting = ref(false)
  const goPaper = (): void => void (isPrinting.value = true)
  const goScreen = (): void => void (isPrinting.value = false)
  let observer: ResizeObserver | undefined

  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) measured.value = Math.floor(entry.contentRect.width)
    })
    if (room.value !== null) observer.observe(room.value)
    addEventListener('beforeprint', goPaper)
    addEventListener('afterprint', goScreen)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    removeEventListener('beforeprint', goPaper)
    removeEventListener('afterprint', goScreen)
  })
  return computed(() => (isPrinting.value ? paper : Math.max(least, Math.min(measured.value || usual, most))))
}
