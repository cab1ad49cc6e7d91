// The forms' desk: one administrator hands a workbook in, another looks at it and publishes it. Every step is an event.
import { randomUUID } from 'node:crypto'
import { workbookLimitBytes } from '@attune/contract'
import { may, type Act } from '@attune/policy'
import type { CheckedForm, FormIssue, ProgrammeForm } from '@attune/programme'
import type { Sheet } from '@attune/xlsform'
import type { Attune } from '../../attune.ts'
import type { HandedFile } from '../../outside/form-files/read-form-files.ts'
import { expectWorkbook, readWorkbookFile } from '../../outside/workbook/workbook-reader.ts'
import { raise, telling } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { addDraft, decideDraft, findDrafts, isRemoval, type FormDraft } from '../../store/form-drafts.ts'
import { addFileContents } from '../../store/form-files.ts'
import { closeForm, publishForm, type PublishedForm } from '../../store/forms.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { findCarried } from './form-files.ts'
import { pickOpen, readShelf, refreshShelf } from './form-shelf.ts'
import { findRunning, type Running } from './read-version.ts'
import { findCore, makeOwnForm, republishOwnForms, toOwnMeasures, toOwnVersion } from './republish-own-forms.ts'

export type NamedDraft = FormDraft & { readonly proposer: string; readonly own: boolean }
export type Handed = {
  readonly draft: NamedDraft | undefined
  readonly fileName: string
  readonly form: ProgrammeForm | undefined
  readonly issues: readonly FormIssue[]
  readonly sheets: readonly Sheet[]
  readonly today: ProgrammeForm | undefined
  readonly running: Running | undefined
}

export type HandedIn = { readonly fileName: string; readonly bytes: Buffer; readonly files?: readonly HandedFile[] }

/** Reads a workbook and the files beside it. A sound one is kept as a draft; of one with errors nothing is kept. */
export async function handInForm(attune: Attune, acting: Acting, { fileName, bytes, files = [] }: HandedIn): Promise<Handed> {
  const { programme, scanner } = attune
  // An archive holds the files as well; what is in it is measured when it is unpacked.
  if (bytes.length > workbookLimitBytes && !/\.zip$/i.test(fileName)) raise('too-large')
  await scanner?.check([bytes, ...files.map(({ content }) => content)])
  const answer = await readWorkbookFile({ fileName, bytes, programme, files, carried: await findCarried(attune) })
  if ('unreadable' in answer) {
    await note(attune, acting, 'form.propose', 'refused', { because: 'file-unreadable' })
    const issue: FormIssue = { code: 'file-unreadable', severity: 'error', sheet: '', row: 1, message: answer.unreadable }
    return { draft: undefined, fileName, form: undefined, issues: [issue], sheets: [], today: undefined, running: undefined }
  }
  const checked = await checkVersion(attune, answer.checked)
  const { sheets, contents } = answer
  if (!checked.ok) {
    await note(attune, acting, 'form.propose', 'refused', {
      because: 'issues',
      codes: [...new Set(checked.issues.map(({ code }) => code))].slice(0, 20),
    })
    return { draft: undefined, fileName, form: undefined, issues: checked.issues, sheets, today: undefined, running: undefined }
  }
  const { form, warnings } = checked
  const draftId = randomUUID()
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    await addFileContents(trx, contents)
    await addDraft(trx, {
      serviceId: 'operator',
      draftId,
      programmeId: programme.id,
      form,
      sheets,
      warnings,
      review: undefined,
      proposedBy: acting.accountId,
      proposedAt: attune.clock.now(),
    })
    await logEvent(trx, {
      serviceId: 'operator',
      accountId: acting.accountId,
      role: acting.role,
      action: 'form.propose',
      outcome: 'done',
      detail: { draftId, formId: form.id, version: form.version, files: form.files?.length ?? 0 },
    })
  })
  return readDraft(attune, acting, draftId)
}

async function checkVersion(attune: Attune, checked: CheckedForm): Promise<CheckedForm> {
  if (!checked.ok) return checked
  const { id, version } = checked.form
  const taken = (await readShelf(attune)).some(({ form }) => form.id === id && form.version === version)
  if (!taken) return checked
  const issue: FormIssue = {
    code: 'version-taken',
    severity: 'error',
    sheet: 'settings',
    row: 2,
    column: 'version',
    message: `Version ${version} of ${id} is published already, and a version never changes. Write the next one.`,
  }
  return { ok: false, issues: [issue, ...checked.warnings] }
}

/** A draft with everything that the second person has to see. */
export async function readDraft(attune: Attune, acting: Acting, draftId: string): Promise<Handed> {
  const draft = await getDraft(attune, acting, draftId)
  const { form, warnings, sheets } = draft
  const today = pickOpen(attune, await readShelf(attune), form.additions?.serviceId).find(({ id }) => id === form.id)
  const running = await findRunning(attune, form.id, form.additions?.serviceId)
  return { draft, fileName: form.file, form, issues: warnings, sheets, today, running }
}

export async function getDraft(attune: Attune, acting: Acting, draftId: string): Promise<NamedDraft> {
  const [draft] = await withReader(attune.databases.attune, acting, '', (trx) => findDrafts(trx as never, attune.programme.id, draftId))
  return (await withNames(attune, acting, [draft ?? raise('not-found')]))[0]!
}

export async function withNames({ databases, keyring }: Attune, acting: Acting, drafts: readonly FormDraft[]): Promise<NamedDraft[]> {
  const people = await withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) =>
    findPeople(trx as never, keyring, [...new Set(drafts.map((draft) => draft.proposedBy))]),
  )
  return drafts.map((draft) => ({ ...draft, proposer: people.get(draft.proposedBy)?.displayName ?? '', own: draft.proposedBy === acting.accountId }))
}

