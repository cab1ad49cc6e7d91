// Works all sums out again from the sealed answers, in memory, and compares them with those that are kept. Nothing is written and nothing of a
// record is told: only how many cells differ, and where.
import type { Answers } from '@attune/forms'
import { measuresIn, type ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { answersPlace } from '../../store/records/places.ts'
import { holdMoment, readCells, readSealedRecords, type SealedRecord } from '../../store/sums/read-sealed-records.ts'
import { withActor } from '../../store/with-actor.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { findKeys } from '../record/open-rows.ts'
import { toClientFacts } from '../submission/client-facts.ts'
import { countedQuestions, toCountedChoices } from '../submission/counted-choices.ts'
import { scoreAnswers } from '../submission/score-answers.ts'
import { addClient, type Cells, type ScoredSession } from './add-client.ts'

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
    const cells: Cells = new Map()
    const counts = { records: 0, clients: 0, unreadable: 0 }
    let current: { readonly key: string; readonly serviceId: string; readonly programmeId: string; readonly sessions: ScoredSession[] } | undefined
    const close = () => {
      if (current === undefined) return
      addClient(cells, current.serviceId, current.programmeId, current.sessions)
      counts.clients += 1
    }
    for await (const page of readSealedRecords(trx)) {
      const keys = await findKeys(attune, page)
      for (const record of page) {
        counts.records += 1
        const key = keys.get(`${record.serviceId}/${record.clientId}`)
        const form = await findClientForm(attune, record)
        if (key === undefined || form === undefined) {
          counts.unreadable += 1
          continue
        }
        const answers = JSON.parse(open(key, answersPlace(record), record.answersSealed).toString('utf8')) as Answers
        const name = `${record.serviceId}/${record.clientId}/${record.programmeId}`
        if (current?.key !== name) {
          close()
          current = { key: name, serviceId: record.serviceId, programmeId: record.programmeId, sessions: [] }
        }
        current.sessions.push(toSession(attune, form, record, answers))
      }
    }
    close()
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

async function findClientForm(attune: Attune, { formId, formVersion }: SealedRecord): Promise<ClientRecordForm | undefined> {
  const form = await findPublishedForm(attune, formId, formVersion)
  return form?.kind === 'client-record' ? form : undefined
}

function toSession({ programme }: Attune, form: ClientRecordForm, record: SealedRecord, answers: Answers): ScoredSession {
  const { timePoint, ageGroup } = toClientFacts(form.questions, answers, programme.policyVersion.edition)
  const { scales, scores } = scoreAnswers(measuresIn(programme, form), answers)
  return {
    sessionOn: record.sessionOn,
    received: record.received,
    recordId: record.recordId,
    timePoint,
    ageGroup,
    scales,
    scores,
    choices: toCountedChoices(countedQuestions(programme, form), form.questions, answers),
  }
}
