import { uiLanguages, useLanguage, type UiLanguage } from '../messages/index.ts'

const place = 'attune-language'

/** The language chosen on this device, or the browser's if it is one we have. */
export async function restoreLanguage(): Promise<void> {
  const wanted = localStorage.getItem(place) ?? navigator.language.slice(0, 2)
  await useLanguage(uiLanguages.find((language) => language === wanted) ?? 'en')
}

export async function chooseLanguage(language: UiLanguage): Promise<void> {
  localStorage.setItem(place, language)
  await useLanguage(language)
}
