// Works all sums out again from the sealed answers, in memory, and compares them with those that are kept. Nothing is written and nothing of a
// record is told: only how many cells differ, and where.
import type { Answers } from '@attune/forms'
import { measuresIn, type ClientRecordForm, type MeasureUse } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { open, type SealingKey } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { answersPlace } from '../../store/records/places.ts'
import { holdMoment, readCells, readSealedRecords, type SealedRecord } from '../../store/sums/read-sealed-records.ts'
import { withActor } from '../../store/with-actor.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { toClientFacts } from '../submission/client-facts.ts'
import { countedQuestions, toCountedChoices } from '../submission/counted-choices.ts'
import { scoreAnswers } from '../submission/score-answers.ts'
import { makeAdding, type ScoredSession } from './add-client.ts'

export type SumsCheck = {
  readonly records: number
  readonly clients: number
  readonly cells: number
  /** Records whose key is gone or whose form is not known: they can be in no sum. */
  readonly unreadable: number
  /** Names of the cells that differ, without their numbers. */
  readonly differing: readonly string[]
}

/** Holds one moment of the database; submissions go on. Memory grows with the number of cells, not of records. */
export function verifySums(attune: Attune): Promise<SumsCheck> {
  return withActor(attune.databases.attune, { role: 'system' }, 'fold', async (trx) => {
    await holdMoment(trx)
    const adding = makeAdding()
    const forms = makeFormFinder(attune)
    const counts = { records: 0, clients: 0, unreadable: 0 }
    let current: { serviceId: string; clientId: string; programmeId: string; sessions: ScoredSession[] } | undefined
    const close = () => {
      if (current === undefined) return
      adding.addClient(current.serviceId, current.programmeId, current.sessions)
      counts.clients += 1
    }
    for await (const { page, keys } of withKeys(attune, readSealedRecords(trx))) {
      for (const record of page) {
        counts.records += 1
        const key = keys.get(record.clientId)
        const known = forms.at(record)
        const form = known === undefined ? await forms.find(record) : known
        if (key === undefined || form === null) {
          counts.unreadable += 1
          continue
        }
        const answers = JSON.parse(open(key, answersPlace(record), record.answersSealed).toString('utf8')) as Answers
        const { serviceId, clientId, programmeId } = record
        if (current?.clientId !== clientId || current.programmeId !== programmeId || current.serviceId !== serviceId) {
          close()
          current = { serviceId, clientId, programmeId, sessions: [] }
        }
        current.sessions.push(toSession(form, record, answers))
      }
    }
    close()
    const cells = adding.toCells()
    const kept = await readCells(trx)
    const differing: string[] = []
    for (const { cell, numbers } of kept) {
      if (cells.get(cell)?.join(' ') !== numbers) differing.push(cell)
      cells.delete(cell)
    }
    differing.push(...cells.keys())
    await logEvent(trx, {
      serviceId: 'operator',
      role: 'system',
      action: 'sums.verify',
      purpose: 'fold',
      outcome: differing.length === 0 ? 'done' : 'failed',
      detail: { records: counts.records, differing: differing.length },
    })
    return { ...counts, cells: kept.length, differing: differing.sort() }
  })
}

type Page = { readonly page: readonly SealedRecord[]; readonly keys: ReadonlyMap<string, SealingKey> }

/** Pages with the keys of their clients, which are asked for while the page before is worked on. A page is of one service. */
async function* withKeys({ keyring }: Attune, pages: AsyncGenerator<readonly SealedRecord[]>): AsyncGenerator<Page> {
  const read = async (): Promise<Page | undefined> => {
    const { value: page, done } = await pages.next()
    if (done === true) return undefined
    return { page, keys: await keyring.readClientKeys(page[0]!.serviceId, [...new Set(page.map(({ clientId }) => clientId))]) }
  }
  let next = read()
  for (;;) {
    const page = await next
    if (page === undefined) return
    next = read()
    next.catch(() => {})
    yield page
  }
}

/** A form as far as sums are made of it. */
type CountedForm = {
  readonly form: ClientRecordForm
  readonly measures: readonly MeasureUse[]
  readonly counted: readonly string[]
  readonly edition: string
}

/** Forms by id and version, each looked up once: `null` for one that is not known. */
function makeFormFinder(attune: Attune) {
  const { programme } = attune
  const known = new Map<string, Map<string, CountedForm | null>>()
  return {
    at: ({ formId, formVersion }: SealedRecord) => known.get(formId)?.get(formVersion),
    async find({ formId, formVersion }: SealedRecord): Promise<CountedForm | null> {
      const form = await findPublishedForm(attune, formId, formVersion)
      const found =
        form?.kind === 'client-record'
          ? { form, measures: measuresIn(programme, form), counted: countedQuestions(programme, form), edition: programme.policyVersion.edition }
          : null
      if (!known.has(formId)) known.set(formId, new Map())
      known.get(formId)!.set(formVersion, found)
      return found
    },
  }
}

function toSession(
  { form, measures, counted, edition }: CountedForm,
  { sessionOn, received, recordId }: SealedRecord,
  answers: Answers,
): ScoredSession {
  const { timePoint, ageGroup } = toClientFacts(form.questions, answers, edition)
  const { scales, scores } = scoreAnswers(measures, answers)
  return { sessionOn, received, recordId, timePoint, ageGroup, scales, scores, choices: toCountedChoices(counted, form.questions, answers) }
}
