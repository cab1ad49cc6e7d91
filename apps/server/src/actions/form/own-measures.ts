// A service's own measures: proposed by its lead or by an administrator with a review of whether they suit, published by another administrator,
// and taken out of the service's form again the same way (COM-052, COM-059).
import { randomUUID } from 'node:crypto'
import type { BodyOf } from '@attune/contract'
import { isServiceRole, may } from '@attune/policy'
import { askedItems, refuseOwnMeasures, toExtendedWorkbook, type OwnMeasure } from '@attune/programme'
import type { ItemLicence, Scale } from '@attune/measures'
import type { Attune } from '../../attune.ts'
import { findLicensedScale } from '../../outside/item-packs.ts'
import { getScales } from '../../outside/programme-folder.ts'
import { raise, telling } from '../../problems.ts'
import { addDraft, findDrafts, type FormDraft } from '../../store/form-drafts.ts'
import { logEvent } from '../../store/log-event.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { getDraft, withNames, type NamedDraft } from './desk.ts'
import { readShelf } from './form-shelf.ts'
import { findCore, makeOwnForm, toOwnMeasures, toOwnVersion, withWordsToday } from './republish-own-forms.ts'

export type MeasureChoice = {
  readonly scale: Scale
  readonly recommended: boolean
  readonly added: boolean
  /** The licence by which the service may ask it item by item today. */
  readonly licence: ItemLicence | undefined
  /** True while the service's form, or everybody's, asks it item by item. */
  readonly asksItems: boolean
  /** True when a pack with its wording could be asked and added up. */
  readonly mayTakeItems: boolean
}

/** What a service may add, and what was proposed for it. A service lead's own; an administrator names the service. */
export async function listMeasures(
  attune: Attune,
  acting: Acting,
  asked: string | undefined,
): Promise<{ measures: MeasureChoice[]; purposes: { code: string; label: string }[]; proposals: NamedDraft[] }> {
  const serviceId = isServiceRole(acting.role) ? acting.serviceId : asked
  const own = serviceId === undefined ? [] : toOwnMeasures(findCore(attune, await readShelf(attune), serviceId)?.additions)
  const inCore = new Map(attune.programme.measures.map((use) => [use.scale.id, use]))
  const drafts = await withReader(attune.databases.attune, acting, '', (trx) => findDrafts(trx as never, attune.programme.id))
  const proposals = drafts.filter((draft) => draft.review !== undefined && (serviceId === undefined || draft.serviceId === serviceId))
  return {
    measures: getScales().map((scale) => {
      const added = own.find((use) => use.scale.id === scale.id)
      const everybodys = inCore.get(scale.id)
      const asksItems = Object.keys(everybodys?.items ?? {}).length > 0 || (added !== undefined && askedItems(added).length > 0)
      const licence = serviceId === undefined ? undefined : findHeld(attune, scale.id, serviceId)?.licence
      return {
        scale,
        recommended: inCore.has(scale.id),
        added: added !== undefined,
        licence,
        asksItems,
        mayTakeItems: scale.items.length > 0,
      }
    }),
    purposes: purposesOf(attune).map(({ code, label }) => ({ code, label })),
    proposals: await withNames(attune, acting, proposals),
  }
}

const findHeld = ({ itemPacks, clock }: Attune, scaleId: string, serviceId: string) =>
  findLicensedScale(itemPacks, { scaleId, serviceId, day: toLondonDay(clock.now()) })

// A measure may serve what the measures of the core serve, and nothing else.
function purposesOf({ programme: { policy } }: Attune) {
  const codes = new Set(
    policy.fields.filter((field) => field.sensitivity === 'health' && field.partition === 'answers').flatMap((field) => field.purposes),
  )
  return policy.purposes.filter(({ code }) => codes.has(code))
}

