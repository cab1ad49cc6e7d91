// What fingers and the mouse do on a map: push the ground, drag a place, pinch, tap.
import { shallowRef, type Ref } from 'vue'
import { findPlaceAt, pan, toPlace, toSpotAt, zoom, type MapFrame, type Place } from './map-view.ts'

type Touch = { readonly left: number; readonly top: number }

export function useMapTouch(
  area: Readonly<Ref<HTMLElement | null>>,
  act: {
    readonly frame: Readonly<Ref<MapFrame>>
    readonly deepest: number
    places(): readonly Place[]
    locked(): boolean
    show(next: MapFrame): void
    moveTo(index: number, place: Place): void
    actAt(left: number, top: number): void
  },
) {
  const dragged = shallowRef<{ index: number; place: Place }>()
  const touches = new Map<number, Touch>()
  let from: (Touch & { hit: number | undefined; far: boolean; frame: MapFrame }) | undefined
  let spread = 0

  function at(event: PointerEvent | WheelEvent): Touch {
    const box = area.value!.getBoundingClientRect()
    return { left: event.clientX - box.left, top: event.clientY - box.top }
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0) return
    area.value?.setPointerCapture(event.pointerId)
    const touch = at(event)
    touches.set(event.pointerId, touch)
    from =
      touches.size > 1
        ? undefined
        : { ...touch, far: false, frame: act.frame.value, hit: findPlaceAt(act.frame.value, act.places(), touch.left, touch.top) }
    spread = spreadNow()
  }

  function spreadNow(): number {
    const [one, two] = [...touches.values()]
    return one === undefined || two === undefined ? 0 : Math.hypot(one.left - two.left, one.top - two.top)
  }

  function drag(event: PointerEvent): void {
    if (!touches.has(event.pointerId)) return
    const touch = at(event)
    touches.set(event.pointerId, touch)
    if (touches.size > 1) return pinch()
    if (from === undefined) return
    const [right, down] = [touch.left - from.left, touch.top - from.top]
    from.far ||= Math.hypot(right, down) > 8
    if (!from.far) return
    if (from.hit !== undefined && !act.locked()) dragged.value = { index: from.hit, place: toPlace(toSpotAt(act.frame.value, touch.left, touch.top)) }
    else act.show(pan(from.frame, right, down))
  }

  function pinch(): void {
    const [one, two] = [...touches.values()]
    const now = spreadNow()
    const levels = now > spread * 1.5 ? 1 : now < spread / 1.5 ? -1 : 0
    if (levels === 0 || one === undefined || two === undefined) return
    spread = now
    act.show(zoom(act.frame.value, levels, act.deepest, (one.left + two.left) / 2, (one.top + two.top) / 2))
  }

  function lift(event: PointerEvent): void {
    const touch = touches.get(event.pointerId)
    touches.delete(event.pointerId)
    const start = from
    if (touches.size > 0 || start === undefined || touch === undefined) return
    from = undefined
    const moved = dragged.value
    dragged.value = undefined
    if (moved !== undefined) act.moveTo(moved.index, moved.place)
    else if (!start.far) act.actAt(touch.left, touch.top)
  }

  function letGo(event: PointerEvent): void {
    touches.delete(event.pointerId)
    from = undefined
    dragged.value = undefined
  }

  return { dragged, at, press, drag, lift, letGo }
}
