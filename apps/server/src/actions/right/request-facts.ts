// Small facts that every step of a request needs: the clock's day, the sealed words, who it is about.
import { randomBytes } from 'node:crypto'
import { codeSymbols, requestDueOn, type ClockWords, type RequestFacts, type Refusal } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { requestPlace } from '../../store/records/places.ts'
import type { RequestChange, RequestRow } from '../../store/rights/requests.ts'

/** What was decided, in words; sealed beside the request. */
export type DecisionWords = {
  readonly reasons: string
  readonly recipient?: { readonly name: string; readonly ageKey: string }
  readonly toServiceId?: string
  readonly treatedBecause?: string
}

/** Like R-7KQ4M2: short, and easy to say. */
export function newReference(): string {
  const bytes = randomBytes(6)
  return `R-${[...bytes].map((byte) => codeSymbols[byte % codeSymbols.length]).join('')}`
}

/** A step that may not be taken is told with the policy's own sentence. */
export function refuseStep(refusal: Refusal): never {
  const { because } = refusal
  if (because === 'second-person-same') raise('second-person-same', telling(refusal))
  if (because === 'reasons-missing')
    raise('request-incomplete', { ...telling(refusal), fields: [{ place: '/reasons', why: 'is missing or too short' }] })
  raise('request-step-refused', telling(refusal))
}

export const dueOf = ({ programme }: Attune, facts: RequestFacts): string | null => requestDueOn(programme.policy, facts) ?? null

export function sealDecision({ keyring }: Attune, requestId: string, words: DecisionWords): Buffer {
  return keyring.sealIdentity(requestPlace(requestId, 'decision'), JSON.stringify(words))
}

export function openDecision({ keyring }: Attune, { request_id, decision_sealed }: RequestRow): DecisionWords | undefined {
  if (decision_sealed === null) return undefined
  return JSON.parse(keyring.openIdentity(requestPlace(request_id, 'decision'), decision_sealed).toString('utf8')) as DecisionWords
}

export function sealClockWords({ keyring }: Attune, requestId: string, words: ClockWords): Buffer {
  return keyring.sealIdentity(requestPlace(requestId, 'clock'), JSON.stringify(words))
}

export function openClockWords({ keyring }: Attune, { request_id, clock_sealed }: RequestRow): ClockWords {
  if (clock_sealed === null) return {}
  return JSON.parse(keyring.openIdentity(requestPlace(request_id, 'clock'), clock_sealed).toString('utf8')) as ClockWords
}

export function openCode({ keyring }: Attune, { request_id, code_sealed }: RequestRow): string | undefined {
  return code_sealed === null ? undefined : keyring.openIdentity(requestPlace(request_id, 'code'), code_sealed).toString('utf8')
}

export function openWords({ keyring }: Attune, { request_id, words_sealed }: RequestRow): string | undefined {
  return words_sealed === null ? undefined : keyring.openIdentity(requestPlace(request_id, 'words'), words_sealed).toString('utf8')
}

/** A row as it will stand after a change. */
export const after = (row: RequestRow, change: RequestChange): RequestRow => ({ ...row, ...change })
