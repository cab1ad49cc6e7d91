// Forms on the desk: handed in by one person, published or withdrawn by another. Row security shows a service lead only the own service's.
import type { FormFile, FormOutline } from '@attune/forms'
import type { FormAdditions, FormIssue, MeasureDomain, ProgrammeForm } from '@attune/programme'
import type { Sheet } from '@attune/xlsform'
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

/** Why a service's own measure suits its clients: who it is for, how it fits the work, what its owner allows, and why it is needed. */
export type MeasureReview = {
  readonly scaleId: string
  readonly domain: MeasureDomain
  readonly purposes: readonly string[]
  readonly whom: string
  readonly fit: string
  readonly licence: string
  readonly need: string
}

/** Why a measure that a service added is taken out of its form again, and the measure's name. */
export type MeasureRemoval = { readonly scaleId: string; readonly measure: string; readonly reason: string }

export function isRemoval(review: FormDraft['review']): review is MeasureRemoval {
  return review !== undefined && 'reason' in review
}

export type FormDraft = {
  readonly serviceId: string
  readonly draftId: string
  readonly form: ProgrammeForm
  readonly sheets: readonly Sheet[]
  readonly warnings: readonly FormIssue[]
  readonly review: MeasureReview | MeasureRemoval | undefined
  readonly state: 'draft' | 'published' | 'withdrawn'
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decidedAt: Date | null
}

type Trx = Pick<Transaction<AttuneTables>, 'selectFrom'>
export type NewDraft = Omit<FormDraft, 'state' | 'decidedAt'> & { readonly programmeId: string }

export async function addDraft(trx: Transaction<AttuneTables>, { form, programmeId, ...draft }: NewDraft): Promise<void> {
  await trx
    .insertInto('policy.form_drafts')
    .values({
      service_id: draft.serviceId,
      draft_id: draft.draftId,
      programme_id: programmeId,
      form_id: form.id,
      form_version: form.version,
      kind: form.kind,
      title: form.title,
      file_name: form.file,
      workbook: JSON.stringify(draft.sheets),
      xml: form.xml,
      xml_hash: form.xmlHash,
      outline: JSON.stringify(form.outline),
      questions: JSON.stringify(form.kind === 'practice' ? {} : form.questions),
      additions: JSON.stringify(form.additions ?? {}),
      warnings: JSON.stringify(draft.warnings),
      files: JSON.stringify(form.files ?? []),
      review: draft.review === undefined ? null : JSON.stringify(draft.review),
      proposed_by: draft.proposedBy,
      proposed_at: draft.proposedAt,
      decided_by: null,
      decided_at: null,
    })
    .execute()
}

/** Drafts that the actor may see, the newest first; or the one of an id. */
export async function findDrafts(trx: Trx, programmeId: string, draftId?: string): Promise<FormDraft[]> {
  let query = trx.selectFrom('policy.form_drafts').selectAll().where('programme_id', '=', programmeId)
  if (draftId !== undefined) query = query.where('draft_id', '=', draftId)
  const rows = await query.orderBy('proposed_at', 'desc').limit(200).execute()
  return rows.map((row) => ({
    serviceId: row.service_id,
    draftId: row.draft_id,
    form: toForm(row),
    sheets: row.workbook as unknown as Sheet[],
    warnings: row.warnings as unknown as FormIssue[],
    review: (row.review ?? undefined) as unknown as FormDraft['review'],
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedAt: row.decided_at,
  }))
}

type FormRow = {
  readonly form_id: string
  readonly form_version: string
  readonly kind: string
  readonly title: string
  readonly file_name: string
  readonly xml: string
  readonly xml_hash: string
  readonly outline: object
  readonly questions: object
  readonly additions: object
  readonly files?: object
}

/** A form as it lies in a table. */
export function toForm(row: FormRow): ProgrammeForm {
  const facts = {
    id: row.form_id,
    title: row.title,
    version: row.form_version,
    file: row.file_name,
    xml: row.xml,
    xmlHash: row.xml_hash,
    outline: row.outline as FormOutline,
  }
  const additions = Object.keys(row.additions).length === 0 ? {} : { additions: row.additions as FormAdditions }
  const files = row.files === undefined || (row.files as unknown[]).length === 0 ? {} : { files: row.files as FormFile[] }
  return { ...facts, ...additions, ...files, kind: row.kind, ...(row.kind === 'practice' ? {} : { questions: row.questions }) } as ProgrammeForm
}

/** Marks a draft as decided. False when somebody else was quicker. */
export async function decideDraft(
  trx: Transaction<AttuneTables>,
  { draftId, state, by, at }: { readonly draftId: string; readonly state: 'published' | 'withdrawn'; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const decided = await trx
    .updateTable('policy.form_drafts')
    .set({ state, decided_by: by, decided_at: at })
    .where('draft_id', '=', draftId)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return decided.numUpdatedRows > 0n
}
