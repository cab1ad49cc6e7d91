// The published shape of a portable package: what somebody takes with them, in a form that another system can read (UK GDPR Article 20).
import { Type, type Static } from 'typebox'
import { closed, Day, Instant, Uuid } from './words.ts'

const Answer = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String()), Type.Null(), Type.Unknown()])

export const PortableBundle = closed(
  {
    schema: Type.Literal('attune-portable/1'),
    programme: Type.String(),
    policyVersion: Type.String(),
    madeAt: Instant,
    about: Type.Enum(['client', 'practitioner', 'service']),
    service: closed({ id: Type.String(), name: Type.String() }),
    clients: Type.Array(
      closed({
        code: Type.String(),
        sessions: Type.Array(
          closed({
            recordId: Uuid,
            sessionOn: Day,
            receivedAt: Instant,
            form: closed({ id: Type.String(), version: Type.String() }),
            answers: Type.Record(Type.String(), Answer),
            scores: Type.Array(closed({ scale: Type.String(), stored: Type.Integer() })),
          }),
        ),
      }),
    ),
    practitioner: Type.Union([
      closed({
        consents: Type.Array(
          closed({ signedAt: Instant, edition: Type.String(), termsVersion: Type.String(), fields: Type.Record(Type.String(), Type.Unknown()) }),
        ),
        trainings: Type.Array(closed({ course: Type.String(), version: Type.String(), passedAt: Instant })),
        records: Type.Array(closed({ recordId: Uuid, sessionOn: Day, name: Type.String(), email: Type.String() })),
      }),
      Type.Null(),
    ]),
    fields: Type.Array(
      closed({
        form: Type.String(),
        version: Type.String(),
        name: Type.String(),
        label: Type.String(),
        type: Type.String(),
        choices: Type.Record(Type.String(), Type.String()),
      }),
    ),
  },
  { description: 'Everything that is held about one client code, one practitioner or one service' },
)
export type PortableBundle = Static<typeof PortableBundle>
