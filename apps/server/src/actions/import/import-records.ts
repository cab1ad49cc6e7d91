// Takes records over from KoboToolbox or ODK Central. Each becomes a submission in a practitioner's name and goes the way of every submission:
// shape, gates, code, scores, seal, sums, event. Nothing is taken that a device could not have sent. Free text is looked through before that.
import { createHash } from 'node:crypto'
import { detect } from '@attune/detector'
import type { FactKind, KeptFacts } from '@attune/contract'
import { readSubmission } from '@attune/forms'
import { checkGates } from '@attune/policy'
import type { ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { SourceUnreadable, type Source, type SourceRecord } from '../../outside/import/source.ts'
import { Problem, raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { findReceived } from '../../store/records/find-received.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { riskQuestions } from '../audit/risk-texts.ts'
import { findOpenForms } from '../form/form-shelf.ts'
import { toLatestDay } from '../london-day.ts'
import { getStanding, toGateState } from '../standing/get-standing.ts'
import { prepareClientRecord } from '../submission/prepare-client-record.ts'
import { readXml } from '../submission/read-xml.ts'
import { receiveParcel } from '../submission/receive-parcel.ts'
import { raiseGate } from '../submission/submit-client-record.ts'
import { stripIdentity } from '../themes/code-themes.ts'
import { findSender } from './find-sender.ts'
import { ImportTally, type ImportReport } from './import-tally.ts'
import { targetsOf, type ImportMapping } from './mapping.ts'
import { makeFormFiller } from './to-form-xml.ts'

/** What happens to a text in which a personal fact is seen: its record is not taken; the text is left empty; the fact is replaced by its kind; or it stays and is counted in the log. */
export const factTreatments = ['refuse', 'empty', 'strip', 'keep'] as const
export type FactTreatment = (typeof factTreatments)[number]

export type ImportOptions = {
  readonly serviceId: string
  /** Who sends what the mapping gives to nobody else: an e-mail address. */
  readonly practitioner?: string
  readonly mapping: ImportMapping
  readonly facts: FactTreatment
  /** Everything is looked at, nothing is kept. */
  readonly dryRun: boolean
  readonly onProgress?: (progress: Readonly<Pick<ImportTally, 'read' | 'stored' | 'repeated' | 'refusedCount'>>) => void
}

const uuid = /^(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i
/** So many are on their way to the database at once: records of one moment are stored together. */
const atOnce = 16

/** The form that a service fills in today, which imported records become. */
export async function getImportForm(attune: Attune, serviceId: string): Promise<ClientRecordForm> {
  const form = (await findOpenForms(attune, serviceId)).find(({ kind }) => kind === 'client-record')
  return form?.kind === 'client-record' ? form : raise('not-found')
}

/** Runs an import, or with `dryRun` everything of it but the keeping. What cannot be taken is counted with its reason and left where it is. */
export async function importRecords(attune: Attune, source: Source, options: ImportOptions): Promise<ImportReport> {
  const { serviceId, mapping, dryRun } = options
  const form = await getImportForm(attune, serviceId)
  const tally = new ImportTally()
  const fill = makeFormFiller(form.outline, mapping, source.form, (...choice) => tally.noteChoice(...choice))
  const risky = new Set(riskQuestions(attune.programme.policy, form))
  const senders = new Map<string, Promise<Acting | undefined>>()
  const senderOf = ({ sentBy = '' }: SourceRecord) => {
    const email = mapping.people[sentBy] ?? options.practitioner ?? sentBy
    if (!senders.has(email)) senders.set(email, findSender(attune, serviceId, email))
    return senders.get(email)!
  }

  const importOne = async (record: SourceRecord): Promise<void> => {
    const instanceId = toUuid(source.kind, record.instanceId)
    if (instanceId === undefined) return tally.refuse('it has no id of its own', '')
    if (record.rejected) return tally.refuse('it was rejected there', instanceId)
    if (record.closed) return tally.refuse('it lies there encrypted', instanceId)
    const acting = await senderOf(record)
    if (acting === undefined) return tally.refuse('nobody here is its practitioner: name one, or map the account that sent it', instanceId)
    const kept: { [kind in FactKind]?: number } = {}
    const naming: string[] = []
    const { xml, leftOut } = fill(instanceId, record.answers, (question, text) => {
      tally.noteFilled(question)
      if (!risky.has(question)) return undefined
      const seen = countFacts(text)
      if (seen === undefined) return undefined
      tally.noteFacts(question, seen)
      if (options.facts === 'empty') return ''
      if (options.facts === 'strip') return stripIdentity(text)
      naming.push(question)
      for (const [kind, count] of Object.entries(seen) as [FactKind, number][]) kept[kind] = (kept[kind] ?? 0) + count
      return undefined
    })
    for (const key of leftOut) tally.noteLeftOut(key)
    if (naming.length > 0 && options.facts === 'refuse')
      return tally.refuse(`a personal fact is seen in ${[...new Set(naming)].join(', ')}`, instanceId)
    try {
      const parcel = { xml: Buffer.from(xml), files: [], incomplete: false, ...(naming.length > 0 && { keptFacts: kept }) }
      if (dryRun ? await isHere(attune, acting, form, parcel, instanceId) : (await receiveParcel(attune, acting, parcel)).repeated) tally.repeated++
      else tally.stored++
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'submission-changed') tally.change(instanceId)
      else tally.refuse(toReason(error), instanceId)
    }
  }

  const failed = await eachOf(source.records, atOnce, async (record) => {
    await importOne(record)
    tally.read++
    options.onProgress?.(tally)
  })
  if (!dryRun) await noteImport(attune, source.kind, options, tally, failed === undefined)
  if (failed !== undefined) throw failed
  return tally.toReport(
    targetsOf(form.outline)
      .map(({ name }) => name)
      .filter((name) => !Object.hasOwn(mapping.set, name)),
  )
}

/** Everything that a submission is asked, without keeping it. True: it is here already. Raises what a submission would. */
async function isHere(
  attune: Attune,
  acting: Acting,
  form: ClientRecordForm,
  parcel: Parameters<typeof receiveParcel>[2],
  instanceId: string,
): Promise<boolean> {
  const read = readXml(parcel.xml)
  if ('refused' in read) raise('submission-malformed')
  const reading = readSubmission(form.outline, read.root, { latestDay: toLatestDay(attune.clock.now()) })
  if (reading.issues.length > 0) raise('submission-invalid', { fields: reading.issues.map(({ path, message }) => ({ place: path, why: message })) })
  const standing = await getStanding(attune, acting)
  const prepared = prepareClientRecord(attune, acting, { parcel, form, reading, instanceId }, standing)
  const received = await findReceived(attune.databases.attune, acting, instanceId)
  if (received !== undefined) return received.contentHash.equals(prepared.row.contentHash) || raise('submission-changed')
  const decision = checkGates(attune.programme.policy, form.kind, toGateState(attune, standing, prepared.attestation))
  return decision.allowed ? false : raiseGate(decision)
}

function countFacts(text: string): KeptFacts | undefined {
  const counts: { [kind in FactKind]?: number } = {}
  const found = detect(text)
  for (const { type } of found) counts[type] = (counts[type] ?? 0) + 1
  return found.length === 0 ? undefined : counts
}

/** Places and why, as the shape check says them; where it names none, the problem's own sentence or code. */
function toReason({ code, more }: Problem): string {
  const [first] = more.fields ?? []
  return first === undefined ? (more.detail ?? code) : `${first.place}: ${first.why}`
}

/** ODK lets an id be any text; ours are uuids, so another one is made into one, always the same. */
function toUuid(kind: string, instanceId: string): string | undefined {
  if (instanceId.trim() === '') return undefined
  const given = uuid.exec(instanceId.trim())?.[1]
  if (given !== undefined) return given.toLowerCase()
  const hex = createHash('sha256').update(`${kind}\n${instanceId.trim()}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

/** Works on several at once and stops taking new ones after the first failure, which is returned when the rest is done. */
async function eachOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<Error | undefined> {
  const running = new Set<Promise<void>>()
  let failed: Error | undefined
  const fail = (error: unknown) => (failed ??= error instanceof Error ? error : new SourceUnreadable('The source could not be read.'))
  try {
    for await (const item of items) {
      const run: Promise<void> = work(item)
        .catch(fail)
        .then(() => void running.delete(run))
      running.add(run)
      if (running.size >= limit) await Promise.race(running)
      if (failed !== undefined) break
    }
  } catch (error) {
    fail(error)
  }
  await Promise.all(running)
  return failed
}

async function noteImport(
  { databases }: Attune,
  from: Source['kind'],
  { serviceId, facts }: ImportOptions,
  tally: ImportTally,
  whole: boolean,
): Promise<void> {
  const { read, stored, repeated, changedCount: changed, refusedCount: refused } = tally
  await withActor(databases.attune, { role: 'system', serviceId }, '', (trx) =>
    logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'record.import',
      outcome: whole ? 'done' : 'failed',
      detail: { from, facts, read, stored, repeated, changed, refused },
    }),
  )
}
