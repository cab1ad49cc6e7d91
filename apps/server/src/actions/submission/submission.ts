import type { KeptFacts, ShownDocuments } from '@attune/contract'
import type { ProgrammeForm } from '@attune/programme'
import type { SubmissionReading } from '@attune/forms'

/** A picture or other file that came with a form. */
export type SubmittedFile = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** What arrived: the form as XML, its files, and whether the sender says that more files will follow in another request. */
export type Parcel = {
  readonly xml: Buffer
  readonly files: readonly SubmittedFile[]
  readonly incomplete: boolean
  /** How many personal facts of each kind the sender saw in free text and left in. Other apps than ours do not say. */
  readonly keptFacts?: KeptFacts
  /** With a consent: hashes of the texts that were shown before it was signed. */
  readonly shown?: ShownDocuments
}

/** A parcel whose form is known and whose shape was checked. */
export type Submission<F extends ProgrammeForm = ProgrammeForm> = {
  readonly parcel: Parcel
  readonly form: F
  readonly reading: SubmissionReading
  readonly instanceId: string
  /** The collecting app that sent it, if one did. */
  readonly deviceId?: string
}

/** The outcome for the sender. There is no answer in it. */
export type Accepted = {
  readonly instanceId: string
  readonly formId: string
  readonly code: string | null
  readonly receivedAt: Date
  readonly receivedOn: string
  readonly repeated: boolean
}
