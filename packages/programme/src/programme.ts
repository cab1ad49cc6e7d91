// A programme after reading and checking: one plain value that everything else is made from.
import type { FormFile, FormOutline } from '@attune/forms'
import type { Scale } from '@attune/measures'
import type { Field, Policy } from '@attune/policy'

/** What is stamped on every consent, submission, download and log entry: the edition and the hash of what it said. Hashes are those of the caller's `digest`. */
export type PolicyVersion = {
  readonly edition: string
  /** Hash of the checked policy; comments and layout of the file do not change it. */
  readonly hash: string
  readonly termsVersion: string
  /** Hash of the statements of the terms of use. */
  readonly termsHash: string
  /** Both in one word, for example "2025-06+9f3a61c0d2b4e5f7". */
  readonly text: string
}

/** Which question of the client form is what. Values are question names; those of `goals` are in the order in which they are asked. */
export type ClientRecordQuestions = {
  /** select one: yes, no */
  readonly clientConsent: string
  /** date */
  readonly signedOn: string
  /** acknowledge */
  readonly heldByService: string
  /** select one: yes, no; "yes" when the consent covers the service's own copies */
  readonly serviceCopy: string
  readonly clientCode: string
  /** select one: service, form */
  readonly codeSource: string
  /** date */
  readonly sessionOn: string
  /** integer */
  readonly sessionNo: string
  readonly timePoint: string
  readonly sessionMode: string
  readonly ageGroup: string
  readonly otherSupport: string
  /** The words about the child and about the relationship. */
  readonly narratives: readonly string[]
  readonly goals: readonly { readonly text: string; readonly rating: string }[]
  /** Questions whose answers a saved copy brings to the next session, besides the code and the goals' words. */
  readonly carriedOver: readonly string[]
}

/** Which question of the practitioner consent is what. */
export type ConsentQuestions = {
  readonly firstName: string
  readonly surname: string
  readonly businessEmail: string
  readonly serviceName: string
  readonly signature: string
  /** Acknowledgements, all needed: statement id of the policy's terms to question name. */
  readonly statements: { readonly [statement: string]: string }
}

/** What a form version brings along that the programme's files do not hold. */
export type FormAdditions = {
  /** The one service that this version is for; left out where it is for all. */
  readonly serviceId?: string
  /** What each question is for that policy.yaml does not know. */
  readonly fields: readonly Field[]
  /** The service's own measures, beyond those of measures.yaml, and those of it that the service asks item by item. */
  readonly measures: readonly MeasureUse[]
  /** Measures of everybody's form that the service agreed to ask item by item, while nothing lets it show their wording: their totals are entered. */
  readonly resting?: readonly RestingMeasure[]
}

export type RestingMeasure = {
  readonly scale: Scale
  readonly domain: MeasureDomain
  readonly purposes: readonly string[]
  readonly justification: string
}

type FormFacts = {
  /** The XLSForm's form_id. */
  readonly id: string
  readonly title: string
  readonly version: string
  /** The programme's file that it was made from. */
  readonly file: string
  readonly xml: string
  readonly xmlHash: string
  readonly outline: FormOutline
  readonly additions?: FormAdditions
  /** What lies beside the form; left out where nothing does. */
  readonly files?: readonly FormFile[]
}

export type ClientRecordForm = FormFacts & { readonly kind: 'client-record'; readonly questions: ClientRecordQuestions }
export type ConsentForm = FormFacts & { readonly kind: 'practitioner-consent'; readonly questions: ConsentQuestions }
/** A form to try things out with. It is never sent. */
export type PracticeForm = FormFacts & { readonly kind: 'practice' }
export type ProgrammeForm = ClientRecordForm | ConsentForm | PracticeForm

/** A measure in use: its scale and where a form holds its answers. */
export type MeasureUse = {
  readonly scale: Scale
  readonly form: string
  /** What it is about for the progress view: how a parent sees things, the relationship, or how somebody feels. */
  readonly domain: MeasureDomain
  /** Item code to question name, for measures that are asked item by item; empty otherwise. */
  readonly items: { readonly [item: string]: string }
  /** Score id ("total" or a subscale) to question name: calculated on the form when there are items, typed in when there are none. */
  readonly scores: { readonly [score: string]: string }
  /**
   * Scores that are typed in beside the items: those that no item adds up to, and totals from paper, which count where lines are left empty.
   * Score id to question name.
   */
  readonly typed?: { readonly [score: string]: string }
  /** Of a service's own measure: two people agreed that it is asked item by item wherever the service may show its wording. */
  readonly reviewedItems?: true
}

export const measureDomains = ['attitude', 'relationship', 'wellbeing', 'goals'] as const
export type MeasureDomain = (typeof measureDomains)[number]

/** One clause of a ledger: what the source document says, the control that makes it true and the proof that must be watched from outside. */
export type Clause = {
  readonly id: string
  readonly section: string
  readonly says: string
  readonly kind: string
  readonly actors: readonly string[]
  readonly control: string
  readonly proof: string
  readonly priority: 'must' | 'should' | 'could'
  /** Who attests it, where only a contract or a person outside the software can make it true. */
  readonly attestedBy?: string
  /** The last day for which they attest it. */
  readonly attestedUntil?: string
}

export type Programme = {
  readonly id: string
  readonly title: string
  readonly languages: readonly string[]
  /** False while the programme takes nothing in. */
  readonly open: boolean
  readonly policy: Policy
  readonly policyVersion: PolicyVersion
  readonly forms: readonly ProgrammeForm[]
  readonly measures: readonly MeasureUse[]
  readonly clauses: readonly Clause[]
}

export function findForm(programme: Programme, id: string, version?: string): ProgrammeForm | undefined {
  return programme.forms.find((form) => form.id === id && (version === undefined || form.version === version))
}

/** The form of a kind. A checked programme has exactly one client record form and one practitioner consent form. */
export function getFormOfKind<K extends ProgrammeForm['kind']>(programme: Programme, kind: K): Extract<ProgrammeForm, { kind: K }> {
  const form = programme.forms.find((candidate) => candidate.kind === kind)
  if (form === undefined) throw new Error(`The programme ${programme.id} has no form of the kind ${kind}`)
  return form as Extract<ProgrammeForm, { kind: K }>
}

export function measuresOf(programme: Programme, formId: string): readonly MeasureUse[] {
  return programme.measures.filter((use) => use.form === formId)
}

/**
 * The measures that one version of a form holds, each once: the programme's and those that a service added. One of the programme's that the service
 * asks item by item is scored from its items; the total that everybody types counts where they are left empty.
 */
export function measuresIn(programme: Programme, form: Pick<ProgrammeForm, 'id' | 'additions'>): readonly MeasureUse[] {
  const added = form.additions?.measures ?? []
  const core = measuresOf(programme, form.id)
  const merged = core.map((use) => {
    const own = added.find(({ scale }) => scale.id === use.scale.id)
    return own === undefined ? use : { ...own, domain: use.domain, typed: { ...own.typed, ...use.scores } }
  })
  return [...merged, ...added.filter((own) => !core.some(({ scale }) => scale.id === own.scale.id))]
}
