import { ref, type Ref } from 'vue'

/** Reorders the items of a list by dragging: `put(from, to)` is called each time the dragged item passes the middle of a neighbour. */
export function useDragOrder(put: (from: number, to: number) => void): {
  dragged: Ref<number | undefined>
  startDrag: (event: PointerEvent, index: number) => void
} {
  const dragged = ref<number>()

  function startDrag(event: PointerEvent, index: number): void {
    const handle = event.currentTarget as HTMLElement
    const list = handle.closest('ol, ul')
    if (list === null || event.button !== 0) return
    event.preventDefault()
    dragged.value = index
    const follow = (moved: PointerEvent): void => {
      const from = dragged.value
      if (from === undefined) return
      const middles = [...list.children].map((item) => {
        const box = item.getBoundingClientRect()
        return box.top + box.height / 2
      })
      const to = middles.filter((middle, at) => at !== from && middle < moved.clientY).length
      if (to === from) return
      dragged.value = to
      put(from, to)
    }
    const end = (): void => {
      dragged.value = undefined
      document.removeEventListener('pointermove', follow)
    }
    document.addEventListener('pointermove', follow)
    document.addEventListener('pointerup', end, { once: true })
    document.addEventListener('pointercancel', end, { once: true })
  }

  return { dragged, startDrag }
}
