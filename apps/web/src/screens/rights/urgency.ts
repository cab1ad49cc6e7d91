import type { RequestRow } from '@attune/contract'

/** Colour of the mark; the word beside it says the same. */
export const urgencyTags: { readonly [urgency in RequestRow['urgency']]: string } = {
  overdue: 'govuk-tag--red',
  soon: 'govuk-tag--orange',
  'in-time': 'govuk-tag--green',
  standing: 'govuk-tag--grey',
  ended: 'govuk-tag--grey',
}
