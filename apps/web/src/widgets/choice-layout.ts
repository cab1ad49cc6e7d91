// How choices are laid out, from the question's appearances.

/** Columns asked for: a number, `pack` for as many as fit, `row` for one line of evenly spread choices, or undefined for a plain list. */
export type ChoiceLayout = { readonly columns: number | 'pack' | 'row' | undefined; readonly tiles: boolean }

export function toChoiceLayout(appearances: readonly string[]): ChoiceLayout {
  const tiles = appearances.includes('no-buttons')
  if (appearances.includes('likert')) return { columns: 'row', tiles }
  if (['columns-pack', 'horizontal-compact', 'quickcompact', 'compact'].some((name) => appearances.includes(name))) return { columns: 'pack', tiles }
  const numbered = appearances.map((name) => /^(?:columns|compact|quickcompact)-(\d{1,2})$/.exec(name)?.[1]).find((number) => number !== undefined)
  if (numbered !== undefined) return { columns: Math.min(Math.max(Number(numbered), 1), 10), tiles }
  return { columns: appearances.includes('columns') || appearances.includes('horizontal') ? 3 : undefined, tiles }
}

/** The choice that excludes all others, when the form's rule says so: `not(selected(., 'none') and count-selected(.) > 1)`. */
export function findExclusiveChoice(constraint: string): string | undefined {
  return /selected\(\s*\.\s*,\s*(['"])([^'"]+)\1\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*(?:>\s*1|>=\s*2)/.exec(constraint)?.[2]
}
