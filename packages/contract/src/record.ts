// Records as a service's data support sees them: pseudonymous answers of its own service, under a purpose of the policy.
import { Type, type Static } from 'typebox'
import { ClientCode, closed, Day, Instant, Uuid } from './words.ts'

export const RecordRow = closed({
  recordId: Uuid,
  code: ClientCode,
  sessionOn: Day,
  sessionNo: Type.Union([Type.Integer(), Type.Null()]),
  timePoint: Type.String(),
  sessionMode: Type.String(),
  ageGroup: Type.String(),
  practitionerId: Type.Union([Uuid, Type.Null()]),
  scores: Type.Record(Type.String(), Type.Number(), { description: 'measure id (or measure.scale) -> score' }),
  receivedAt: Instant,
  serviceCopy: Type.Boolean({ description: 'the client agreed that the service keeps its own copy' }),
  reviewState: Type.String(),
})
export type RecordRow = Static<typeof RecordRow>

export const RecordsQuery = closed({
  after: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
  serviceId: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
})
export type RecordsQuery = Static<typeof RecordsQuery>
export const RecordsPage = closed({ records: Type.Array(RecordRow), total: Type.Integer(), next: Type.Union([Type.String(), Type.Null()]) })
export type RecordsPage = Static<typeof RecordsPage>

export const AnswerLine = closed({ name: Type.String(), label: Type.String(), section: Type.String(), value: Type.String(), kind: Type.String() })
/** Why the engine reads a record otherwise than it was sent: where, in the form's words, and what kind of difference. Never an answer. */
export const reviewReasons = ['differs', 'required', 'constraint', 'file-missing', 'form-unusable', 'engine-failed', 'took-too-long'] as const
export type ReviewReason = (typeof reviewReasons)[number]
export const Review = closed({
  state: Type.String({ description: 'received (not replayed yet), agreed or differs' }),
  reasons: Type.Array(closed({ place: Type.String(), label: Type.String(), why: Type.Enum([...reviewReasons]) })),
})
export type Review = Static<typeof Review>

export const RecordView = closed({
  record: RecordRow,
  answers: Type.Array(AnswerLine),
  practitioner: Type.Union([Type.String(), Type.Null()]),
  formId: Type.String(),
  formVersion: Type.String(),
  policyVersion: Type.String(),
  review: Review,
})
export type RecordView = Static<typeof RecordView>

export const PractitionerRow = closed({
  practitionerId: Uuid,
  name: Type.String(),
  email: Type.String(),
  status: Type.String(),
  consentCurrent: Type.Boolean(),
})
export type PractitionerRow = Static<typeof PractitionerRow>
export const PractitionersPage = closed({ practitioners: Type.Array(PractitionerRow) })

export const CodeSearch = closed({ practitionerId: Uuid, sessionOn: Day })
export const CodeSearchReply = closed({ found: Type.Array(closed({ code: ClientCode, receivedAt: Instant })) })
export type CodeSearchReply = Static<typeof CodeSearchReply>

/** What an episode still needs before it says something about change. */
export const completenessGaps = ['too-few-sessions', 'too-few-face-to-face', 'no-before', 'no-after'] as const
export type CompletenessGap = (typeof completenessGaps)[number]
export const CompletenessRow = closed({
  code: ClientCode,
  sessions: Type.Integer(),
  faceToFace: Type.Integer(),
  online: Type.Integer(),
  lastOn: Day,
  gaps: Type.Array(Type.Enum([...completenessGaps])),
})
export type CompletenessRow = Static<typeof CompletenessRow>
export const CompletenessPage = closed({
  leastSessions: Type.Integer({ description: 'face-to-face sessions that an episode has at least, from the policy' }),
  complete: Type.Integer({ description: 'clients of the service with nothing missing' }),
  clients: Type.Array(CompletenessRow, { description: 'those with something missing, the longest without a session first' }),
})
export type CompletenessPage = Static<typeof CompletenessPage>

export const downloadFormats = ['csv', 'xlsx', 'json', 'sav'] as const
/**
 * The reply is a zip: the records, sealed (AES-256) under the passphrase in the header `attune-passphrase`, which is told once; codebook.csv; and
 * manifest.json naming the responsible body, rows, rows withheld and the SHA-256 of the records.
 */
export const DownloadOrder = closed({
  format: Type.Enum([...downloadFormats]),
  acceptResponsibility: Type.Boolean(),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
})
export type DownloadOrder = Static<typeof DownloadOrder>

/**
 * Questions of the client form, by their meaning, whose answers no correction changes: which client it is, and what the client agreed to. Consent
 * changes by consent given anew or taken back, never by writing another answer over it.
 */
export const neverCorrected = {
  client: ['clientCode', 'codeSource'],
  consent: ['clientConsent', 'signedOn', 'heldByService', 'serviceCopy'],
} as const
