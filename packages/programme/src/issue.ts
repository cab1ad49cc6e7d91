// What can be wrong with a programme folder. Every issue names the file, the line and what to write instead.

export const issueCodes = [
  'file-missing',
  'yaml-broken',
  'key-missing',
  'key-unknown',
  'value-blank',
  'value-kind',
  'value-out-of-range',
  'word-unknown',
  'day-invalid',
  'duplicate',
  'reference-unknown',
  'controller-missing',
  'operator-unknown',
  'contact-missing',
  'actor-missing',
  'field-without-purpose',
  'field-without-retention',
  'field-elsewhere',
  'retention-without-limit',
  'retention-not-carried-out',
  'condition-missing',
  'gate-missing',
  'rule-refused',
  'region-not-allowed',
  'edition-without-change',
  'ledger-only',
  'form-broken',
  'form-kind-missing',
  'form-duplicate',
  'question-unknown',
  'question-type-wrong',
  'choices-wrong',
  'statement-differs',
  'question-refused',
  'translation-missing',
  'measure-unknown',
  'scale-broken',
  'measure-item-wrong',
  'measure-wording-differs',
  'training-broken',
  'clause-broken',
] as const
export type ProgrammeIssueCode = (typeof issueCodes)[number]

export type ProgrammeIssue = {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: ProgrammeIssueCode
  readonly message: string
}

/** Collects issues; nothing stops at the first one. */
export type IssueSink = ProgrammeIssue[]

/** One issue in one line, as a terminal shows it: file:line:column: what is wrong (code). */
export function showIssue({ file, line, column, message, code }: ProgrammeIssue): string {
  return `${file}:${line}:${column}: ${message} (${code})`
}
