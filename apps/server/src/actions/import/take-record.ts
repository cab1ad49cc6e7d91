// One record from elsewhere becomes one submission here, whether a person runs the import or the clock does: whose it is, what of it has a place,
// its free text looked through, its files fetched, and then through every gate that a device's submission passes. Nothing is written on the way.
import { createHash } from 'node:crypto'
import { submissionLimitBytes } from '@attune/contract'
import { checkGates } from '@attune/policy'
import type { ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import type { FactTreatment } from '../../env.ts'
import { fileTooLong, SourceUnreadable, type Source, type SourceFile, type SourceRecord } from '../../outside/import/source.ts'
import { Problem, raise } from '../../problems.ts'
import { findFileHashes, findReceived } from '../../store/records/find-received.ts'
import { hasRecord } from '../../store/records/has-record.ts'
import type { Acting } from '../acting.ts'
import { riskQuestions } from '../audit/risk-texts.ts'
import { findOpenForms } from '../form/form-shelf.ts'
import { getStanding, toGateState } from '../standing/get-standing.ts'
import { isPlainFileName } from '../submission/check-files.ts'
import { checkParcel, receiveParcel } from '../submission/receive-parcel.ts'
import { prepareClientRecord } from '../submission/prepare-client-record.ts'
import type { Parcel, SubmittedFile } from '../submission/submission.ts'
import { raiseGate } from '../submission/submit-client-record.ts'
import { makeSenderFinder, withoutSender, type Attribution } from './find-sender.ts'
import type { ImportTally } from './import-tally.ts'
import { lookThrough } from './look-through.ts'
import type { ImportMapping } from './mapping.ts'
import { makeFormFiller } from './to-form-xml.ts'

export type Taking = Attribution & {
  readonly mapping: ImportMapping
  readonly facts: FactTreatment
  /** What has no place here: the record is taken without it and the report says so, or the record is not taken. */
  readonly unplaced: 'leave' | 'refuse'
  /** Files of a record come along, or stay where they are. A record whose file cannot be had is not taken. */
  readonly files: 'take' | 'leave'
  /** Everything is looked at, nothing is kept. */
  readonly dryRun: boolean
}

/** `changed`: it is here and different there since. `because` is a code for the log, `sentence` is for whoever runs the import; neither holds an answer. */
export type Outcome =
  | { readonly is: 'stored'; readonly files: number }
  | { readonly is: 'repeated' | 'changed' }
  | { readonly is: 'refused'; readonly because: string; readonly sentence: string }

/** The form that a service fills in today, which imported records become. */
export async function getImportForm(attune: Attune, serviceId: string): Promise<ClientRecordForm> {
  const form = (await findOpenForms(attune, serviceId)).find(({ kind }) => kind === 'client-record')
  return form?.kind === 'client-record' ? form : raise('not-found')
}

const refuse = (because: string, sentence: string): Outcome => ({ is: 'refused', because, sentence })

/** Makes what takes the records of a source one by one, several at once if need be. What it sees on the way goes into `tally`. */
export function makeTaker(attune: Attune, { kind, form: theirs }: Pick<Source, 'kind' | 'form'>, taking: Taking, tally: ImportTally) {
  const findSender = makeSenderFinder(attune, taking)
  const fillers = new Map<string, ReturnType<typeof prepare>>()
  const prepare = async (serviceId: string) => {
    const form = await getImportForm(attune, serviceId)
    const fill = makeFormFiller(form.outline, taking.mapping, theirs, (...choice) => tally.noteChoice(...choice))
    return { form, fill, risky: new Set(riskQuestions(attune.programme.policy, form)) }
  }
  const fillerOf = (serviceId: string) => {
    if (!fillers.has(serviceId)) fillers.set(serviceId, prepare(serviceId))
    return fillers.get(serviceId)!
  }

  const take = async (record: SourceRecord, instanceId: string): Promise<Outcome> => {
    const acting = await findSender(record)
    if (acting === undefined)
      return refuse('practitioner-unknown', 'nobody here is its practitioner: name one, or map the account or the address that sent it')
    const { form, fill, risky } = await fillerOf(acting.serviceId)
    const look = lookThrough(risky, taking.facts, (question, seen) => tally.noteFacts(question, seen))
    const filled = fill(instanceId, { ...record, answers: withoutSender(record.answers) }, (question, text) => {
      tally.noteFilled(question)
      return look.instead(question, text)
    })
    for (const key of filled.leftOut) tally.noteLeftOut(key)
    if (filled.unnamed > 0) tally.noteUnnamed(instanceId, filled.unnamed)
    if (filled.leftOut.length > 0 && taking.unplaced === 'refuse')
      return refuse('question-unknown', 'it holds an answer to a question that is not asked here')
    if (look.naming().length > 0 && taking.facts === 'refuse')
      return refuse('personal-fact', `a personal fact is seen in ${look.naming().join(', ')}`)
    if (filled.missing.length > 0 && taking.files === 'take')
      return refuse('file-missing', `a file that it names is not there: ${[...new Set(filled.missing)].join(', ')}`)
    const kept = look.kept()
    const parcel = { xml: Buffer.from(filled.xml), ...(kept && { keptFacts: kept }) }
    const here = await findHere(attune, acting, instanceId, parcel.xml, filled.files)
    if (here !== undefined) return { is: here }
    let repeated: boolean | undefined
    for await (const { files, more } of inParcels(filled.files, submissionLimitBytes - parcel.xml.length)) {
      if (taking.dryRun) await lookOnly(attune, acting, form, { ...parcel, files, incomplete: true }, instanceId)
      else repeated ??= (await receiveParcel(attune, acting, { ...parcel, files, incomplete: more })).repeated
    }
    return repeated === true ? { is: 'repeated' } : { is: 'stored', files: filled.files.length }
  }

  /** Takes one record, or says why not. Throws only what is wrong with this server. */
  return async function takeRecord(record: SourceRecord): Promise<Outcome> {
    const instanceId = toUuid(kind, record.instanceId)
    if (instanceId === undefined) return refuse('id-missing', 'it has no id of its own')
    const outcome = await attempt(
      record.rejected
        ? async () => refuse('rejected-there', 'it was rejected there')
        : record.closed
          ? async () => refuse('encrypted-there', 'it lies there encrypted')
          : () => take(record, instanceId),
    )
    // What is here already is not missing, whatever would stand in its way today.
    if (outcome.is !== 'refused' || !(await hasRecord(attune.databases.attune, instanceId))) return outcome
    return { is: record.rejected || record.closed ? 'changed' : 'repeated' }
  }
}

async function attempt(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SourceUnreadable) return refuse('file-unreadable', `a file of it could not be had: ${error.message}`)
    if (!(error instanceof Problem)) throw error
    return error.code === 'submission-changed' ? { is: 'changed' } : refuse(error.code, toReason(error))
  }
}

