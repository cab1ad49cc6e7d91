import { ref } from 'vue'

/** Has the person asked for maps since the app was opened? Until then no server of maps is told anything. */
export const mapsShown = ref(false)
