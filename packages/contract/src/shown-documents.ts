// Which texts a practitioner was shown before signing, by their hashes: the device says what it showed, the server compares with what is in force.
import { Type, type Static } from 'typebox'
import { closed } from './words.ts'

/** The name of the part that carries them in a signed consent. */
export const shownDocumentsPart = 'attune-shown-documents'

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
/** SHA-256 (hex) of the text of each document (`documentText` of packages/policy). */
export const ShownDocuments = closed({ notice: Sha256, summary: Sha256, terms: Sha256 })
export type ShownDocuments = Static<typeof ShownDocuments>

/** Reads such a part; undefined when it is anything else. */
export function parseShownDocuments(text: string): ShownDocuments | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { notice, summary, terms, ...more } = value as Record<string, unknown>
  const isHash = (hash: unknown): hash is string => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)
  return isHash(notice) && isHash(summary) && isHash(terms) && Object.keys(more).length === 0 ? { notice, summary, terms } : undefined
}