/** What is here of this record, asked before a file is fetched: all of it, another content, or not all of its files. */
async function findHere(
  { databases, keyring }: Attune,
  acting: Acting,
  instanceId: string,
  xml: Buffer,
  files: readonly SourceFile[],
): Promise<'repeated' | 'changed' | undefined> {
  const received = await findReceived(databases.attune, acting, instanceId)
  if (received === undefined) return undefined
  if (!received.contentHash.equals(keyring.lookupHash('submission', acting.serviceId, xml))) return 'changed'
  const arrived = files.length === 0 ? new Set<string>() : await findFileHashes(databases.attune, acting, instanceId)
  return files.every(({ name }) => arrived.has(keyring.lookupHash('file-name', acting.serviceId, name).toString('hex'))) ? 'repeated' : undefined
}

/**
 * The files in as few parcels as fit, each read when it is its turn; one parcel without any when there are none. A collecting app splits them alike.
 * The kind of each is judged by its bytes when it is taken in.
 */
async function* inParcels(
  files: readonly SourceFile[],
  mostBytes: number,
): AsyncIterable<{ readonly files: readonly SubmittedFile[]; readonly more: boolean }> {
  let parcel: SubmittedFile[] = []
  let bytes = 0
  for (const { name, read } of files) {
    if (!isPlainFileName(name)) throw new SourceUnreadable('Its name is no plain name of a file.')
    const content = await read()
    if (content.length > mostBytes) throw new SourceUnreadable(fileTooLong)
    if (bytes + content.length > mostBytes) {
      yield { files: parcel, more: true }
      ;[parcel, bytes] = [[], 0]
    }
    parcel.push({ name, type: '', bytes: content })
    bytes += content.length
  }
  yield { files: parcel, more: false }
}

/** Everything that a submission is asked, without keeping it. */
async function lookOnly(attune: Attune, acting: Acting, form: ClientRecordForm, parcel: Parcel, instanceId: string): Promise<void> {
  const { reading } = await checkParcel(attune, acting, parcel)
  const standing = await getStanding(attune, acting)
  const { attestation } = prepareClientRecord(attune, acting, { parcel, form, reading, instanceId }, standing)
  const decision = checkGates(attune.programme.policy, form.kind, toGateState(attune, standing, attestation))
  if (!decision.allowed) raiseGate(decision)
}

/** Places and why, as the shape check says them; where it names none, the problem's own sentence or code. */
function toReason({ code, more }: Problem): string {
  const [first] = more.fields ?? []
  return first === undefined ? (more.detail ?? code) : `${first.place}: ${first.why}`
}

const uuid = /^(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** ODK lets an id be any text; ours are uuids, so another one is made into one, always the same. */
function toUuid(kind: string, instanceId: string): string | undefined {
  if (instanceId.trim() === '') return undefined
  const given = uuid.exec(instanceId.trim())?.[1]
  if (given !== undefined) return given.toLowerCase()
  const hex = createHash('sha256').update(`${kind}\n${instanceId.trim()}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
