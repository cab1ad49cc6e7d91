// The real programme with a client form that has what its own form lacks: pictures, and a repeat inside a repeat. For imports and reading doors.
import type { OutlineNode, QuestionOutline } from '@attune/forms'
import type { Programme } from '@attune/programme'
import { getProgramme } from '../src/outside/programme-folder.ts'

const original = `${import.meta.dirname}/../../../programmes/vig-dcs`
const words = { hint: {}, guidance: {}, media: {}, appearance: [], row: 1 }

const question = (above: string, name: string, type: QuestionOutline['type'], valueType: QuestionOutline['valueType']): QuestionOutline => ({
  ...words,
  kind: 'question',
  name,
  path: `${above}/${name}`,
  type,
  valueType,
  label: { 'English (en)': name },
  required: false,
  requiredMessage: {},
  readonly: false,
  constraintMessage: {},
  parameters: {},
})

/**
 * The client form with `photo`, and with a group `home` whose repeat `visits` asks `visit_on`, `visit_note` (free text that the policy marks) and
 * `visit_photo`, and repeats `steps` with `step_note` (marked) inside.
 */
export function getVisitsProgramme(): Programme {
  const programme = getProgramme(original)
  const steps: OutlineNode = {
    ...words,
    kind: 'repeat',
    name: 'steps',
    path: '/data/home/visits/steps',
    label: {},
    children: [question('/data/home/visits/steps', 'step_note', 'text', 'string')],
  }
  const at = '/data/home/visits'
  const visits: OutlineNode = {
    ...words,
    kind: 'repeat',
    name: 'visits',
    path: at,
    label: {},
    children: [
      question(at, 'visit_on', 'date', 'date'),
      question(at, 'visit_note', 'text', 'string'),
      question(at, 'visit_photo', 'image', 'binary'),
      steps,
    ],
  }
  const home: OutlineNode = { ...words, kind: 'group', name: 'home', path: '/data/home', label: {}, children: [visits] }
  const marked = programme.policy.fields.find(({ disclosureRisk }) => disclosureRisk)!
  const fields = ['visit_note', 'step_note'].map((name) => ({ ...marked, name }))
  const forms = programme.forms.map((form) =>
    form.kind === 'client-record'
      ? {
          ...form,
          version: 'visits',
          outline: {
            ...form.outline,
            version: 'visits',
            children: [...form.outline.children, question('/data', 'photo', 'image', 'binary'), home],
          },
        }
      : form,
  )
  return { ...programme, forms, policy: { ...programme.policy, fields: [...programme.policy.fields, ...fields] } }
}