/** Puts a measure on the desk as a draft of the service's own form. */
export async function proposeMeasure(
  attune: Attune,
  acting: Acting,
  { serviceId, scaleId, domain, purposes, review }: BodyOf<'POST /api/measures'>,
): Promise<NamedDraft> {
  await expectService(attune, acting, serviceId)
  const known = purposesOf(attune).map(({ code }) => code)
  const unknown = purposes.findIndex((purpose) => !known.includes(purpose))
  if (unknown >= 0) raise('request-invalid', { fields: [{ place: `/purposes/${unknown}`, why: 'is not a purpose that measures may serve' }] })
  const scale = getScales().find(({ id }) => id === scaleId) ?? raise('measure-unknown')

  const shelf = await readShelf(attune)
  const core = findCore(attune, shelf) ?? raise('form-unknown')
  const licensed = findHeld(attune, scaleId, serviceId)
  // One that is asked by its totals may be proposed again once the service holds the licence to ask its items.
  const others = toOwnMeasures(findCore(attune, shelf, serviceId)?.additions).filter(
    (held) => licensed === undefined || held.scale.id !== scaleId || held.reviewedItems === true,
  )
  const proposed: OwnMeasure = { scale, domain, purposes, justification: review.need, ...(licensed === undefined ? {} : { reviewedItems: true }) }
  const measures = [...others, proposed]
  const [refused] = refuseOwnMeasures(attune.programme, core, measures)
  if (refused !== undefined) raise('measure-refused', { detail: refused.why })
  const version = toOwnVersion(core, serviceId, shelf)
  const checked = makeOwnForm(attune, core, serviceId, version, measures)
  if (!checked.ok) raise('measure-refused', { detail: checked.issues.find(({ severity }) => severity === 'error')?.message ?? '' })

  const { form, warnings } = checked
  const { sheets } = toExtendedWorkbook(core, version, withWordsToday(attune, serviceId, measures))
  return putOnDesk(attune, acting, 'measure.propose', { serviceId, form, sheets, warnings, review: { scaleId, domain, purposes, ...review } })
}

/**
 * Puts the service's form without one of its measures on the desk. Sessions begun before somebody publishes it, and records that are there, keep
 * the version they have; what was measured so far stays in the service's reports.
 */
export async function proposeRemoval(
  attune: Attune,
  acting: Acting,
  scaleId: string,
  { serviceId, reason }: BodyOf<'POST /api/measures/:scaleId/removal'>,
): Promise<NamedDraft> {
  await expectService(attune, acting, serviceId)
  const shelf = await readShelf(attune)
  const core = findCore(attune, shelf) ?? raise('form-unknown')
  const held = toOwnMeasures(findCore(attune, shelf, serviceId)?.additions)
  const { scale } = held.find((own) => own.scale.id === scaleId) ?? raise('measure-not-own')
  const left = held.filter((own) => own.scale.id !== scaleId)
  const version = toOwnVersion(core, serviceId, shelf)
  const checked = makeOwnForm(attune, core, serviceId, version, left)
  if (!checked.ok) throw new Error(`The form of ${serviceId} is not sound without ${scaleId}: ${checked.issues.map(({ code }) => code).join(', ')}.`)
  const { form, warnings } = checked
  const { sheets } = toExtendedWorkbook(core, version, withWordsToday(attune, serviceId, left))
  return putOnDesk(attune, acting, 'measure.remove', { serviceId, form, sheets, warnings, review: { scaleId, measure: scale.name, reason } })
}

async function expectService(attune: Attune, acting: Acting, serviceId: string): Promise<void> {
  const decision = may(attune.programme.policy, { ...acting, secondFactor: true }, 'measure.propose', { serviceId })
  if (!decision.allowed) raise('not-allowed', telling(decision))
  const service = await withReader(attune.databases.attune, acting, '', (trx) => findService(trx as never, serviceId))
  if (service === undefined || serviceId === 'operator') raise('not-found')
}

type Proposed = Pick<FormDraft, 'serviceId' | 'form' | 'sheets' | 'warnings'> & { readonly review: NonNullable<FormDraft['review']> }

async function putOnDesk(
  attune: Attune,
  acting: Acting,
  action: 'measure.propose' | 'measure.remove',
  { serviceId, form, sheets, warnings, review }: Proposed,
): Promise<NamedDraft> {
  const draftId = randomUUID()
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    await addDraft(trx, {
      serviceId,
      draftId,
      programmeId: attune.programme.id,
      form,
      sheets,
      warnings,
      review,
      proposedBy: acting.accountId,
      proposedAt: attune.clock.now(),
    })
    await logEvent(trx, {
      serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action,
      outcome: 'done',
      detail: { draftId, measure: review.scaleId },
    })
  })
  return getDraft(attune, acting, draftId)
}
