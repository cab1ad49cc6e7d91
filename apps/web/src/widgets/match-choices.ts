import { plainText, type SelectItem } from '@attune/forms/engine'

/** Choices whose words hold what is sought, in their own order, accents and case aside; what is already chosen always stays. */
export function matchChoices(items: readonly SelectItem[], sought: string, chosen: readonly string[]): readonly SelectItem[] {
  const words = fold(sought)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return items
  return items.filter((item) => chosen.includes(item.value) || words.every((word) => fold(plainText(item.label)).includes(word)))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
