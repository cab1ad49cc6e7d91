// What a sender says about personal facts that were seen in free text and left in: how many of each kind. The words stay on the device.
export const factKinds = ['PERSON', 'CONTACT', 'ADDRESS', 'POSTCODE', 'DATE', 'ORG', 'ID', 'SPECIAL'] as const
export type FactKind = (typeof factKinds)[number]
export type KeptFacts = { readonly [kind in FactKind]?: number }

/** The name of the part that carries the counts in a submission. */
export const keptFactsPart = 'attune-kept-facts'
const most = 9999

/** Reads such a part: an object of known kinds and whole numbers from 1; undefined when it is anything else. */
export function parseKeptFacts(text: string): KeptFacts | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const isRight = Object.entries(value).every(
    ([kind, count]) =>
      (factKinds as readonly string[]).includes(kind) && Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most,
  )
  return isRight ? (value as KeptFacts) : undefined
}