/** Every version of the programme's forms, and the drafts that nobody has decided about. */
export async function listDesk(attune: Attune, acting: Acting): Promise<{ forms: readonly PublishedForm[]; drafts: NamedDraft[] }> {
  const drafts = await withReader(attune.databases.attune, acting, '', (trx) => findDrafts(trx as never, attune.programme.id))
  const shelf = await readShelf(attune)
  expectWorkbook()
  return {
    forms: shelf.filter(({ programmeId }) => programmeId === attune.programme.id),
    drafts: await withNames(
      attune,
      acting,
      drafts.filter(({ state }) => state === 'draft'),
    ),
  }
}

/** Publishes a draft. Whoever handed it in may not (policy.yaml says secondPerson; the database says it again). */
export async function publishDraft(attune: Attune, acting: Acting, draftId: string): Promise<NamedDraft> {
  const draft = await getDraft(attune, acting, draftId)
  const act: Act = draft.review === undefined ? 'form.publish' : 'measure.publish'
  const decision = may(attune.programme.policy, { role: acting.role, secondFactor: true }, act, {
    approval: { askedBy: draft.proposedBy, agreedBy: acting.accountId },
  })
  if (!decision.allowed) {
    await note(attune, acting, act, 'refused', { because: decision.because, draftId })
    raise(decision.because === 'second-person-same' ? 'second-person-same' : 'not-allowed', telling(decision))
  }
  if (draft.state !== 'draft') raise('form-draft-decided')
  const form = draft.review === undefined ? draft.form : await remakeOwnForm(attune, draft)
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    const publishing = { draftId, by: acting.accountId }
    if (!(await decideDraft(trx, { draftId, state: 'published', by: acting.accountId, at: attune.clock.now() }))) raise('form-draft-decided')
    if (!(await publishForm(trx, attune.programme.id, form, publishing))) raise('form-version-taken')
    const followed = form.kind === 'client-record' && draft.review === undefined ? await republishOwnForms(attune, trx, publishing) : 0
    await logEvent(trx, {
      serviceId: draft.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: act,
      outcome: 'done',
      detail: {
        draftId,
        formId: form.id,
        version: form.version,
        proposedBy: draft.proposedBy,
        followed,
        ...(draft.review === undefined ? {} : { measure: draft.review.scaleId, removed: isRemoval(draft.review) }),
      },
    })
  })
  refreshShelf(attune)
  return { ...draft, form, state: 'published' }
}

// The form that everybody has, and the service's own, may have moved on since the proposal: the measure goes after, or out of, today's.
async function remakeOwnForm(attune: Attune, { form, serviceId, review }: FormDraft): Promise<ProgrammeForm> {
  refreshShelf(attune)
  const shelf = await readShelf(attune)
  const core = findCore(attune, shelf) ?? raise('form-draft-outdated')
  const held = toOwnMeasures(findCore(attune, shelf, serviceId)?.additions)
  const others = held.filter(({ scale }) => scale.id !== review?.scaleId)
  // Of the draft only what it was proposed for: measures that it held by then may have been taken out since.
  const proposed = isRemoval(review) ? [] : toOwnMeasures(form.additions).filter(({ scale }) => scale.id === review?.scaleId)
  // What is in the form may come again only to be asked item by item from now on.
  const isNew =
    others.length === held.length ||
    held.some(({ scale, reviewedItems }) => scale.id === review?.scaleId && reviewedItems !== true && proposed[0]?.reviewedItems === true)
  if (isRemoval(review) ? others.length === held.length : !isNew) raise('form-draft-outdated')
  const checked = makeOwnForm(attune, core, serviceId, toOwnVersion(core, serviceId, shelf), [...others, ...proposed])
  return checked.ok ? checked.form : raise('form-draft-outdated')
}

/** Takes a draft off the desk. Its proposer and any administrator may. */
export async function withdrawDraft(attune: Attune, acting: Acting, draftId: string): Promise<void> {
  const draft = await getDraft(attune, acting, draftId)
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    if (!(await decideDraft(trx, { draftId, state: 'withdrawn', by: acting.accountId, at: attune.clock.now() }))) raise('form-draft-decided')
    await logEvent(trx, {
      serviceId: draft.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'form.withdraw',
      outcome: 'done',
      detail: { draftId },
    })
  })
}

/** Closes a version: drafts of it on devices can no longer be sent. The one that new sessions use stays open. */
export async function closeVersion(attune: Attune, acting: Acting, formId: string, version: string): Promise<void> {
  const shelf = (await readShelf(attune)).filter(({ programmeId }) => programmeId === attune.programme.id)
  const found = shelf.find(({ form }) => form.id === formId && form.version === version) ?? raise('not-found')
  const inUse = pickOpen(attune, shelf, found.form.additions?.serviceId).some((form) => form.id === formId && form.version === version)
  if (inUse) raise('form-last-version')
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    if (!(await closeForm(trx, { formId, version, by: acting.accountId, at: attune.clock.now() }))) raise('form-closed')
    await logEvent(trx, {
      serviceId: 'operator',
      accountId: acting.accountId,
      role: acting.role,
      action: 'form.close',
      outcome: 'done',
      detail: { formId, version },
    })
  })
  refreshShelf(attune)
}

async function note(
  { databases }: Attune,
  { role, serviceId, accountId }: Acting,
  action: string,
  outcome: 'refused',
  detail: Record<string, string | readonly string[]>,
): Promise<void> {
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action, outcome, detail }),
  )
}
