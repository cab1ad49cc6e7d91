// The programme's public facts and its forms. Fetched when there is a connection; the service worker keeps them for when there is none.
import type { FormSummary, FormView, ProgrammeView, Standing } from '@attune/contract'
import type { Policy } from '@attune/policy'
import { readonly, shallowRef } from 'vue'
import { call } from './api.ts'
import { nameByPolicy } from './messages/index.ts'
import { toRefusal } from './refusal.ts'
import { vault } from './vault/index.ts'

const facts = shallowRef<ProgrammeView>()
const formList = shallowRef<readonly FormSummary[]>([])
const standingNow = shallowRef<Standing>()

export const programme = readonly(facts)
/** Forms that take answers today. */
export const forms = readonly(formList)
/** What still stands between the person and the client form; undefined while it is not known. */
export const standing = readonly(standingNow)

export async function loadProgramme(): Promise<void> {
  const found = await call('GET /api/programme').catch(() => undefined)
  if (found === undefined) return
  facts.value = found
  nameByPolicy(found)
  vault.setDraftKeepDays(found.draftKeepDays)
}

/** Brings the list of forms, and each form itself, onto this device. Without a connection: what was kept. */
export async function loadForms(): Promise<void> {
  const found = await call('GET /api/forms').catch(() => undefined)
  if (found === undefined) return
  formList.value = found.forms
  const here = await Promise.all(found.forms.map(({ formId, version }) => getForm(formId, version).catch(() => undefined)))
  if (here.every((form) => form !== undefined)) await keepFormFiles(here)
}

/** Has the service worker keep the files of these forms and of forms in drafts, and no others. */
async function keepFormFiles(here: readonly FormView[]): Promise<void> {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return
  const place = (formId: string, version: string) => `/api/forms/${encodeURIComponent(formId)}/${encodeURIComponent(version)}/files/`
  const drafts = vault.state.value === 'open' ? await vault.listDrafts().catch(() => undefined) : undefined
  worker.postMessage({
    says: 'keep-form-files',
    paths: here.flatMap(({ formId, version, files }) => files.map(({ name }) => place(formId, version) + encodeURIComponent(name))),
    // While the drafts are locked nobody knows which forms they need.
    spared: drafts?.map(({ formId, formVersion }) => place(formId, formVersion)) ?? ['/'],
  })
}

let policyHere: Policy | undefined

/** The policy in force, which every printed page is made from; undefined while this device has never had it. */
export async function findPolicy(): Promise<Policy | undefined> {
  // The server sends the checked policy as it is.
  policyHere ??= (await call('GET /api/policy').catch(() => undefined)) as Policy | undefined
  return policyHere
}

/** One form as the device keeps it. Raises a Refusal when it is neither here nor to be had. */
export async function getForm(formId: string, version: string): Promise<FormView> {
  const form = await call('GET /api/forms/:formId/:version', { params: { formId, version } })
  // A device may have kept it since before forms had files.
  return { ...form, files: (form.files as FormView['files'] | undefined) ?? [] }
}

/** Asks what is still missing; without a connection, the last known answer, which lies sealed in the vault. */
export async function loadStanding(): Promise<void> {
  try {
    standingNow.value = await call('GET /api/standing')
    if (vault.state.value === 'open') await vault.keep('standing', standingNow.value)
  } catch (thrown) {
    if (toRefusal(thrown).kind === 'refused') standingNow.value = undefined
    else standingNow.value ??= (await vault.findKept('standing').catch(() => undefined)) as Standing | undefined
  }
}

export function forgetStanding(): void {
  standingNow.value = undefined
}
