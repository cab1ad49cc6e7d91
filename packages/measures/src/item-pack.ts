// The wording of a licensed questionnaire comes from outside this repository, as a pack that a service loads when it holds the licence.
import { FieldReader } from './field-reader.ts'
import type { ScaleIssue } from './field-reader.ts'
import type { ItemWords, Scale, ScaleItem } from './scale.ts'

const wordFields = ['stem', 'labels', 'itemLabels', 'texts']

/**
 * The scale with the pack's wording, answered item by item from then on.
 * A pack gives `scale` (the id), `licence` (who holds it), `stem`, `labels` (one per answer option), `texts` (one per item code), where an item has
 * labels of its own `itemLabels`, and under `translations` the same words by language (`cy`), as the owner of the measure approved them.
 * Returns every issue when the pack is for another scale, misses an item, or the scale's key is not known.
 */
export function withItemPack(scale: Scale, pack: unknown): { readonly scale: Scale } | { readonly issues: readonly ScaleIssue[] } {
  const issues: ScaleIssue[] = []
  const read = new FieldReader(pack, '', issues)
  read.onlyFields(['scale', 'licence', ...wordFields, 'translations'])
  if (read.text('scale') !== scale.id) read.issue('scale', `this pack is not for "${scale.id}"`)
  const licence = read.text('licence')
  if (scale.items.length === 0) read.issue('texts', 'the key of this scale is not known, so its items cannot be added up; enter the totals')
  const words = readWords(scale, read)
  const translations: { [language: string]: ItemWords } = {}
  for (const [language, value] of read.entries('translations')) {
    if (!/^[a-z]{2,3}$/.test(language)) read.issue(`translations.${language}`, 'write the code of a language, such as cy')
    const inner = new FieldReader(value, `translations.${language}`, issues)
    inner.onlyFields(wordFields)
    translations[language] = readWords(scale, inner)
  }
  if (issues.length > 0) return { issues }
  const toOptions = (labels: readonly string[]) => scale.options.map((option, i) => ({ ...option, label: labels[i] ?? '' }))
  const items = scale.items.map((item): ScaleItem => ({
    ...item,
    text: words.texts[item.code] ?? '',
    options: toOptions(words.itemLabels[item.code] ?? words.labels),
  }))
  return {
    scale: {
      ...scale,
      entry: 'items',
      ...(words.stem === undefined ? {} : { stem: words.stem }),
      options: toOptions(words.labels),
      items,
      ...(Object.keys(translations).length === 0 ? {} : { translations }),
      licence: { ...scale.licence, attribution: licence },
    },
  }
}

/** The scale as it is without a pack: entered as totals, with none of the owner's words. */
export function withoutItemWords(scale: Scale): Scale {
  const { stem: _stem, translations: _translations, ...rest } = scale
  const bare = (options: Scale['options']) => options.map(({ value }) => ({ value }))
  const items = scale.items.map(({ text: _text, ...item }) => ({ ...item, options: bare(item.options) }))
  return { ...rest, entry: 'totals', options: bare(scale.options), items }
}

function readWords(scale: Scale, read: FieldReader): ItemWords {
  const stem = read.optionalText('stem')
  const wrong = `write one label for each of the ${scale.options.length} answer options`
  const labels = read.texts('labels')
  if (labels.length !== scale.options.length) read.issue('labels', wrong)
  const known = new Set(scale.items.map((item) => item.code))
  const texts: { [item: string]: string } = {}
  for (const [code, text] of read.entries('texts')) {
    if (!known.has(code)) read.issue(`texts.${code}`, 'the scale has no such item')
    else if (typeof text === 'string' && text.trim() !== '') texts[code] = text
  }
  for (const code of known) if (texts[code] === undefined) read.issue(`texts.${code}`, 'write the wording of this item')
  const itemLabels: { [item: string]: readonly string[] } = {}
  const own = read.has('itemLabels') ? read.inner('itemLabels') : undefined
  for (const [code] of read.entries('itemLabels')) {
    itemLabels[code] = own?.texts(code) ?? []
    if (!known.has(code)) read.issue(`itemLabels.${code}`, 'the scale has no such item')
    else if (itemLabels[code]?.length !== scale.options.length) read.issue(`itemLabels.${code}`, wrong)
  }
  return { ...(stem === undefined ? {} : { stem }), labels, texts, itemLabels }
}
