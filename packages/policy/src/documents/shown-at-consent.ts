// What a practitioner is shown before signing (DCS-014, DCS-142): the whole notice, the summary of what is held about them, the terms of use.
import type { PolicyDocument } from './document.ts'
import { practitionerSummary, termsOfUse } from './consent-sheets.ts'
import { privacyNotice } from './privacy-notice.ts'
import type { Policy } from '../policy.ts'

export type ShownAtConsent = { readonly notice: PolicyDocument; readonly summary: PolicyDocument; readonly terms: PolicyDocument }

export const shownAtConsent = (policy: Policy): ShownAtConsent => ({
  notice: privacyNotice(policy),
  summary: practitionerSummary(policy),
  terms: termsOfUse(policy),
})

/** The text that a document is hashed by: everything that it prints, in the order in which it prints it. The same on every machine. */
export const documentText = (document: PolicyDocument): string => JSON.stringify(document)
