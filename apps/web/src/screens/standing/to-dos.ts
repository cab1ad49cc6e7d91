// What a practitioner can do about the gates that are shut. Several gates are passed at one place: the consent form carries the signature,
// the edition and the terms.
import type { FormSummary, Standing } from '@attune/contract'
import { saySaid } from '../../messages/index.ts'

export type ToDo = { readonly gates: readonly string[]; readonly sentences: readonly string[]; readonly path: string | undefined }

const consentGates: readonly string[] = ['consent-live', 'consent-edition', 'terms-accepted', 'device-attested']

/** One entry per thing to do, in the order in which the gates stand. Without a path, somebody else has to do it. */
export function toToDos(standing: { readonly items: readonly Standing['items'][number][] }, forms: readonly FormSummary[]): ToDo[] {
  const consentForm = forms.find(({ kind }) => kind === 'practitioner-consent')
  const consentPath = consentForm === undefined ? undefined : `/form/${consentForm.formId}`
  const toDos = new Map<string, ToDo>()
  for (const item of standing.items) {
    const { gate } = item
    if (item.met) continue
    const place = consentGates.includes(gate) ? 'consent' : gate
    const path = place === 'consent' ? consentPath : gate === 'training-passed' || gate === 'corrective-actions-done' ? '/training' : undefined
    const before = toDos.get(place)
    // The first sentence of a place says it all: somebody who never signed need not hear that there is also a new edition.
    toDos.set(place, { gates: [...(before?.gates ?? []), gate], sentences: before?.sentences ?? [saySaid(item)], path })
  }
  return [...toDos.values()]
}
