import type { CountCell, DraftSummary, DraftView, FormsDesk, FormVersionView, MeasuresPage } from '@attune/contract'
import { compareOutlines, questionsOf } from '@attune/forms'
import { suppressCount, toScores } from '@attune/measures'
import type { FormIssue, Programme, ProgrammeForm } from '@attune/programme'
import type { Handed, NamedDraft } from '../actions/form/desk.ts'
import type { MeasureChoice } from '../actions/form/own-measures.ts'
import type { ReadVersion } from '../actions/form/read-version.ts'
import type { MeasureRemoval, MeasureReview } from '../store/form-drafts.ts'
import type { PublishedForm } from '../store/forms.ts'
import { presentForm } from './programme.ts'
import { toCount } from './measure-change.ts'
import { toDisclosureRules } from './report.ts'

export function presentDraftSummary({ draftId, serviceId, form, review, state, proposer, own, proposedAt }: NamedDraft): DraftSummary {
  return {
    draftId,
    serviceId: review === undefined ? null : serviceId,
    formId: form.id,
    version: form.version,
    title: form.title,
    kind: form.kind,
    measure: isRemoval(review) ? review.measure : review === undefined ? null : findName(form, review.scaleId),
    removes: isRemoval(review),
    state,
    proposedBy: proposer,
    own,
    proposedAt: proposedAt.toISOString(),
  }
}

const isRemoval = (review: NamedDraft['review']): review is MeasureRemoval => review !== undefined && 'reason' in review
const findName = ({ additions }: ProgrammeForm, scaleId: string): string =>
  additions?.measures.find(({ scale }) => scale.id === scaleId)?.scale.name ?? scaleId

export function presentDraft(programme: Programme, { draft, fileName, form, issues, sheets, today, running }: Handed): DraftView {
  return {
    draft: draft === undefined ? null : presentDraftSummary(draft),
    fileName,
    issues: issues.map(presentIssue),
    sheets: sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map(({ number, cells }) => ({ number, cells: cells.map(({ column, text }) => ({ column, text })) })),
    })),
    difference: form === undefined || today === undefined || today.version === form.version ? null : presentDifference(today, form),
    running: running === undefined ? null : { records: presentRecords(programme, running.records), versions: [...running.versions] },
    form: form === undefined ? null : presentForm(programme, form),
    review: draft?.review === undefined || isRemoval(draft.review) ? null : toReview(draft.review),
    removal: isRemoval(draft?.review) ? draft.review.reason : null,
  }
}

function toReview({ whom, fit, licence, need, purposes }: MeasureReview): NonNullable<DraftView['review']> {
  return { whom, fit, licence, need, purposes: [...purposes] }
}

function presentIssue({ code, severity, sheet, row, column, cell, message }: FormIssue): DraftView['issues'][number] {
  return { code, severity, sheet, row, ...(column !== undefined && column !== '' && { column }), ...(cell !== undefined && { cell }), message }
}

function presentDifference(before: ProgrammeForm, after: ProgrammeForm): NonNullable<DraftView['difference']> {
  const { added, removed, changed, moved, languagesAdded, languagesRemoved } = compareOutlines(before.outline, after.outline)
  return {
    against: before.version,
    added: added.map(({ name, row, label }) => ({ name, row, label })),
    removed: removed.map(({ name, label }) => ({ name, label })),
    changed: changed.map(({ name, row, before: was, after: is, parts }) => ({ name, row, before: was, after: is, parts: [...parts] })),
    moved,
    languagesAdded: [...languagesAdded],
    languagesRemoved: [...languagesRemoved],
    ...compareFiles(before.files ?? [], after.files ?? []),
  }
}

function compareFiles(before: NonNullable<ProgrammeForm['files']>, after: NonNullable<ProgrammeForm['files']>) {
  const hashes = (files: typeof before) => new Map(files.map(({ name, sha256 }) => [name, sha256]))
  const [was, is] = [hashes(before), hashes(after)]
  return {
    filesAdded: [...is.keys()].filter((name) => !was.has(name)),
    filesRemoved: [...was.keys()].filter((name) => !is.has(name)),
    filesChanged: [...is].filter(([name, hash]) => was.has(name) && was.get(name) !== hash).map(([name]) => name),
  }
}

export function presentDesk(programme: Programme, shelf: readonly PublishedForm[], drafts: readonly NamedDraft[]): FormsDesk {
  const ids = [...new Set([...programme.forms.map(({ id }) => id), ...shelf.map(({ form }) => form.id)])]
  return {
    forms: ids.flatMap((formId) => {
      const versions = shelf.filter(({ form }) => form.id === formId)
      const newest = versions.at(-1)?.form
      return newest === undefined
        ? []
        : [{ formId, title: newest.title, kind: newest.kind, versions: versions.map((version) => presentVersion(version, versions)).reverse() }]
    }),
    drafts: drafts.map(presentDraftSummary),
  }
}

function presentVersion({ form, status, publishedAt }: PublishedForm, all: readonly PublishedForm[]): FormsDesk['forms'][number]['versions'][number] {
  const whose = form.additions?.serviceId
  const newest = all.findLast((other) => other.status === 'published' && other.form.additions?.serviceId === whose)
  return {
    version: form.version,
    status,
    publishedAt: publishedAt.toISOString(),
    serviceId: whose ?? null,
    questions: questionsOf(form.outline).filter(({ type }) => type !== 'note' && type !== 'calculate').length,
    ownMeasures: (form.additions?.measures ?? []).map(({ scale }) => scale.name),
    current: newest?.form.version === form.version,
  }
}

export function presentVersionView(programme: Programme, { version, versions, records }: ReadVersion): FormVersionView {
  const { form } = version
  return {
    formId: form.id,
    title: form.title,
    kind: form.kind,
    row: presentVersion(version, versions),
    records: presentRecords(programme, records),
    form: presentForm(programme, form),
  }
}

const presentRecords = ({ policy }: Programme, records: number): CountCell => toCount(suppressCount(records, toDisclosureRules(policy)))

export function presentMeasures({
  measures,
  purposes,
  proposals,
}: {
  measures: readonly MeasureChoice[]
  purposes: readonly { code: string; label: string }[]
  proposals: readonly NamedDraft[]
}): MeasuresPage {
  return {
    measures: measures.map(({ scale, recommended, added, licence, asksItems, mayTakeItems }) => ({
      scaleId: scale.id,
      name: scale.name,
      about: scale.about,
      scores: toScores(scale).map(({ name, min, max }) => ({ name, min, max })),
      licence: scale.licence.terms,
      cautions: [...scale.cautions],
      notReady: scale.notReady ?? null,
      recommended,
      added,
      itemsUntil: licence?.until ?? null,
      asksItems,
      mayTakeItems,
    })),
    purposes: purposes.map(({ code, label }) => ({ code, label })),
    proposals: proposals.map(presentDraftSummary),
  }
}
