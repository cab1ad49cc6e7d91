/** What somebody has filled in so far. */
export type Proposal = {
  readonly serviceId: string
  readonly scaleId: string
  readonly domain: string
  readonly purposes: readonly string[]
  readonly whom: string
  readonly fit: string
  readonly licence: string
  readonly need: string
}

export const reviewParts = ['whom', 'fit', 'licence', 'need'] as const
export const domains = ['attitude', 'relationship', 'wellbeing', 'goals'] as const
/** A reason of a word or two is none. */
export const leastLetters = 10

/** The parts that are missing, in the order of the page; a review of a word or two is none. */
export function checkProposal(given: Proposal): readonly (keyof Proposal)[] {
  return [
    ...(['scaleId', 'serviceId', 'domain'] as const).filter((part) => given[part] === ''),
    ...(given.purposes.length === 0 ? (['purposes'] as const) : []),
    ...reviewParts.filter((part) => given[part].trim().length < leastLetters),
  ]
}
