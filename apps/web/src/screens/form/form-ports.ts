// What filling in a form needs from the rest of the app. Given to the screen, so that it also runs on a test page.
import type { FormView, KeptFacts, MapView, ShownDocuments } from '@attune/contract'
import type { Attachment, Draft } from '@attune/forms/engine'
import type { LookForFacts } from '../../guard/look-for-facts.ts'
import type { ProgressCopy } from '../../progress-copy/progress-copy.ts'

export type KeptDraft = Draft & { readonly draftId: string; readonly formId: string; readonly formVersion: string; readonly earlier?: string }
export type FinishedForm = Draft & {
  readonly draftId: string
  readonly instanceId: string
  readonly formId: string
  readonly title: string
  readonly code: string
  /** How many personal facts of each kind were seen in free text and left in. */
  readonly keptFacts: KeptFacts
  /** With a consent: hashes of the texts that were on the screen. */
  readonly shown?: ShownDocuments | undefined
}
export type { Attachment }

/** Facts that stand on every printed copy. */
export type NoticeFacts = {
  readonly programmeId: string
  readonly programme: string
  readonly operator: string
  readonly edition: string
  readonly contact: string
  readonly demo: boolean
  /** What a client can ask for, a sentence each, as the policy words it. */
  readonly rights: readonly string[]
}

export type FormPorts = {
  /** The form as this device keeps it, in the version named or, without one, in today's. Undefined when it is not to be had. */
  findForm(formId: string, version?: string): Promise<FormView | undefined>
  findDraft(draftId: string): Promise<KeptDraft | undefined>
  /** When it returns, the draft is on the disk, sealed. */
  saveDraft(draft: KeptDraft & { readonly updatedAt: string; readonly label: string }): Promise<void>
  removeDraft(draftId: string): Promise<void>
  /** Calls back before the device locks, so that the last words typed are saved. Returns how to stop. */
  onLocking(save: () => Promise<void>): () => void
  /** Hands the finished form over; it is sent when that is possible, and its draft stays until the server has it. */
  send(finished: FinishedForm): Promise<void>
  /** What is remembered of this person's last form of the kind that was sent from here; undefined when nothing is. */
  findLastSaved(formId: string): Promise<string | undefined>
  keepLastSaved(formId: string, record: string): Promise<void>
  notice(): Promise<NoticeFacts | undefined>
  /** The copy of the last session that was opened for this form; it is taken once. */
  takeCopy(form: FormView): ProgressCopy | undefined
  /** Signs what the next session needs; undefined when this device cannot (it was never connected since it was set up). */
  signCopy(copy: ProgressCopy): Promise<string | undefined>
  /** True when this device has hardly any room left for drafts. */
  isRoomShort(): Promise<boolean>
  /** Was the code seen before in the service? Undefined without a connection. */
  isCodeSeen(code: string): Promise<boolean | undefined>
  /** Answers that are known already, by question name, for the form that asks for them. */
  prefill(form: FormView): Promise<Readonly<Record<string, string>>>
  /** The service's own pattern for client codes. */
  codePattern(): Promise<string | undefined>
  /** A file beside the form, by its name: a picture, sound, film or list. Undefined when it is neither here nor to be had. */
  findFile(form: FormView, name: string): Promise<Blob | undefined>
  /** The map of this installation; undefined when it has none, or this device has not been told of it. */
  map(): MapView | undefined
  /** Where a person goes when the form is over: the address of the receipt or of the home page. */
  readonly homePath: string
  receiptPath(instanceId: string): string
  /** Looks for personal facts in a text. */
  readonly look: LookForFacts
  /** Names that are known to belong to the record: those of the person at the device. */
  roster(): readonly string[]
  readonly now: () => Date
}
