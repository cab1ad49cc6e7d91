// The measures of the forms in use: their names for headings, and their bands and ranges for one record.
import type { Scale, Score } from '@attune/measures'
import { shallowRef } from 'vue'
import { call } from '../../api.ts'

/** `name` is short enough for a column; `fullName` is the publisher's. */
export type KnownScore = { readonly scale: Scale; readonly score: Score; readonly name: string; readonly fullName: string }

const known = shallowRef<ReadonlyMap<string, KnownScore>>(new Map())
const asked = new Map<string, Promise<void>>()

/** A form names its measures as `{ scale, … }`. */
function findScale(measure: unknown): Scale | undefined {
  const scale: unknown = typeof measure === 'object' && measure !== null && 'scale' in measure ? measure.scale : undefined
  return typeof scale === 'object' && scale !== null && 'id' in scale && 'subscales' in scale ? (scale as Scale) : undefined
}

/** The key of a score in a record: the measure alone for its total, measure and subscale otherwise. */
function scoresOf(scale: Scale): readonly (readonly [string, KnownScore])[] {
  const name = shortName(scale)
  const total = scale.total === undefined ? [] : ([[scale.id, { scale, score: scale.total, name, fullName: scale.name }]] as const)
  const part = (score: Score) =>
    [`${scale.id}.${score.id}`, { scale, score, name: `${name}: ${score.name}`, fullName: `${scale.name}: ${score.name}` }] as const
  return [...total, ...scale.subscales.map(part)]
}

// Long official names would make a column of one or two figures far too wide; the id is the measure's common short name.
function shortName(scale: Scale): string {
  return scale.name.length <= 14 ? scale.name : scale.id.toLocaleUpperCase('en-GB')
}

async function learn(formId: string, version: string): Promise<void> {
  const form = await call('GET /api/forms/:formId/:version', { params: { formId, version } })
  known.value = new Map([...known.value, ...form.measures.flatMap((measure) => findScale(measure) ?? []).flatMap(scoresOf)])
}

/**
 * What is known of each score, by its key. Fills in as the forms arrive. A form that cannot be had leaves plain keys as headings,
 * which is no reason to keep a record from its reader.
 */
export function useKnownScores(formId?: string, version?: string) {
  if (formId !== undefined && version !== undefined) void learnOnce(formId, version)
  else
    void call('GET /api/forms').then(
      ({ forms }) => Promise.all(forms.map((form) => learnOnce(form.formId, form.version))),
      () => undefined,
    )
  return known
}

function learnOnce(formId: string, version: string): Promise<void> {
  const key = `${formId} ${version}`
  const before = asked.get(key)
  if (before !== undefined) return before
  const learning = learn(formId, version).catch(() => {
    asked.delete(key)
  })
  asked.set(key, learning)
  return learning
}
