import { detectAccountName } from './detectors/account-name.ts'
import { detectAddress } from './detectors/address.ts'
import { detectDate } from './detectors/date.ts'
import type { Candidate, Detector, Reading } from './detectors/detector.ts'
import { detectEmail } from './detectors/email.ts'
import { findKnownPhrases } from './detectors/known-phrase.ts'
import { detectNationalInsurance } from './detectors/national-insurance.ts'
import { detectNhsNumber } from './detectors/nhs-number.ts'
import { detectOrganisation } from './detectors/organisation.ts'
import { detectPerson } from './detectors/person.ts'
import { detectPhone } from './detectors/phone.ts'
import { detectPostcode } from './detectors/postcode.ts'
import { detectReference } from './detectors/reference.ts'
import { detectRoster } from './detectors/roster.ts'
import { detectSpecialCategory } from './detectors/special-category.ts'
import { detectWebAddress } from './detectors/web-address.ts'
import type { Finding } from './finding.ts'
import { getLexicon, type Lexicon } from './lexicon/lexicon.ts'
import { fold } from './tokens/fold.ts'
import { readTokens } from './tokens/read-tokens.ts'

/** Where two finds meet, the earlier in this list keeps its words. */
const detectors: readonly Detector[] = [
  detectEmail,
  detectWebAddress,
  detectAccountName,
  detectNhsNumber,
  detectNationalInsurance,
  detectPostcode,
  detectDate,
  detectReference,
  detectPhone,
  detectAddress,
  detectOrganisation,
  detectRoster,
  detectSpecialCategory,
  detectPerson,
]

export type DetectOptions = {
  /** Names this one record holds (client, household, worker). Never a whole caseload: that marks one word in thirty for nothing. */
  readonly roster?: readonly string[]
  /** Words of this service that look like names and are nobody's: its projects, rooms and tools. */
  readonly serviceWords?: readonly string[]
}

/**
 * Finds what may say who somebody is. Findings stand in the order of the text and never overlap. Nothing found is reduced risk, never proof
 * that nobody can be known from the text.
 * @example detect('Rang Ffion on 07700 900 222') // PERSON 5–10, CONTACT 14–27
 */
export function detect(text: string, options: DetectOptions = {}): Finding[] {
  return detectWith(getLexicon(), text, options)
}

/** The same with lists of one's own: the bench leaves names out to see how unlisted ones fare. */
export function detectWith(lexicon: Lexicon, text: string, options: DetectOptions = {}): Finding[] {
  return detectIn(readText(lexicon, text, options))
}

/** A text ready to be looked through. */
export function readText(lexicon: Lexicon, text: string, { roster = [], serviceWords = [] }: DetectOptions = {}): Reading {
  return { text, tokens: readTokens(text), lexicon, roster: toRosterWords(roster), serviceWords: new Set(serviceWords.map(fold)) }
}

/** Runs every detector once over a reading. */
export function detectIn(reading: Reading): Finding[] {
  const { tokens } = reading
  const taken = new Uint8Array(tokens.length)
  for (const [from, to] of findKnownPhrases(reading)) taken.fill(1, from, to)
  const kept: Candidate[] = []
  for (const one of detectors) {
    for (const candidate of one(reading)) {
      const free = withoutTaken(candidate, taken)
      if (free === undefined) continue
      taken.fill(1, free.from, free.to)
      kept.push(free)
    }
  }
  kept.sort((a, b) => a.from - b.from)
  return kept.map(({ from, to, type, confidence, because }) => ({ start: tokens[from]!.start, end: tokens[to - 1]!.end, type, confidence, because }))
}

/** Names lose what others hold at their ends ("Amina" stays when "Khan Road" is an address); everything else must be whole. */
function withoutTaken(candidate: Candidate, taken: Uint8Array): Candidate | undefined {
  let { from, to } = candidate
  if (candidate.type === 'PERSON') {
    while (from < to && taken[from] === 1) from += 1
    while (to > from && taken[to - 1] === 1) to -= 1
  }
  if (from === to) return undefined
  for (let at = from; at < to; at += 1) if (taken[at] === 1) return undefined
  return { ...candidate, from, to }
}

const notNames = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'the', 'and', 'of', 'baby', 'mum', 'dad'])

/** The words of the names, folded; one letter says nothing. */
function toRosterWords(roster: readonly string[]): string[] {
  const words = roster.flatMap((name) => fold(name).split(/[^\p{L}'’]+/u)).filter((word) => word.length > 1 && !notNames.has(word))
  return [...new Set(words)]
}
