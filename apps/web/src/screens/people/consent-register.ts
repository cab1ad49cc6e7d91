// The register of consents as the screen shows it: one entry for each practitioner at a service, the newest signature first.
import type { ConsentRow } from '@attune/contract'

export const consentStates = ['live', 'renewal', 'withdrawn', 'removed'] as const
export type ConsentState = (typeof consentStates)[number]
export type ConsentEntry = { readonly newest: ConsentRow; readonly state: ConsentState; readonly earlier: readonly ConsentRow[] }

export function toConsentState({
  removedAt,
  withdrawnAt,
  dueForRenewal,
}: Pick<ConsentRow, 'removedAt' | 'withdrawnAt' | 'dueForRenewal'>): ConsentState {
  if (removedAt !== null) return 'removed'
  if (withdrawnAt !== null) return 'withdrawn'
  return dueForRenewal ? 'renewal' : 'live'
}

/** Signatures of one practitioner at one service together. A form that was removed says nobody, so each of those stands for itself. */
export function toEntries(consents: readonly ConsentRow[]): readonly ConsentEntry[] {
  const found = new Map<string, ConsentRow[]>()
  for (const consent of consents) {
    const key = consent.email === null ? consent.consentId : `${consent.serviceId} ${consent.email}`
    found.set(key, [...(found.get(key) ?? []), consent])
  }
  return [...found.values()].flatMap((rows) => {
    const [newest, ...earlier] = [...rows].sort((a, b) => (a.signedAt < b.signedAt ? 1 : -1))
    return newest === undefined ? [] : [{ newest, state: toConsentState(newest), earlier }]
  })
}

/** Entries of one state (or of all) whose practitioner or service matches the words typed: what needs something first, then by name. */
export function listEntries(
  entries: readonly ConsentEntry[],
  which: { readonly state: ConsentState | ''; readonly words: string },
): readonly ConsentEntry[] {
  const words = which.words.trim().toLocaleLowerCase('en-GB')
  const order: readonly ConsentState[] = ['renewal', 'withdrawn', 'live', 'removed']
  return entries
    .filter(({ state }) => which.state === '' || state === which.state)
    .filter(({ newest }) => `${newest.practitioner ?? ''} ${newest.email ?? ''} ${newest.serviceName}`.toLocaleLowerCase('en-GB').includes(words))
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (a.newest.practitioner ?? '').localeCompare(b.newest.practitioner ?? '', 'en-GB') ||
        (a.newest.signedAt < b.newest.signedAt ? 1 : -1),
    )
}
