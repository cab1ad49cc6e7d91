// When everybody's client form gets a new version, each service with measures of its own gets them again, after the new form: what it holds was
// reviewed and published by two people before, and the form before it by two people now. The same happens when a licence to show the wording of a
// measure begins or ends: items that were agreed to be asked come and go with it.
import { createHash } from 'node:crypto'
import { toStableJson } from '@attune/forms'
import { withoutItemWords } from '@attune/measures'
import {
  extendForm,
  isCoreUnchanged,
  refuseOwnMeasures,
  type ClientRecordForm,
  type FormAdditions,
  type OwnMeasure,
  type ProgrammeForm,
} from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { findLicensedScale } from '../../outside/item-packs.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { findPublishedForms, publishForm, type PublishedForm, type Publishing } from '../../store/forms.ts'
import { logEvent } from '../../store/log-event.ts'
import type { Transaction } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The newest open client form for everybody, and the newest of one service. */
export function findCore(
  { programme }: Pick<Attune, 'programme'>,
  shelf: readonly PublishedForm[],
  serviceId?: string,
): ClientRecordForm | undefined {
  const found = shelf.findLast(
    ({ form, programmeId, status }) =>
      programmeId === programme.id && form.kind === 'client-record' && status === 'published' && form.additions?.serviceId === serviceId,
  )
  return found?.form as ClientRecordForm | undefined
}

/** A service's measures as they were reviewed. */
export function toOwnMeasures(additions: FormAdditions | undefined): readonly OwnMeasure[] {
  const asked = (additions?.measures ?? []).flatMap(({ scale, domain, scores, reviewedItems }) => {
    const field = additions?.fields.find(({ name }) => name === Object.values(scores)[0])
    if (field === undefined) return []
    return [{ scale, domain, purposes: field.purposes, justification: field.justification, ...(reviewedItems === true ? { reviewedItems } : {}) }]
  })
  return [...asked, ...(additions?.resting ?? []).map((own) => ({ ...own, reviewedItems: true }))]
}

/** The next version of a service's own form. Numbers are never used twice. */
export function toOwnVersion(core: ProgrammeForm, serviceId: string, shelf: readonly PublishedForm[]): string {
  const used = shelf.filter(({ form }) => form.additions?.serviceId === serviceId).length
  return `${core.version}+${serviceId}.${used + 1}`
}

type Licensing = Pick<Attune, 'programme' | 'itemPacks' | 'clock'>

/**
 * The measures as the service may ask them today: with the owner's words where it holds the licence, without any of them otherwise. One that is in
 * everybody's form comes with the questions that hold its totals there.
 */
export function withWordsToday(
  { programme, itemPacks, clock }: Licensing,
  serviceId: string,
  measures: readonly OwnMeasure[],
): readonly OwnMeasure[] {
  const day = toLondonDay(clock.now())
  return measures.map((given) => {
    const everybodys = programme.measures.find(({ scale }) => scale.id === given.scale.id)
    const own = everybodys === undefined ? given : { ...given, coreScores: everybodys.scores }
    if (own.reviewedItems !== true) return own
    const held = findLicensedScale(itemPacks, { scaleId: own.scale.id, serviceId, day })
    return { ...own, scale: held?.scale ?? withoutItemWords(own.scale) }
  })
}

/** The service's form from everybody's and its own measures, or what is wrong with it. */
export function makeOwnForm(attune: Licensing, core: ClientRecordForm, serviceId: string, version: string, measures: readonly OwnMeasure[]) {
  const checked = extendForm(attune.programme, core, { serviceId, version, measures: withWordsToday(attune, serviceId, measures), digest })
  if (checked.ok && !isCoreUnchanged(core.outline, checked.form.outline))
    throw new Error(`The form ${version} would change questions of the form that everybody has.`)
  return checked
}

/** Publishes the own forms that stand on an older version of everybody's, or ask in words that are no longer, or only now, licensed. Returns how many. */
export async function republishOwnForms(attune: Attune, trx: Transaction<AttuneTables>, publishing?: Publishing): Promise<number> {
  const shelf = await findPublishedForms(trx as never)
  const core = findCore(attune, shelf)
  if (core === undefined) return 0
  const services = new Set(
    shelf.flatMap(({ form, programmeId }) => (programmeId === attune.programme.id && form.additions?.serviceId ? [form.additions.serviceId] : [])),
  )
  let made = 0
  for (const serviceId of services) {
    const own = findCore(attune, shelf, serviceId)
    if (own === undefined) continue
    const measures = toOwnMeasures(own.additions)
    const scalesOf = (uses: readonly OwnMeasure[]) => toStableJson(uses.map(({ scale }) => scale))
    const isCurrent = scalesOf(withWordsToday(attune, serviceId, measures)) === scalesOf(measures)
    if (isCurrent && own.version.startsWith(`${core.version}+`)) continue
    // What everybody has by now is no measure of the service's own, unless it asks the lines of what everybody has by its total.
    const unfit = new Set(refuseOwnMeasures(attune.programme, core, measures).map(({ scale }) => scale))
    const checked = makeOwnForm(
      attune,
      core,
      serviceId,
      toOwnVersion(core, serviceId, shelf),
      measures.filter(({ scale }) => !unfit.has(scale.id)),
    )
    if (!checked.ok) throw new Error(`The measures of ${serviceId} no longer fit the form: ${checked.issues.map(({ code }) => code).join(', ')}.`)
    await publishForm(trx, attune.programme.id, checked.form, publishing)
    await logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'form.publish',
      outcome: 'done',
      detail: { formId: core.id, version: checked.form.version, follows: core.version },
    })
    made++
  }
  return made
}
