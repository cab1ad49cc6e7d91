// What happens to a record after it was sent, as far as its scores are concerned. The sums follow in the same transaction by themselves: a
// trigger on scores.record_scores says what the client stood for before and stands for now. Call these inside the transaction that changes
// the record, as `system` (withActor(database, { role: 'system' }, purpose, …)); nothing else has to be done for reports to be right.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>
type Record = { readonly serviceId: string; readonly recordId: string }

/** What a corrected record now says; leave out what stays. `scales` and `scores` go side by side, as `scoreAnswers` gives them. */
export type NewScores = {
  readonly sessionOn?: string
  readonly timePoint?: 'before' | 'during' | 'after'
  readonly ageGroup?: string
  readonly scales?: readonly string[]
  readonly scores?: readonly number[]
  /** From `toCountedChoices`. */
  readonly choices?: readonly string[]
}

export type ScoresChange =
  /** A correction, or an audit that changed a coded answer. */
  | { readonly kind: 'change'; readonly record: Record; readonly to: NewScores }
  /** An erasure, or a disposal: the scores go and the sums forget them. */
  | { readonly kind: 'vanish'; readonly serviceId: string; readonly recordIds: readonly string[] }
  /** A transfer to another service, or a record that was filed under the wrong client code. */
  | { readonly kind: 'move'; readonly record: Record; readonly toServiceId: string; readonly toClientId: string }
  /** A restriction or a hold (false) and its end (true). */
  | { readonly kind: 'count'; readonly record: Record; readonly counted: boolean }

/** Brings scores, and with them the sums, in line with what happened to a record. Returns the number of records concerned. */
export async function changeScores(trx: Trx, change: ScoresChange): Promise<number> {
  switch (change.kind) {
    case 'change': {
      const { record, to } = change
      if ((to.scales?.length ?? 0) !== (to.scores?.length ?? 0)) throw new Error('Every scale needs a score and every score its scale.')
      const values = {
        ...(to.sessionOn !== undefined && { session_on: to.sessionOn }),
        ...(to.timePoint !== undefined && { time_point: to.timePoint }),
        ...(to.ageGroup !== undefined && { age_group: to.ageGroup }),
        ...(to.scales !== undefined && { scales: [...to.scales], scores: [...(to.scores ?? [])] }),
        ...(to.choices !== undefined && { choices: [...to.choices] }),
      }
      if (Object.keys(values).length === 0) return 0
      return rowsOf(await here(trx, record).set(values).executeTakeFirst())
    }
    case 'vanish': {
      const { numDeletedRows } = await trx
        .deleteFrom('scores.record_scores')
        .where('service_id', '=', change.serviceId)
        .where('record_id', 'in', [...change.recordIds])
        .executeTakeFirst()
      return Number(numDeletedRows)
    }
    case 'move': {
      const { record, toServiceId, toClientId } = change
      if (record.serviceId === toServiceId) return rowsOf(await here(trx, record).set({ client_id: toClientId }).executeTakeFirst())
      // The service is what rows are spread by: a row does not change it, it goes and another one comes.
      const { numAffectedRows } = await sql`
        with gone as (delete from scores.record_scores where service_id = ${record.serviceId} and record_id = ${record.recordId} returning *)
        insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted)
        select ${toServiceId}, record_id, ${toClientId}, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted from gone`.execute(
        trx,
      )
      return Number(numAffectedRows ?? 0)
    }
    case 'count':
      return rowsOf(await here(trx, change.record).set({ counted: change.counted }).executeTakeFirst())
  }
}

function here(trx: Trx, { serviceId, recordId }: Record) {
  return trx.updateTable('scores.record_scores').where('service_id', '=', serviceId).where('record_id', '=', recordId)
}

function rowsOf({ numUpdatedRows }: { readonly numUpdatedRows: bigint }): number {
  return Number(numUpdatedRows)
}
