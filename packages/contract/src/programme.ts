// What a device needs to work with no network: the programme's public facts and its forms.
import { SaidWire } from './told.ts'
import { Type, type Static } from 'typebox'
import { closed, Day, Instant, Uuid } from './words.ts'

export const Contact = closed({ name: Type.String(), organisation: Type.String(), email: Type.String(), address: Type.Optional(Type.String()) })
export const FormSummary = closed({
  formId: Type.String(),
  version: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  hash: Type.String({ description: 'hex SHA-256 of the form XML' }),
})
export type FormSummary = Static<typeof FormSummary>

/** A map for questions about places, where the installation has set one up. */
export const MapView = closed({
  tiles: Type.String({ description: 'address of a picture of the ground, with {z}, {x} and {y} in it' }),
  attribution: Type.String({ description: 'whom the map is owed to, in the words that its owner asks for' }),
  deepest: Type.Integer({ description: 'the deepest level of the map' }),
  start: closed({ latitude: Type.Number(), longitude: Type.Number(), level: Type.Integer() }),
})
export type MapView = Static<typeof MapView>

export const ProgrammeView = closed({
  programmeId: Type.String(),
  title: Type.String(),
  operator: Type.String(),
  policyVersion: Type.String(),
  edition: Type.String(),
  contact: Contact,
  open: Type.Boolean(),
  demo: Type.Boolean(),
  signInProvider: Type.Union([Type.String(), Type.Null()], { description: 'the name of the organisation whose sign-in is taken here, if any' }),
  map: Type.Union([MapView, Type.Null()]),
  draftKeepDays: Type.Integer(),
  nomineesPerService: Type.Integer({ description: 'people of a service who may see its records, at most' }),
  forms: Type.Array(FormSummary),
})
export type ProgrammeView = Static<typeof ProgrammeView>

/** A published form as the device keeps it. `outline` is a FormOutline, `questions` names the questions with a meaning of their own, `measures` the scales it holds. */
export const FormView = closed({
  formId: Type.String(),
  version: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  hash: Type.String(),
  xml: Type.String(),
  outline: Type.Unknown(),
  questions: Type.Record(Type.String(), Type.Unknown()),
  measures: Type.Array(Type.Unknown()),
  files: Type.Array(
    closed({
      name: Type.String(),
      kind: Type.Enum(['image', 'audio', 'video', 'list']),
      mediaType: Type.String(),
      bytes: Type.Integer(),
      sha256: Type.String(),
    }),
    { description: 'what lies beside the form' },
  ),
})
export type FormView = Static<typeof FormView>

export const ControlsPage = closed({
  controls: Type.Array(closed({ measure: Type.String(), state: Type.Enum(['in-order', 'attention', 'unknown']) })),
})
export type ControlsPage = Static<typeof ControlsPage>

/** What still stands between a practitioner and the client form. */
export const StandingItem = closed({ gate: Type.String(), met: Type.Boolean(), sentence: Type.String(), said: Type.Optional(SaidWire) })
export const Standing = closed({
  ready: Type.Boolean(),
  items: Type.Array(StandingItem),
  prefill: Type.Record(Type.String(), Type.String(), { description: 'values for the practitioner consent form: business_email, service_name' }),
  codePattern: Type.Union([Type.String(), Type.Null()], { description: "the service's own pattern for client codes" }),
  tasks: Type.Array(closed({ dueOn: Day, overdue: Type.Boolean() }), { description: 'trainings that an audit asks to be taken again' }),
})
export type Standing = Static<typeof Standing>

export const TrainingAnswers = closed({ course: Type.String(), version: Type.String(), answers: Type.Record(Type.String(), Type.String()) })

export const CodeSeenQuery = closed({ code: Type.String({ minLength: 3, maxLength: 40 }) })
export const CodeSeen = closed({ seen: Type.Boolean() })

/** The reply to an accepted submission for clients that ask for JSON: no answer in it. */
export const Receipt = closed({
  instanceId: Uuid,
  receivedAt: Instant,
  formId: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  repeated: Type.Boolean(),
  day: Day,
})
export type Receipt = Static<typeof Receipt>
