import { ref, watch } from 'vue'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const place = 'attune-theme'
const isTheme = (word: string | null): word is Theme => (themes as readonly (string | null)[]).includes(word)
const kept = localStorage.getItem(place)

/** Light, dark or as the device is set. Kept on this device. */
export const theme = ref<Theme>(isTheme(kept) ? kept : 'system')

watch(
  theme,
  (chosen) => {
    if (chosen === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = chosen
    localStorage.setItem(place, chosen)
  },
  { immediate: true },
)
