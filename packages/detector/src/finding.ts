/** The kinds of personal facts that are looked for. */
export const findingTypes = ['PERSON', 'CONTACT', 'ADDRESS', 'POSTCODE', 'DATE', 'ORG', 'ID', 'SPECIAL'] as const
export type FindingType = (typeof findingTypes)[number]

/** Something in a text that may say who somebody is, or a fact the law guards more closely (SPECIAL, UK GDPR articles 9 and 10). */
export type Finding = {
  /** UTF-16 code units from the start of the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  readonly type: FindingType
  /** From 0 to 1: how sure the rules are. Not a probability that was calibrated on real notes. */
  readonly confidence: number
  /** Why, in a few plain words that do not repeat the text. */
  readonly because: string
}
