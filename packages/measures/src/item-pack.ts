// The wording of a licensed questionnaire comes from outside this repository, as a pack that a service loads when it holds the licence.
import { FieldReader } from './field-reader.ts'
import type { ScaleIssue } from './field-reader.ts'
import type { Scale, ScaleItem } from './scale.ts'

/**
 * The scale with the pack's wording, answered item by item from then on.
 * A pack gives `scale` (the id), `licence` (who holds it), `stem`, `labels` (one per answer option) and `texts` (one per item code).
 * Returns every issue when the pack is for another scale, misses an item, or the scale's key is not known.
 */
export function withItemPack(scale: Scale, pack: unknown): { readonly scale: Scale } | { readonly issues: readonly ScaleIssue[] } {
  const issues: ScaleIssue[] = []
  const read = new FieldReader(pack, '', issues)
  read.onlyFields(['scale', 'licence', 'stem', 'labels', 'texts'])
  if (read.text('scale') !== scale.id) read.issue('scale', `this pack is not for "${scale.id}"`)
  const licence = read.text('licence')
  const stem = read.optionalText('stem')
  const labels = read.texts('labels')
  if (labels.length !== scale.options.length) read.issue('labels', `write one label for each of the ${scale.options.length} answer options`)
  if (scale.items.length === 0) read.issue('texts', 'the key of this scale is not known, so its items cannot be added up; enter the totals')
  const texts = new Map(read.entries('texts'))
  for (const code of texts.keys()) if (!scale.items.some((item) => item.code === code)) read.issue(`texts.${code}`, 'the scale has no such item')
  const options = scale.options.map((option, i) => ({ ...option, label: labels[i] ?? '' }))
  const items = scale.items.map((item): ScaleItem => {
    const text = texts.get(item.code)
    if (typeof text !== 'string' || text.trim() === '') read.issue(`texts.${item.code}`, 'write the wording of this item')
    return { ...item, text: String(text), options }
  })
  if (issues.length > 0) return { issues }
  return {
    scale: { ...scale, entry: 'items', ...(stem === undefined ? {} : { stem }), options, items, licence: { ...scale.licence, attribution: licence } },
  }
}
