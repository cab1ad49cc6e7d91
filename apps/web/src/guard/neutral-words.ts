// What may stand in the place of a fact: a neutral role, or the client code. Facts of articles 9 and 10 have none: only the writer knows
// whether they are needed, so they are shown and never taken out.
import type { FindingType } from '@attune/detector'
import { say, type MessageKey } from '../messages/index.ts'

const roles: { readonly [type in FindingType]: readonly MessageKey[] } = {
  PERSON: ['guard.client', 'guard.child', 'guard.relative', 'guard.worker'],
  CONTACT: ['guard.contact'],
  ADDRESS: ['guard.home'],
  POSTCODE: ['guard.home'],
  DATE: ['guard.day'],
  ORG: ['guard.school', 'guard.organisation'],
  ID: ['guard.number'],
  SPECIAL: [],
}

/** Neutral words for one kind of fact; the client code last, where there is one and it fits. */
export function neutralWords(type: FindingType, code: string): string[] {
  const words = roles[type].map((role) => say(role))
  return code !== '' && (type === 'PERSON' || type === 'ID') ? [...words, code] : words
}

export const kindWords = (type: FindingType): string => say(`guard.kind.${type}`)
