import { onBeforeUnmount, onMounted, ref } from 'vue'

/** True while the window is narrower than that many pixels of the reader's own zoom, as on a phone or at 400 %. */
export function useNarrow(pixels: number) {
  const query = matchMedia(`(max-width: ${pixels - 1}px)`)
  const narrow = ref(query.matches)
  const follow = () => {
    narrow.value = query.matches
  }
  onMounted(() => query.addEventListener('change', follow))
  onBeforeUnmount(() => query.removeEventListener('change', follow))
  return narrow
}
