/** Something wrong with a form that was handed in, at the cell to change; `column` and `cell` only where one cell is meant. */
export type FormIssue = {
  /** A code of the compiler, of the policy's linter or of `formIssueCodes`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly sheet: string
  readonly row: number
  readonly column?: string
  readonly cell?: string
  readonly message: string
}

/** What only a programme can find wrong with a form. */
export const formIssueCodes = [
  'form-not-of-programme',
  'version-missing',
  'field-broken',
  'measure-changed',
  'image-map-wrong',
  'form-file-missing',
  'form-file-unused',
  'form-file-wrong',
  'list-column-missing',
  'list-empty',
  'list-value-blank',
  'list-value-twice',
  'list-value-space',
  'last-saved-outside-default',
  'last-saved-about-client',
  'combination-singles-out',
] as const
export type FormIssueCode = (typeof formIssueCodes)[number]
