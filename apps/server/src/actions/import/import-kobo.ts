// Records that were sent to a Kobo server (DCS-007): read into memory, made the form's own XML, and taken in through the same gates as every other
// record, on behalf of the practitioner who sent it. Nothing is written down on the way. What the gates refuse stays on the Kobo server and is
// tried again; the log says how many and why, never whose.
import { questionsOf, type FormOutline } from '@attune/forms'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { openKoboServer } from '../../outside/import/live-sources.ts'
import type { SourceRecord, SourceRow } from '../../outside/import/source.ts'
import { Problem } from '../../problems.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { findGrants } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { hasRecord } from '../../store/records/has-record.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { receiveParcel } from '../submission/receive-parcel.ts'
import { toSubmissionXml, type Given } from '../submission/to-submission-xml.ts'
import { findKoboRefusal } from './find-refusal.ts'

export type KoboCounts = { readonly read: number; readonly taken: number; readonly known: number; readonly held: number }

const system = { role: 'system', serviceId: 'operator' } as const
/** Questions of a Kobo form that say who sent it; here the server stamps that and no form asks it. */
const senderQuestions = { email: 'practitioner_email', name: 'practitioner_name', service: 'practitioner_service' } as const
/** The newest come first, so behind so many in a row that are here already there is nothing new. */
const knownInARow = 200

/**
 * Reads the newest records until many in a row are known already; with `all`, every one. Throws when no Kobo server is set, when the agreement with
 * it is not in force, and when it does not answer as Kobo does.
 */
export async function importKobo(attune: Attune, { all = false, signal }: { all?: boolean; signal?: AbortSignal } = {}): Promise<KoboCounts> {
  const { kobo, near } = attune.environment
  if (kobo === undefined) throw new Error('No Kobo server is set (ATTUNE_KOBO_URL, ATTUNE_KOBO_TOKEN, ATTUNE_KOBO_ASSET).')
  const refusal = findKoboRefusal(attune)
  if (refusal !== undefined) throw new Error(refusal)
  const counts = { read: 0, taken: 0, known: 0, held: 0 }
  const reasons = new Map<string, number>()
  const server = { address: kobo.url.replace(/\/+$/, ''), authorization: `Token ${kobo.token}`, near }
  const { records } = await openKoboServer(server, kobo.asset, { newestOnly: true })
  let known = 0
  for await (const record of records) {
    if (signal?.aborted === true) break
    counts.read++
    const outcome = await takeOne(attune, record)
    counts[outcome.is]++
    if (outcome.is === 'held') reasons.set(outcome.because, (reasons.get(outcome.because) ?? 0) + 1)
    known = outcome.is === 'known' ? known + 1 : 0
    if (known >= knownInARow && !all) break
  }
  await withActor(attune.databases.attune, system, '', (trx) =>
    logEvent(trx, { ...system, action: 'kobo.import', outcome: 'done', detail: { ...counts, ...Object.fromEntries(reasons) } }),
  )
  return counts
}

type Outcome = { readonly is: 'taken' | 'known' } | { readonly is: 'held'; readonly because: string }

async function takeOne(attune: Attune, record: SourceRecord): Promise<Outcome> {
  const instanceId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(record.instanceId)?.[0]
  if (instanceId === undefined) return { is: 'held', because: 'id-missing' }
  if (await hasRecord(attune.databases.attune, instanceId)) return { is: 'known' }
  if (record.rejected) return { is: 'held', because: 'rejected-there' }
  if (record.closed) return { is: 'held', because: 'encrypted-there' }
  const { outline } = getFormOfKind(attune.programme, 'client-record')
  const { given, unknown } = toGiven(outline, record.answers)
  if (unknown > 0) return { is: 'held', because: 'question-unknown' }
  const acting = await findSender(attune, textOf(record.answers, senderQuestions.email), textOf(record.answers, senderQuestions.service))
  if (acting === undefined) return { is: 'held', because: 'practitioner-unknown' }
  try {
    const xml = Buffer.from(toSubmissionXml(outline, given, { instanceId }))
    const { repeated } = await receiveParcel(attune, acting, { xml, files: [], incomplete: false })
    return { is: repeated ? 'known' : 'taken' }
  } catch (error) {
    if (error instanceof Problem) return { is: 'held', because: error.code }
    throw error
  }
}

const leafOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)

/** Kobo writes each answer as text under "group/question". An answer that our form does not ask is counted, never dropped. */
function toGiven(outline: FormOutline, answers: SourceRow): { given: Given; unknown: number } {
  const asked = new Set(questionsOf(outline).map(({ name }) => name))
  const senders: readonly string[] = Object.values(senderQuestions)
  const given: Record<string, string> = {}
  let unknown = 0
  for (const [key, value] of Object.entries(answers)) {
    const name = leafOf(key)
    if (senders.includes(name)) continue
    if (asked.has(name) && typeof value === 'string') given[name] = value
    else unknown++
  }
  return { given, unknown }
}

function textOf(answers: SourceRow, question: string): string {
  const [, value] = Object.entries(answers).find(([key]) => leafOf(key) === question) ?? []
  return typeof value === 'string' ? value.trim() : ''
}

/** The practitioner with this work address, at the service that the record names where there are several. */
async function findSender({ databases, keyring }: Attune, email: string, service: string): Promise<Acting | undefined> {
  if (email === '') return undefined
  const account = await withActor(databases.accounts, { role: 'door' }, 'sign-in', (trx) => findAccountByEmail(trx, keyring, email))
  if (account === undefined || account.disabled) return undefined
  const grants = (await withActor(databases.attune, { role: 'door' }, 'sign-in', (trx) => findGrants(trx, account.accountId))).filter(
    ({ role, serviceId, serviceName }) => role === 'practitioner' && (service === '' || service === serviceId || service === serviceName),
  )
  const [grant] = grants
  return grant === undefined || grants.length > 1 ? undefined : { role: 'practitioner', serviceId: grant.serviceId, accountId: account.accountId }
}
