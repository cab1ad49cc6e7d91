// Everything that is printed from a policy. Change a value in policy.yaml and all of these change; nothing else needs editing.
import { accountNotice } from './account-notice.ts'
import { clientConsentSheet, practitionerConsentPage, practitionerSummary, termsOfUse } from './consent-sheets.ts'
import type { PolicyDocument } from './document.ts'
import { privacyNotice } from './privacy-notice.ts'
import { inventory, recordOfProcessing, retentionSchedule, securityPage } from './registers.ts'
import { summarySheet } from './summary-sheet.ts'
import type { Policy } from '../policy.ts'

export type { Block, DocumentSection, PolicyDocument } from './document.ts'

/** Every document of a policy, in the order in which a reader meets them. */
export function documentsOf(policy: Policy): readonly PolicyDocument[] {
  return [
    privacyNotice(policy),
    summarySheet(policy),
    clientConsentSheet(policy),
    practitionerConsentPage(policy),
    practitionerSummary(policy),
    termsOfUse(policy),
    accountNotice(policy),
    inventory(policy),
    retentionSchedule(policy),
    securityPage(policy),
    recordOfProcessing(policy),
  ]
}

export {
  accountNotice,
  clientConsentSheet,
  inventory,
  practitionerConsentPage,
  practitionerSummary,
  privacyNotice,
  recordOfProcessing,
  retentionSchedule,
  securityPage,
  summarySheet,
  termsOfUse,
}
export { letterKinds, lettersOf, requestLetter, type Certificate, type ClockWords, type LetterFacts, type LetterKind } from './request-letters.ts'
export type { MeasureStates } from './registers.ts'
export { documentText, shownAtConsent, type ShownAtConsent } from './shown-at-consent.ts'
export { retentionWords as retentionSentence } from './words.ts'
