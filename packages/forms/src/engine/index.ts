// The second door of this package: the form engine behind our own thin interface. It needs a DOM (a browser, or jsdom in a worker).
export { loadEngine } from './load-engine.ts'
export { openForm, FormUnusable, type Attachment, type Draft, type FormOptions, type OpenForm } from './open-form.ts'
export type { FormSession, PreparedSubmission } from './session.ts'
export { violationOf, type Violation } from './violations.ts'
export { plainText, splitGuidance, wordsOf, type HintParts } from './guidance.ts'
export { lendPage } from './lend-page.ts'
export * from './nodes.ts'
export { findDifferences } from './find-differences.ts'
