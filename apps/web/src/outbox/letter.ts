import type { KeptFacts, ShownDocuments } from '@attune/contract'
import type { KeptAttachment } from '../vault/draft.ts'

/** Why a record was put aside, in words for the person. */
export type Parked = {
  readonly code: string
  readonly title: string
  readonly next: string
  readonly fields: readonly { readonly place: string; readonly why: string }[]
}

/** A finished form on its way to the server, as it lies sealed on the device. */
export type Letter = {
  readonly format: 1
  readonly instanceId: string
  readonly draftId: string
  readonly formId: string
  readonly title: string
  readonly code: string
  readonly xml: string
  /** Absent in letters of older versions of the app. */
  readonly keptFacts?: KeptFacts
  /** With a consent: hashes of the texts that were on the screen. */
  readonly shown?: ShownDocuments
  readonly attachments: readonly KeptAttachment[]
  readonly finishedAt: string
  readonly tries: number
  /** An instant; empty when it may be sent at once. */
  readonly nextTryAt: string
  readonly parked: Parked | null
}

export type LetterSummary = Omit<Letter, 'xml' | 'format' | 'attachments' | 'keptFacts' | 'shown'>

/** Time and code only: what a practitioner sees of a record once it has arrived. */
export type KeptReceipt = {
  readonly instanceId: string
  readonly formId: string
  readonly code: string
  readonly receivedAt: string
  readonly repeated: boolean
}

const firstWaitMs = 4_000
const longestWaitMs = 15 * 60_000
/** The longest that a server's own word (Retry-After) is followed. */
export const longestAskedMs = 60 * 60_000

/** How long to wait after so many tries: doubling, at most a quarter of an hour, spread by `chance` (0 to 1) so that devices do not knock together. */
export function backOffMs(tries: number, chance: number): number {
  const whole = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, tries - 1))
  return Math.round(whole * (0.5 + chance / 2))
}

/**
 * True when a letter may be tried now. A time further off than any wait is a clock that was set back meanwhile: the letter goes at once rather
 * than in the year that the clock used to show.
 */
export function isDue(letter: Pick<Letter, 'nextTryAt' | 'parked'>, now: string): boolean {
  if (letter.parked !== null) return false
  return letter.nextTryAt <= now || Date.parse(letter.nextTryAt) - Date.parse(now) > longestAskedMs
}

// These pass by themselves once the person, their lead or the administrator has done something; the record itself is right.
const passing: readonly string[] = [
  'consent-missing',
  'terms-missing',
  'device-not-attested',
  'training-missing',
  'service-not-live',
  'programme-closed',
  'form-closed',
  'form-unknown',
  'form-version-unknown',
  'not-allowed',
  'purpose-refused',
  'too-many-tries',
]

/** True when sending the very same record again can succeed later. */
export function isWorthAnotherTry(parked: Parked): boolean {
  return passing.includes(parked.code)
}
