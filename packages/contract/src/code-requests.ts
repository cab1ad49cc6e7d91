// A lost client code: asked for by the day of the session, answered with one code or none. Nothing else of a record is in any of these.
import { Type, type Static } from 'typebox'
import type { Route } from './route.ts'
import { ClientCode, closed, Day, Done, Instant, ServiceId, Uuid } from './words.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const requestParams = closed({ requestId: Uuid })

export const OwnCodeRequestRow = closed({
  requestId: Uuid,
  reference: Type.String(),
  sessionOn: Day,
  askedAt: Instant,
  operatorOn: Day,
  state: Type.Enum(['waiting', 'found', 'none']),
  code: Nullable(ClientCode),
})
export type OwnCodeRequestRow = Static<typeof OwnCodeRequestRow>

export const WaitingCodeRequestRow = closed({
  requestId: Uuid,
  reference: Type.String(),
  serviceId: ServiceId,
  practitionerId: Uuid,
  practitioner: Type.String({ description: 'the name; empty while it is held or gone' }),
  sessionOn: Day,
  askedAt: Instant,
})
export type WaitingCodeRequestRow = Static<typeof WaitingCodeRequestRow>

export const codeRequestRoutes = {
  'GET /api/code-requests/own': {
    summary: 'Lost codes that I asked for, and the answers',
    door: 'second-factor',
    act: 'record.ask-code',
    reply: closed({ requests: Type.Array(OwnCodeRequestRow) }),
  },
  'POST /api/code-requests': {
    summary: 'Ask for a lost code by the day of the session',
    door: 'second-factor',
    act: 'record.ask-code',
    body: closed({ sessionOn: Day }),
    status: 201,
    reply: OwnCodeRequestRow,
  },
  'GET /api/code-requests': {
    summary: 'Lost codes that somebody waits for',
    door: 'second-factor',
    act: 'record.list-code-requests',
    needsPurpose: true,
    reply: closed({ requests: Type.Array(WaitingCodeRequestRow) }),
  },
  'POST /api/code-requests/:requestId/answer': {
    summary: 'Answer with one of the codes that were found, or with none',
    door: 'second-factor',
    act: 'record.find-code',
    needsPurpose: true,
    params: requestParams,
    body: closed({ code: Nullable(ClientCode) }),
    reply: Done,
  },
} as const satisfies { readonly [route: string]: Route }
