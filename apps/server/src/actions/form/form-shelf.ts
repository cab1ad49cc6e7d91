// The form versions that this server takes answers for: those of the programme folder, those published at the desk, and older ones that
// devices may still hold. A version for one service exists for that service only.
import type { MeasureUse, ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { sayItemPacks } from '../../outside/item-packs.ts'
import { raise } from '../../problems.ts'
import { findPublishedForms, publishForm, recordPolicyVersion, type PublishedForm } from '../../store/forms.ts'
import { findServices } from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { republishOwnForms } from './republish-own-forms.ts'

/** Publishes the programme's forms and notes the policy in force. Raises when a published version came back with other content. */
export async function openShelf(attune: Attune): Promise<void> {
  const { databases, programme } = attune
  await withActor(databases.attune, { role: 'system' }, 'publish', async (trx) => {
    const { edition, text } = programme.policyVersion
    await recordPolicyVersion(trx, { policyVersion: text, programmeId: programme.id, edition })
    for (const form of programme.forms) {
      if (await publishForm(trx, programme.id, form)) continue
      throw new Error(
        `The form ${form.id} was published before as version ${form.version} with other content. Give it a new version in ${form.file}.`,
      )
    }
    await republishOwnForms(attune, trx)
    const services = (await findServices(trx as never)).map(({ serviceId }) => serviceId)
    for (const { ok, about, says } of sayItemPacks(attune.itemPacks, { day: toLondonDay(attune.clock.now()), services }))
      if (!ok) attune.faults.note(`${about}: ${says}`)
  })
}

const opened = new WeakMap<Attune, Promise<void>>()

/** Opens the shelf once per server. */
function whenOpen(attune: Attune): Promise<void> {
  let opening = opened.get(attune)
  if (opening === undefined) {
    opened.set(attune, (opening = openShelf(attune)))
    opening.catch(() => opened.delete(attune))
  }
  return opening
}

const shelves = new WeakMap<Attune, { read: Promise<readonly PublishedForm[]>; at: number }>()
const freshMs = 5_000

/** Every version of this programme and of others on the same databases, the oldest first. */
export async function readShelf(attune: Attune): Promise<readonly PublishedForm[]> {
  const now = performance.now()
  const known = shelves.get(attune)
  if (known !== undefined && now - known.at < freshMs) return known.read
  const read = whenOpen(attune).then(() => withReader(attune.databases.attune, { role: 'system' }, 'publish', findPublishedForms))
  shelves.set(attune, { read, at: now })
  read.catch(() => shelves.delete(attune))
  return read
}

/** Forgets what was read, after a version was published or closed here. Other servers follow within five seconds. */
export function refreshShelf(attune: Attune): void {
  shelves.delete(attune)
}

const same = (form: ProgrammeForm, id: string, version?: string) => form.id === id && (version === undefined || form.version === version)
const isFor = ({ additions }: ProgrammeForm, serviceId: string) => additions?.serviceId === undefined || additions.serviceId === serviceId

/** The form of a submission: raises when the form, its version, its service or its programme is not ours, or when it is closed. */
export async function getOpenForm(attune: Attune, formId: string, version: string, serviceId: string): Promise<ProgrammeForm> {
  const { programme } = attune
  const shelf = await readShelf(attune)
  const published = shelf.find(({ form }) => same(form, formId, version) && isFor(form, serviceId))
  if (published === undefined) {
    const ofForm = shelf.filter(({ form }) => same(form, formId))
    if (ofForm.length === 0) raise('form-unknown')
    raise(ofForm.some(({ programmeId }) => programmeId === programme.id) ? 'form-version-unknown' : 'programme-wrong')
  }
  if (published.programmeId !== programme.id) raise('programme-wrong')
  if (published.status === 'closed') raise('form-closed')
  return programme.forms.find((form) => same(form, formId, version)) ?? published.form
}

/** Any version that was ever published in this programme, for reading what was sent with it. */
export async function findPublishedForm(attune: Attune, formId: string, version: string): Promise<ProgrammeForm | undefined> {
  const now = attune.programme.forms.find((form) => same(form, formId, version))
  if (now !== undefined) return now
  return (await readShelf(attune)).find(({ form, programmeId }) => programmeId === attune.programme.id && same(form, formId, version))?.form
}

/** The forms that a service fills in today: of each, the service's own version if it has one, else the newest for everybody. */
export async function findOpenForms(attune: Attune, serviceId: string): Promise<readonly ProgrammeForm[]> {
  return pickOpen(attune, await readShelf(attune), serviceId)
}

/** Like `findOpenForms`, from versions at hand. Without a service: the versions for everybody. */
export function pickOpen({ programme }: Pick<Attune, 'programme'>, shelf: readonly PublishedForm[], serviceId?: string): readonly ProgrammeForm[] {
  return programme.forms.flatMap(({ id }) => {
    const versions = shelf.filter(({ form, programmeId, status }) => form.id === id && programmeId === programme.id && status === 'published')
    const own = serviceId === undefined ? undefined : versions.findLast(({ form }) => form.additions?.serviceId === serviceId)
    const found = own ?? versions.findLast(({ form }) => form.additions?.serviceId === undefined)
    return found === undefined ? [] : [programme.forms.find((form) => same(form, id, found.form.version)) ?? found.form]
  })
}

/** All versions of the client form that a service's records may have been sent with, the newest first, for the columns of a table. */
export async function findClientForms(attune: Attune, serviceId: string): Promise<readonly ProgrammeForm[]> {
  const shelf = await readShelf(attune)
  return shelf
    .filter(({ form, programmeId }) => programmeId === attune.programme.id && form.kind === 'client-record' && isFor(form, serviceId))
    .map(({ form }) => form)
    .reverse()
}

/** Measures that a service added to its form at any time, each once. */
export async function findOwnMeasures(attune: Attune, serviceId: string): Promise<readonly MeasureUse[]> {
  const uses = (await findClientForms(attune, serviceId)).flatMap(({ additions }) => additions?.measures ?? [])
  const core = new Set(attune.programme.measures.map(({ scale }) => scale.id))
  return uses.filter(({ scale }, at) => !core.has(scale.id) && uses.findIndex((other) => other.scale.id === scale.id) === at)
}
