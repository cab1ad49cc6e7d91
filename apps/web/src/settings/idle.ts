import { ref, watch } from 'vue'

/** How long drafts stay open while nobody touches the device. The longest is the server's own limit for an idle session. */
export const idleChoices = [5, 15, 30] as const

const place = 'attune-idle-minutes'
const kept = Number(localStorage.getItem(place))

export const idleMinutes = ref<number>((idleChoices as readonly number[]).includes(kept) ? kept : 15)
watch(idleMinutes, (minutes) => localStorage.setItem(place, String(minutes)))
