import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { SealedRecord } from './read-sealed-records.ts'

type Trx = Transaction<AttuneTables>

export type SavedCoding = {
  readonly codingId: string
  readonly question: string
  readonly from: string
  readonly until: string
  readonly textsRead: number
  readonly savedAt: Date
  readonly themes: readonly { readonly theme: string; readonly count: number }[]
}

export async function addCoding(
  trx: Trx,
  programmeId: string,
  { codingId, question, from, until, textsRead, savedAt, themes }: SavedCoding,
): Promise<void> {
  await trx
    .insertInto('sums.theme_counts')
    .values(
      themes.map(({ theme, count }) => ({
        coding_id: codingId,
        theme,
        programme_id: programmeId,
        question,
        from_period: from,
        until_period: until,
        texts_read: textsRead,
        n: count,
        saved_at: savedAt,
      })),
    )
    .execute()
}

/** Newest first. */
export async function listCodings(trx: Trx, programmeId: string): Promise<SavedCoding[]> {
  const rows = await trx
    .selectFrom('sums.theme_counts')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .orderBy('saved_at', 'desc')
    .orderBy('n', 'desc')
    .orderBy('theme')
    .execute()
  const codings = new Map<string, SavedCoding & { themes: { theme: string; count: number }[] }>()
  for (const row of rows) {
    const coding = codings.get(row.coding_id) ?? {
      codingId: row.coding_id,
      question: row.question,
      from: row.from_period,
      until: row.until_period,
      textsRead: row.texts_read,
      savedAt: row.saved_at,
      themes: [],
    }
    coding.themes.push({ theme: row.theme, count: row.n })
    codings.set(row.coding_id, coding)
  }
  return [...codings.values()]
}

export type TextRecord = Pick<SealedRecord, 'serviceId' | 'recordId' | 'clientId' | 'formId' | 'formVersion' | 'answersSealed'> & {
  readonly authorSealed: Buffer | null
}

/** Records of some days in the order of their random ids, which says nothing about when or where. */
export async function findTextRecords(
  trx: Trx,
  { programmeId, from, until, after, limit }: { programmeId: string; from: string; until: string; after: string; limit: number },
): Promise<TextRecord[]> {
  const { rows } = await sql<TextRecord>`
    select r.service_id as "serviceId", r.record_id as "recordId", r.client_id as "clientId", r.form_id as "formId", r.form_version as "formVersion",
      r.answers_sealed as "answersSealed", a.sealed as "authorSealed"
    from answers.records r left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
    where r.programme_id = ${programmeId} and r.restricted_at is null and r.session_on between ${from} and ${until} and r.record_id > ${after}
    order by r.record_id limit ${limit}`.execute(trx)
  return rows
}
