// The programme and its forms as a device keeps them. Everything here is public or the same for everybody who may open a form.
import type { FormSummary, FormView, ProgrammeView } from '@attune/contract'
import { getContact, withoutAnswers, type Policy } from '@attune/policy'
import { measuresIn, type Programme, type ProgrammeForm } from '@attune/programme'

/** The policy in force as it is, but for the answers of the training: every printed page is made from it on the device. */
export function presentPolicy(policy: Policy): Omit<Policy, 'training'> & { training: ReturnType<typeof withoutAnswers> } {
  return { ...policy, training: withoutAnswers(policy.training) }
}

export function presentProgramme(
  programme: Programme,
  { demo, signInProvider, map }: Pick<ProgrammeView, 'demo' | 'signInProvider' | 'map'>,
): ProgrammeView {
  const { policy, policyVersion } = programme
  const { name, email, address } = getContact(policy)
  return {
    programmeId: programme.id,
    title: programme.title,
    operator: policy.operator.name,
    policyVersion: policyVersion.text,
    edition: policyVersion.edition,
    contact: { name, email, organisation: policy.operator.name, ...(address !== undefined && { address }) },
    open: programme.open,
    demo,
    signInProvider,
    map,
    draftKeepDays: policy.values.draftKeepDays,
    nomineesPerService: policy.values.nomineesPerServiceMaximum,
    forms: programme.forms.map(presentFormSummary),
  }
}

export function presentFormSummary({ id, version, title, kind, xmlHash }: ProgrammeForm): FormSummary {
  return { formId: id, version, title, kind, hash: xmlHash }
}

export function presentForm(programme: Programme, form: ProgrammeForm): FormView {
  return {
    ...presentFormSummary(form),
    xml: form.xml,
    outline: form.outline,
    questions: form.kind === 'practice' ? {} : { ...form.questions },
    measures: [...measuresIn(programme, form)],
    files: (form.files ?? []).map(({ name, kind, mediaType, bytes, sha256 }) => ({ name, kind, mediaType, bytes, sha256 })),
  }
}
