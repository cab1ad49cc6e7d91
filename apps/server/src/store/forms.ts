// Published form versions. A version is published once and never changes; a device may still send one that a newer has replaced.
import type { ProgrammeForm } from '@attune/programme'
import type { AttuneTables } from './attune-tables.ts'
import { toForm } from './form-drafts.ts'
import { addFormFiles, findFormFiles, toFilesKey } from './form-files.ts'
import type { Reading, Transaction } from './with-actor.ts'

export type FormStatus = 'published' | 'closed'

/** How a version came about, when it did not come with the programme's files. */
export type Publishing = { readonly draftId: string; readonly by: string }

/** Publishes a form of the programme. False when this version is published already with other content. */
export async function publishForm(
  trx: Transaction<AttuneTables>,
  programmeId: string,
  form: ProgrammeForm,
  publishing?: Publishing,
): Promise<boolean> {
  const questions = form.kind === 'practice' ? {} : form.questions
  const added = await trx
    .insertInto('policy.form_versions')
    .values({
      form_id: form.id,
      form_version: form.version,
      programme_id: programmeId,
      kind: form.kind,
      xml: form.xml,
      xml_hash: form.xmlHash,
      outline: JSON.stringify(form.outline),
      questions: JSON.stringify({ title: form.title, file: form.file, ...questions }),
      for_service: form.additions?.serviceId ?? null,
      additions: JSON.stringify(form.additions ?? {}),
      draft_id: publishing?.draftId ?? null,
      published_by: publishing?.by ?? null,
      closed_at: null,
      closed_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) await addFormFiles(trx, { formId: form.id, version: form.version, files: form.files ?? [] })
  const kept = await trx
    .selectFrom('policy.form_versions')
    .select(['xml_hash', 'programme_id'])
    .where('form_id', '=', form.id)
    .where('form_version', '=', form.version)
    .executeTakeFirstOrThrow()
  return kept.xml_hash === form.xmlHash && kept.programme_id === programmeId
}

/** Closes a version: records of it are no longer taken. False when it is not open. */
export async function closeForm(
  trx: Transaction<AttuneTables>,
  { formId, version, by, at }: { formId: string; version: string; by: string; at: Date },
): Promise<boolean> {
  const closed = await trx
    .updateTable('policy.form_versions')
    .set({ status: 'closed', closed_by: by, closed_at: at })
    .where('form_id', '=', formId)
    .where('form_version', '=', version)
    .where('status', '=', 'published')
    .executeTakeFirst()
  return closed.numUpdatedRows > 0n
}

export async function recordPolicyVersion(
  trx: Transaction<AttuneTables>,
  { policyVersion, programmeId, edition }: { policyVersion: string; programmeId: string; edition: string },
): Promise<void> {
  await trx
    .insertInto('policy.policy_versions')
    .values({ policy_version: policyVersion, programme_id: programmeId, edition })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type PublishedForm = { readonly programmeId: string; readonly status: FormStatus; readonly publishedAt: Date; readonly form: ProgrammeForm }

/** Every version that was ever published here, of every programme, the oldest first. */
export async function findPublishedForms(trx: Reading<AttuneTables>): Promise<PublishedForm[]> {
  const rows = await trx.selectFrom('policy.form_versions').selectAll().orderBy('published_at').execute()
  const files = await findFormFiles(trx)
  return rows.map((row) => {
    const { title, file, ...questions } = row.questions as unknown as { title: string; file: string }
    return {
      programmeId: row.programme_id,
      status: row.status,
      publishedAt: row.published_at,
      form: toForm({
        ...row,
        title,
        file_name: file,
        questions,
        additions: row.additions as object,
        files: files.get(toFilesKey(row.form_id, row.form_version)) ?? [],
      }),
    }
  })
}

/** How many records were sent with each version of a form, over all services. */
export async function countRecords(trx: Reading<AttuneTables>, programmeId: string, formId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('answers.records')
    .select(({ fn }) => ['form_version', fn.countAll<string>().as('records')])
    .where('programme_id', '=', programmeId)
    .where('form_id', '=', formId)
    .groupBy('form_version')
    .execute()
  return new Map(rows.map((row) => [row.form_version, Number(row.records)]))
}
