// Words at the desks (requests, corrections, retention, incidents) speak of a client by code alone: what seems to name somebody is refused before anything is kept.
import { detect } from '@attune/detector'
import type { ProblemMore } from '../problems.ts'
import { raise } from '../problems.ts'

const naming: readonly string[] = ['PERSON', 'CONTACT', 'ADDRESS', 'POSTCODE', 'ID']

/** Raises `request-names-person` and says where, never what. */
export function checkWords(words: Readonly<Record<string, string | undefined>>): void {
  const fields: NonNullable<ProblemMore['fields']> = []
  for (const [place, text] of Object.entries(words)) {
    const finding = text === undefined ? undefined : detect(text).find(({ type, confidence }) => naming.includes(type) && confidence >= 0.5)
    if (finding !== undefined) fields.push({ place: `/${place}`, why: finding.because })
  }
  if (fields.length > 0) raise('request-names-person', { fields })
}
