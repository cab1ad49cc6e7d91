import { createHash } from 'node:crypto'
import type { ShownDocuments } from '@attune/contract'
import { documentText, shownAtConsent, type Policy } from '@attune/policy'

/** Hashes of the texts that have to be shown before signing, as a policy prints them. */
export function hashShown(policy: Policy): ShownDocuments {
  const { notice, summary, terms } = shownAtConsent(policy)
  const hash = (document: typeof notice) => createHash('sha256').update(documentText(document)).digest('hex')
  return { notice: hash(notice), summary: hash(summary), terms: hash(terms) }
}
