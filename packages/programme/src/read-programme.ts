import type { Field } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { openYaml } from './cursor.ts'
import type { ProgrammeIssue } from './issue.ts'
import { toPolicyVersion } from './policy-version.ts'
import type { Programme, ProgrammeForm } from './programme.ts'
import { readForm } from './read-forms.ts'
import { readHead, readLedgerFiles } from './read-ledger.ts'
import { readMeasures } from './read-measures.ts'
import { readPolicy } from './read-policy.ts'
import { readTraining } from './read-training.ts'

export type ProgrammeSource = {
  /** The texts of the programme folder by their path inside it, with forward slashes. */
  readonly files: ReadonlyMap<string, string>
  /** The definitions of the measures by id. */
  readonly scales: ReadonlyMap<string, string>
  /** Hash of a text, in hexadecimal; the caller brings it because this package is pure. */
  readonly digest: (text: string) => string
}

/**
 * Reads a programme folder into one checked value, or says everything that is wrong with it: file, line, column and what to write.
 * A programme with a hole in it (no controller, a field without a purpose, a question without a field …) is never ok.
 */
export function readProgramme({
  files,
  scales,
  digest,
}: ProgrammeSource): { readonly ok: true; readonly programme: Programme } | { readonly ok: false; readonly issues: readonly ProgrammeIssue[] } {
  const issues: ProgrammeIssue[] = []
  const root = openYaml(files, 'programme.yaml', issues)
  if (root.isMissing) return { ok: false, issues }
  const { id, title, status } = readHead(root)
  if (status === 'ledger-only') {
    root
      .at('status')
      ?.report(
        'ledger-only',
        'This programme has only its ledger of clauses so far, so it cannot be opened. Add policy, forms and measures and set status: running.',
      )
    return { ok: false, issues }
  }
  root.onlyKeys(['id', 'title', 'status', 'open', 'languages', 'policy', 'training', 'measures', 'ledgers', 'forms'])
  const open = root.need('open', 'true or false').flag()
  const languages = root.need('languages', 'a list such as [English (en)]').texts()
  const part = (key: string, what: string) => openYaml(files, root.need(key, what).text() || `${key}.yaml`, issues)
  const training = readTraining(part('training', 'training.yaml'))
  const { policy, fields } = readPolicy(part('policy', 'policy.yaml'), id, training)
  const formList = root.need('forms', 'a list of { file: …, kind: …, questions: … }')
  const forms = formList.items().map((entry) => ({ entry, form: readForm(entry, { files, digest, policy, languages, issues }) }))
  checkFormSet(formList, forms)
  const readForms = forms.flatMap(({ form }) => (form === undefined ? [] : [form]))
  const known = readForms.map((form) => form.id)
  for (const { field, place } of fields) {
    if (readForms.length === forms.length && !known.includes(field.form))
      place.report('reference-unknown', `There is no form "${field.form}" in this programme. Known are: ${known.join(', ')}.`)
    checkPlaceOfField(place, field, readForms.find(({ id }) => id === field.form)?.kind)
  }
  const measures = readMeasures(part('measures', 'measures.yaml'), scales, readForms, issues)
  const clauses = readLedgerFiles(root, files, issues).flatMap((ledger) => ledger.clauses)
  if (issues.length > 0) return { ok: false, issues: inOrder(issues) }
  return {
    ok: true,
    programme: { id, title, languages, open, policy, policyVersion: toPolicyVersion(policy, digest), forms: readForms, measures, clauses },
  }
}

// A form's answers are sealed and kept together, and what the server adds to a record lies apart. A field that is said to lie or to end elsewhere
// would make the printed inventory say what is not so.
const placeOfFields = {
  'client-record': { asked: { partition: 'answers', keep: 'client-record' }, stamped: { partition: 'identity', keep: 'record-author' } },
  'practitioner-consent': {
    asked: { partition: 'identity', keep: 'practitioner-consent' },
    stamped: { partition: 'identity', keep: 'practitioner-consent' },
  },
} as const

function checkPlaceOfField(place: Cursor, field: Field, kind: ProgrammeForm['kind'] | undefined): void {
  if (kind !== 'client-record' && kind !== 'practitioner-consent') return
  const { partition, keep } = placeOfFields[kind][field.origin]
  if (field.partition !== partition)
    place.report('field-elsewhere', `The program keeps "${field.name}" in another place than ${field.partition}. Write partition: ${partition}.`)
  if (field.keep !== keep && field.keep !== '')
    place.report('field-elsewhere', `"${field.name}" goes together with all that its form asks. Write keep: ${keep}.`)
}

function checkFormSet(list: Cursor, forms: readonly { readonly entry: Cursor; readonly form: ProgrammeForm | undefined }[]): void {
  const seen = new Set<string>()
  for (const { entry, form } of forms) {
    if (form === undefined) continue
    if (seen.has(form.id)) entry.report('form-duplicate', `Another form has the form_id ${form.id} as well. Give each its own.`)
    seen.add(form.id)
  }
  if (forms.some(({ form }) => form === undefined)) return
  for (const kind of ['client-record', 'practitioner-consent'] as const) {
    const count = forms.filter(({ form }) => form?.kind === kind).length
    if (count !== 1 && !list.isMissing) list.report('form-kind-missing', `A programme has exactly one form of the kind ${kind}; here are ${count}.`)
  }
}

function inOrder(issues: readonly ProgrammeIssue[]): readonly ProgrammeIssue[] {
  return [...issues].sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column)
}
