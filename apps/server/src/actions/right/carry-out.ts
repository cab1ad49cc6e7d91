// What a decision does. Everything in the main database happens in the transaction that the decision is made in; a refusal half way undoes all of it.
import { tell } from '@attune/contract'
import { createHash, randomUUID } from 'node:crypto'
import type { PortableBundle } from '@attune/contract'
import { may, type Certificate, type RequestType } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { sealForRecipient } from '../../store/keyring/seal-for-recipient.ts'
import { addPackage } from '../../store/rights/packages.ts'
import { countCorrections } from '../../store/rights/corrections.ts'
import { changeRequest, findOpenLinked, isHeldByOther, withClientOfCode, type RequestChange, type RequestRow } from '../../store/rights/requests.ts'
import { removeConsents, restrictClient, restrictPractitioner, findEnrolments, blankPractitioner } from '../../store/rights/subjects.ts'
import type { Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { buildBundle } from './build-bundle.ts'
import { eraseClient, erasePractitioner } from './erase-subject.ts'
import { moveClient } from './move-client.ts'
import type { DecisionWords } from './request-facts.ts'

type Trx = Transaction<AttuneTables>
/** Turns a bundle into the bytes of a file; the room `present` knows how. */
export type PackBundle = (bundle: PortableBundle) => Promise<Buffer>

/** Carries the outcome out and says how the request stands then. */
export async function carryOut(
  attune: Attune,
  trx: Trx,
  acting: Acting,
  request: RequestRow,
  words: DecisionWords,
  pack: PackBundle,
): Promise<RequestChange> {
  const at = attune.clock.now()
  const refused = request.outcome === 'refuse'
  const as = (request.treated_as ?? request.type) as RequestType
  const certificate = refused ? undefined : await grant(attune, trx, acting, request, as, words, pack)
  const keepsHolding = !refused && as === 'restrict'
  if (!keepsHolding) await release(trx, request)
  await endLinked(trx, request, {
    state: 'done',
    outcome: 'grant',
    holding: false,
    decided_at: at,
    ended_at: at,
    proposed_by: request.proposed_by,
  })
  return {
    state: refused ? 'refused' : 'done',
    holding: keepsHolding,
    decided_at: at,
    ended_at: at,
    ...(certificate !== undefined && { certificate }),
    // An erased client's code is on no request any more.
    ...(certificate?.mark !== undefined &&
      request.subject === 'client' && { code_hash: null, code_sealed: null, words_sealed: null, clock_sealed: null }),
  }
}

async function grant(
  attune: Attune,
  trx: Trx,
  acting: Acting,
  request: RequestRow,
  as: RequestType,
  words: DecisionWords,
  pack: PackBundle,
): Promise<Certificate> {
  const on = toLondonDay(attune.clock.now())
  const nothing: Certificate = { on, records: 0, files: 0, copies: [] }
  switch (as) {
    case 'delete':
    case 'withdraw':
      if (request.subject === 'client') {
        allow(attune, acting, request, 'record.erase', 'delete-on-request')
        return eraseClient(attune, trx, request)
      }
      return as === 'delete' ? erasePractitioner(attune, trx, request, acting.accountId) : removePractitionerConsent(attune, trx, request)
    case 'restrict': {
      const records = request.client_id === null ? 0 : await restrictClient(trx, request.service_id, request.client_id, true)
      if (request.subject === 'practitioner') await restrictPractitioner(trx, request.account_id!, attune.clock.now())
      return { ...nothing, records }
    }
    case 'rectify': {
      const corrections = request.subject === 'client' ? await countCorrections(trx, request.service_id, request.request_id) : 1
      if (corrections === 0) raise('request-step-refused', tell('request.correct-first'))
      return { ...nothing, records: corrections }
    }
    case 'port':
    case 'access':
    case 'whole-service':
      if (words.toServiceId !== undefined) {
        allow(attune, acting, request, 'record.transfer', 'transfer-on-request')
        if (await isHeldByOther(trx, request)) raise('request-step-refused', tell('request.held-by-another'))
        return moveClient(attune, trx, request, words.toServiceId)
      }
      if (words.recipient === undefined) return nothing
      allow(attune, acting, request, 'package.seal', 'transfer-on-request')
      return sealPackage(attune, trx, acting, request, words.recipient, pack)
    default:
      return nothing
  }
}

function allow(
  { programme }: Attune,
  { role }: Acting,
  request: RequestRow,
  act: 'record.erase' | 'record.transfer' | 'package.seal',
  purpose: string,
): void {
  const decision = may(programme.policy, { role, secondFactor: true }, act, { purpose, request: request.reference })
  if (!decision.allowed) raise('not-allowed', telling(decision))
}

async function sealPackage(
  attune: Attune,
  trx: Trx,
  { accountId }: Acting,
  request: RequestRow,
  recipient: NonNullable<DecisionWords['recipient']>,
  pack: PackBundle,
): Promise<Certificate> {
  const { bundle, records, withheld } = await buildBundle(attune, trx, request)
  const sealed = (await sealForRecipient(recipient.ageKey, await pack(bundle))) ?? raise('recipient-key-refused')
  const sha256 = createHash('sha256').update(sealed).digest('hex')
  const at = attune.clock.now()
  await addPackage(trx, {
    service_id: request.service_id,
    package_id: randomUUID(),
    request_id: request.request_id,
    subject: request.subject,
    sealed,
    sha256,
    records,
    withheld,
    made_at: at,
    made_by: accountId,
  })
  return { on: toLondonDay(at), records, files: 0, copies: [], package: { sha256, recipient: recipient.name } }
}

/** Consent taken back: nothing is left that rested on it. The account stays, so that they can sign again if they wish. */
async function removePractitionerConsent({ clock }: Attune, trx: Trx, request: RequestRow): Promise<Certificate> {
  const at = clock.now()
  const ids = (await findEnrolments(trx, request.account_id!)).map((one) => one.practitionerId)
  await removeConsents(trx, ids, at)
  const records = await blankPractitioner(trx, ids, at, toLondonDay(at))
  return { on: toLondonDay(at), records, files: 0, copies: [] }
}

/** Ends the open requests that go with this one, such as the pause while an objection is looked at, and lets go of what they held. */
export async function endLinked(trx: Trx, request: RequestRow, change: RequestChange): Promise<void> {
  for (const linked of await findOpenLinked(trx, request)) {
    await changeRequest(trx, linked, change)
    await release(trx, { ...linked, holding: true })
  }
}

/** Ends what this request held, unless another one still holds it. */
export async function release(trx: Trx, row: RequestRow): Promise<void> {
  if (!row.holding || (await isHeldByOther(trx, row))) return
  const request = await withClientOfCode(trx, row)
  if (request.client_id !== null) await restrictClient(trx, request.service_id, request.client_id, false)
  if (request.account_id !== null) await restrictPractitioner(trx, request.account_id, null)
}
