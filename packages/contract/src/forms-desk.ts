// Forms as a living thing: handing in, looking over, publishing and closing versions; a service's own measures.
import { Type, type Static } from 'typebox'
import { FormView } from './programme.ts'
import { CountCell } from './report.ts'
import { closed, Instant, ServiceId, Uuid } from './words.ts'

/** Largest workbook in bytes. */
export const workbookLimitBytes = 5 * 1024 * 1024

/** What may lie beside a form at most. Everything lies on every telephone that fills the form in. */
export const formFilesLimits = {
  workbookBytes: workbookLimitBytes,
  files: 200,
  fileBytes: 10 * 1024 * 1024,
  totalBytes: 20 * 1024 * 1024,
} as const

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

const base64 = (bytes: number) =>
  Type.String({ description: 'the file in base64', maxLength: Math.ceil(bytes / 3) * 4, pattern: '^[A-Za-z0-9+/]*={0,2}$' })

/** A workbook with the files that lie beside it, or a .zip of both. */
export const FormUpload = closed({
  fileName: Type.String({ minLength: 1, maxLength: 200 }),
  content: base64(workbookLimitBytes + formFilesLimits.totalBytes),
  files: Type.Optional(
    Type.Array(closed({ name: Type.String({ minLength: 1, maxLength: 200 }), content: base64(formFilesLimits.fileBytes) }), {
      maxItems: formFilesLimits.files,
    }),
  ),
})
export type FormUpload = Static<typeof FormUpload>

/** Something wrong at a cell of the workbook. An error stops the form, a warning does not. */
export const FormIssueView = closed({
  code: Type.String(),
  severity: Type.Enum(['error', 'warning']),
  sheet: Type.String(),
  row: Type.Integer(),
  column: Type.Optional(Type.String()),
  cell: Type.Optional(Type.String()),
  message: Type.String(),
})
export type FormIssueView = Static<typeof FormIssueView>

export const SheetView = closed({
  name: Type.String(),
  rows: Type.Array(closed({ number: Type.Integer(), cells: Type.Array(closed({ column: Type.Integer(), text: Type.String() })) })),
})
export type SheetView = Static<typeof SheetView>

export const FormDifferenceView = closed({
  against: Type.String({ description: 'the version that is open today' }),
  added: Type.Array(closed({ name: Type.String(), row: Type.Integer(), label: Type.String() })),
  removed: Type.Array(closed({ name: Type.String(), label: Type.String() })),
  changed: Type.Array(
    closed({ name: Type.String(), row: Type.Integer(), before: Type.String(), after: Type.String(), parts: Type.Array(Type.String()) }),
  ),
  moved: Type.Boolean(),
  languagesAdded: Type.Array(Type.String()),
  languagesRemoved: Type.Array(Type.String()),
  filesAdded: Type.Array(Type.String()),
  filesRemoved: Type.Array(Type.String()),
  filesChanged: Type.Array(Type.String({ description: 'files with the same name and another content' })),
})
export type FormDifferenceView = Static<typeof FormDifferenceView>

/** Why a measure suits the clients of a service; nothing is added without it (COM-052). */
export const MeasureReview = closed({
  whom: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
  fit: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
  licence: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
  need: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
})
export type MeasureReview = Static<typeof MeasureReview>

export const MeasureProposal = closed({
  serviceId: ServiceId,
  scaleId: Type.String({ maxLength: 60 }),
  domain: Type.Enum(['attitude', 'relationship', 'wellbeing', 'goals']),
  purposes: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 10 }),
  review: MeasureReview,
})
export type MeasureProposal = Static<typeof MeasureProposal>

/** Taking a measure of the service's own out of its form again. */
export const MeasureRemoval = closed({ serviceId: ServiceId, reason: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }) })
export type MeasureRemoval = Static<typeof MeasureRemoval>

export const DraftSummary = closed({
  draftId: Uuid,
  serviceId: Nullable(Type.String()),
  formId: Type.String(),
  version: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  measure: Nullable(Type.String({ description: "the name of the service's own measure; null for a whole form" })),
  removes: Type.Boolean({ description: 'takes the measure out of the form instead of adding it' }),
  state: Type.Enum(['draft', 'published', 'withdrawn']),
  proposedBy: Type.String(),
  own: Type.Boolean({ description: 'handed in by whoever asks: somebody else has to publish it' }),
  proposedAt: Instant,
})
export type DraftSummary = Static<typeof DraftSummary>

/** Records sent so far with this form, and the versions of it that devices may still send. A few records are not counted out. */
export const RunningView = closed({ records: CountCell, versions: Type.Array(Type.String()) })
export type RunningView = Static<typeof RunningView>

/** What was read out of a workbook. `draft` is null when something has to be put right first; nothing was kept then. */
export const DraftView = closed({
  draft: Nullable(DraftSummary),
  fileName: Type.String(),
  issues: Type.Array(FormIssueView),
  sheets: Type.Array(SheetView),
  difference: Nullable(FormDifferenceView),
  running: Nullable(RunningView),
  form: Nullable(FormView),
  review: Nullable(closed({ ...MeasureReview.properties, purposes: Type.Array(Type.String()) })),
  removal: Nullable(Type.String({ description: 'why the measure is taken out' })),
})
export type DraftView = Static<typeof DraftView>

export const FormVersionRow = closed({
  version: Type.String(),
  status: Type.Enum(['published', 'closed']),
  publishedAt: Instant,
  serviceId: Nullable(Type.String()),
  questions: Type.Integer(),
  ownMeasures: Type.Array(Type.String()),
  current: Type.Boolean({ description: 'the version that a new session is filled in with' }),
})
export type FormVersionRow = Static<typeof FormVersionRow>

/** One version that was published, closed ones too: what stands in it, to try out, to print and to take along. */
export const FormVersionView = closed({
  formId: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  row: FormVersionRow,
  records: CountCell,
  form: FormView,
})
export type FormVersionView = Static<typeof FormVersionView>

/** The media type of an .xlsx file. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const FormsDesk = closed({
  forms: Type.Array(closed({ formId: Type.String(), title: Type.String(), kind: Type.String(), versions: Type.Array(FormVersionRow) })),
  drafts: Type.Array(DraftSummary),
})
export type FormsDesk = Static<typeof FormsDesk>

export const MeasureRow = closed({
  scaleId: Type.String(),
  name: Type.String(),
  about: Type.String(),
  scores: Type.Array(closed({ name: Type.String(), min: Type.Number(), max: Type.Number() })),
  licence: Type.String(),
  cautions: Type.Array(Type.String()),
  notReady: Nullable(Type.String({ description: 'why it cannot be added yet' })),
  recommended: Type.Boolean({ description: "in everybody's form, so in the form of a new service" }),
  added: Type.Boolean({ description: "in the service's own form" }),
  itemsUntil: Nullable(Type.String({ description: 'last day, YYYY-MM-DD, on which the service may ask it item by item; null without the licence' })),
  asksItems: Type.Boolean({ description: "the service's own form, or everybody's, asks it item by item" }),
  mayTakeItems: Type.Boolean({ description: 'with a licence and the wording it can be asked item by item' }),
})
export type MeasureRow = Static<typeof MeasureRow>
export const MeasuresPage = closed({
  measures: Type.Array(MeasureRow),
  purposes: Type.Array(closed({ code: Type.String(), label: Type.String() })),
  proposals: Type.Array(DraftSummary),
})
export type MeasuresPage = Static<typeof MeasuresPage>
