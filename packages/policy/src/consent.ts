// Consent is never a column. It is what is left after every recorded event has been read in order: given, withdrawn, removed, expired editions.

export type ConsentEvent =
  | {
      readonly kind: 'given'
      readonly at: string
      readonly policyEdition: string
      readonly termsVersion: string
      /** Codes of the purposes that were shown. */
      readonly purposes: readonly string[]
    }
  | { readonly kind: 'withdrawn'; readonly at: string }
  /** The signed form was taken out because the person left; a keyed hash stays as proof. */
  | { readonly kind: 'removed'; readonly at: string }

export type ConsentNow =
  | { readonly state: 'none' }
  | {
      readonly state: 'live'
      readonly givenAt: string
      readonly policyEdition: string
      readonly termsVersion: string
      readonly purposes: readonly string[]
    }
  | { readonly state: 'withdrawn'; readonly withdrawnAt: string }
  | { readonly state: 'removed'; readonly removedAt: string }

/** What a person's consent is now: the fold of everything recorded, in the order it was recorded. A withdrawal ends every earlier consent. */
export function consentNow(events: readonly ConsentEvent[]): ConsentNow {
  return events.reduce<ConsentNow>(
    (now, event) => {
      if (event.kind === 'given') {
        const { at, policyEdition, termsVersion, purposes } = event
        return { state: 'live', givenAt: at, policyEdition, termsVersion, purposes }
      }
      if (event.kind === 'removed') return now.state === 'none' ? now : { state: 'removed', removedAt: event.at }
      return now.state === 'live' ? { state: 'withdrawn', withdrawnAt: event.at } : now
    },
    { state: 'none' },
  )
}

/** True when a live consent was given with this purpose on the page. A purpose added later is not covered by it. */
export function isPurposeCovered(consent: ConsentNow, purpose: string): boolean {
  return consent.state === 'live' && consent.purposes.includes(purpose)
}
