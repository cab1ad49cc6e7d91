/**
 * What one form says, keyed by question name; blank answers are absent. A repeat is the list of its instances. A name used more
 * than once in the form is keyed by its path below the root ("goals/note") so that nothing is overwritten.
 */
export type Answers = { readonly [question: string]: AnswerValue }

/** Numbers for int, decimal and numeric ranges; a list of choice names for select-multiple and rank; otherwise text as the form wrote it. */
export type AnswerValue = string | number | boolean | readonly string[] | readonly Answers[]

/** What the form says about itself, from its meta block. */
export type SubmissionMeta = { readonly instanceId: string; readonly instanceName?: string; readonly deprecatedId?: string }
