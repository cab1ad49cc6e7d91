// Every JSON route, once: the server registers from this table, the web calls through it, OpenAPI is printed from it and the matrix
// test walks it. Routes of the OpenRosa protocol (multipart, XML) are in `openRosaRoutes`.
import { Type, type Static, type TSchema } from 'typebox'
import { deviceRoutes } from './device-routes.ts'
import * as desk from './forms-desk.ts'
import { oversightRoutes } from './oversight-routes.ts'
import * as people from './people.ts'
import { peopleRoutes } from './people-routes.ts'
import * as programme from './programme.ts'
import * as progress from './progress-keys.ts'
import { recordRoutes } from './record-routes.ts'
import * as report from './report.ts'
import type { Route } from './route.ts'
import { retentionRoutes } from './retention.ts'
import { rightsRoutes } from './rights.ts'
import * as session from './session.ts'
import * as themes from './themes.ts'
import { trustRoutes } from './trust-routes.ts'
import { webhookRoutes } from './webhooks.ts'
import { closed, Done, Uuid } from './words.ts'

const formParams = closed({ formId: Type.String(), version: Type.String() })
const fileParams = closed({ formId: Type.String(), version: Type.String(), name: Type.String({ maxLength: 200 }) })
const draftParams = closed({ draftId: Uuid })

export type { Door, Route } from './route.ts'

export const routes = {
  'GET /api/health': {
    summary: 'Is the server up and its databases reachable',
    door: 'open',
    reply: closed({ ok: Type.Boolean(), version: Type.String() }),
  },
  'GET /api/programme': { summary: 'Public facts of the programme', door: 'open', reply: programme.ProgrammeView },
  'GET /api/policy': {
    summary: 'The policy in force, as data: every printed page is made from it',
    door: 'open',
    reply: Type.Unknown({ description: 'a Policy of packages/policy; the right answers of the training are left out' }),
  },
  'GET /api/controls': {
    summary: 'How the measures of the security page stand at this moment, as far as the system can see it itself',
    door: 'open',
    reply: programme.ControlsPage,
  },
  'POST /api/session': { summary: 'Sign in with a password: the first step', door: 'open', body: session.SignIn, reply: session.SessionView },
  'GET /api/session': { summary: 'Who is signed in here', door: 'enrolment', reply: session.SessionView },
  'DELETE /api/session': { summary: 'Sign out', door: 'open', reply: Done },
  'POST /api/session/totp': {
    summary: 'The second step with an authenticator app',
    door: 'enrolment',
    body: session.CodeEntry,
    reply: session.SessionView,
  },
  'POST /api/session/recovery': {
    summary: 'The second step with a recovery code',
    door: 'enrolment',
    body: session.RecoveryEntry,
    reply: session.SessionView,
  },
  'POST /api/session/passkey/options': { summary: 'Begin signing in with a passkey', door: 'open', reply: session.PasskeyOptions },
  'POST /api/session/passkey': {
    summary: 'Sign in with a passkey: both steps at once',
    door: 'open',
    body: session.PasskeyReply,
    reply: session.SessionView,
  },
  'POST /api/session/provider/begin': {
    summary: 'Begin a visit to the sign-in of an organisation (OpenID Connect)',
    door: 'open',
    body: session.VisitStart,
    reply: session.VisitAddress,
  },
  'POST /api/session/provider': { summary: 'Come back from it', door: 'open', body: session.VisitAnswer, reply: session.VisitEnd },
  'POST /api/session/grant': {
    summary: 'Act under another of your own roles',
    door: 'second-factor',
    body: session.GrantChoice,
    reply: session.SessionView,
  },
  'POST /api/invitations/look': { summary: 'What an invitation is for', door: 'open', body: session.InvitationToken, reply: session.InvitationView },
  'POST /api/invitations/accept': { summary: 'Take up an invitation', door: 'open', body: session.InvitationAccept, reply: session.SessionView },
  'POST /api/factors/totp': { summary: 'Begin adding an authenticator app', door: 'enrolment', reply: session.TotpStart },
  'POST /api/factors/totp/confirm': {
    summary: 'Finish adding it with its first code',
    door: 'enrolment',
    body: session.CodeEntry,
    reply: session.RecoveryCodes,
  },
  'POST /api/factors/passkey/options': { summary: 'Begin adding a passkey', door: 'enrolment', reply: session.PasskeyOptions },
  'POST /api/factors/passkey': { summary: 'Finish adding a passkey', door: 'enrolment', body: session.PasskeyNew, reply: session.SessionView },
  'DELETE /api/factors/provider': { summary: 'Disconnect the sign-in of an organisation', door: 'second-factor', reply: session.SessionView },
  'GET /api/demo/people': { summary: 'The people of the demo', door: 'open', reply: closed({ people: Type.Array(session.DemoPerson) }) },
  'POST /api/demo/session': { summary: 'Sign in as one of them', door: 'open', body: session.DemoChoice, reply: session.SessionView },

  'GET /api/forms': {
    summary: 'Forms that take answers today',
    door: 'second-factor',
    act: 'form.open',
    reply: closed({ forms: Type.Array(programme.FormSummary) }),
  },
  'GET /api/forms/:formId/:version': {
    summary: 'One form as the device keeps it',
    door: 'second-factor',
    act: 'form.open',
    params: formParams,
    reply: programme.FormView,
  },
  'GET /api/forms/:formId/:version/files/:name': {
    summary: 'A file beside a form: a picture, sound, film or list',
    door: 'second-factor',
    act: 'form.open',
    params: fileParams,
    reply: 'application/octet-stream',
  },
  'GET /api/form-desk': {
    summary: 'Versions of the forms, and what was handed in',
    door: 'second-factor',
    act: 'form.propose',
    reply: desk.FormsDesk,
  },
  'POST /api/form-drafts': {
    summary: 'Hand in a workbook: what is wrong with it, or a draft',
    door: 'second-factor',
    act: 'form.propose',
    body: desk.FormUpload,
    bodyLimitBytes: Math.ceil((desk.workbookLimitBytes + desk.formFilesLimits.totalBytes) / 3) * 4 + 100_000,
    reply: desk.DraftView,
  },
  'GET /api/form-drafts/:draftId': {
    summary: 'One draft as it was handed in',
    door: 'second-factor',
    act: 'form.propose',
    params: draftParams,
    reply: desk.DraftView,
  },
  'GET /api/form-drafts/:draftId/files/:name': {
    summary: 'A file that came with a draft',
    door: 'second-factor',
    act: 'form.propose',
    params: closed({ draftId: Uuid, name: Type.String({ maxLength: 200 }) }),
    reply: 'application/octet-stream',
  },
  'POST /api/form-drafts/:draftId/publish': {
    summary: 'Publish a draft that somebody else handed in',
    door: 'second-factor',
    act: 'form.propose',
    params: draftParams,
    reply: desk.DraftSummary,
  },
  'DELETE /api/form-drafts/:draftId': { summary: 'Withdraw a draft', door: 'second-factor', act: 'form.propose', params: draftParams, reply: Done },
  'POST /api/forms/:formId/:version/close': {
    summary: 'Take no more answers with this version',
    door: 'second-factor',
    act: 'form.propose',
    params: formParams,
    reply: Done,
  },
  'GET /api/form-versions/:formId/:version': {
    summary: 'One version as it was published, open or closed',
    door: 'second-factor',
    act: 'form.propose',
    params: formParams,
    reply: desk.FormVersionView,
  },
  'GET /api/form-versions/:formId/:version/files/:name': {
    summary: 'A file beside any version, open or closed',
    door: 'second-factor',
    act: 'form.propose',
    params: fileParams,
    reply: 'application/octet-stream',
  },
  'GET /api/form-versions/:formId/:version/workbook': {
    summary: 'One version as a spreadsheet',
    door: 'second-factor',
    act: 'form.propose',
    params: formParams,
    reply: desk.workbookType,
  },
  'GET /api/measures': {
    summary: 'Measures that a service may add to its form',
    door: 'second-factor',
    act: 'measure.propose',
    query: closed({ serviceId: Type.Optional(Type.String()) }),
    reply: desk.MeasuresPage,
  },
  'POST /api/measures': {
    summary: 'Propose a measure of the service’s own, with its suitability review',
    door: 'second-factor',
    act: 'measure.propose',
    body: desk.MeasureProposal,
    status: 201,
    reply: desk.DraftSummary,
  },
  'POST /api/measures/:scaleId/removal': {
    summary: 'Propose to take a measure of the service’s own out of its form',
    door: 'second-factor',
    act: 'measure.propose',
    params: closed({ scaleId: Type.String({ maxLength: 60 }) }),
    body: desk.MeasureRemoval,
    status: 201,
    reply: desk.DraftSummary,
  },
  'DELETE /api/measures/:draftId': {
    summary: 'Take back what was proposed about a measure',
    door: 'second-factor',
    act: 'measure.propose',
    params: draftParams,
    reply: Done,
  },
  ...deviceRoutes,
  'GET /api/standing': {
    summary: 'What still stands between me and the client form',
    door: 'second-factor',
    act: 'consent.sign',
    reply: programme.Standing,
  },
  'POST /api/training': {
    summary: 'Hand in the short training check',
    door: 'second-factor',
    act: 'training.take',
    body: programme.TrainingAnswers,
    reply: programme.Standing,
  },
  'POST /api/client-codes/seen': {
    summary: 'Was this code seen before in my service: yes or no',
    door: 'second-factor',
    act: 'record.check-code',
    body: programme.CodeSeenQuery,
    reply: programme.CodeSeen,
  },
  'POST /api/progress-keys': {
    summary: 'Certify the key with which this device signs copies for the next session',
    door: 'second-factor',
    act: 'record.submit',
    body: progress.DeviceKeyNew,
    reply: progress.DeviceKeyCertified,
  },

  ...recordRoutes,
  'GET /api/reports/service': {
    summary: 'Change in my service, aggregates only',
    door: 'second-factor',
    act: 'report.service',
    query: report.ReportQuery,
    reply: report.Report,
  },
  'GET /api/reports/national': {
    summary: 'Change over all services, aggregates only',
    door: 'second-factor',
    act: 'report.national',
    query: report.ReportQuery,
    reply: report.Report,
  },

  'GET /api/report-layouts': {
    summary: "My service's own selections of what its report shows",
    door: 'second-factor',
    act: 'report.service',
    reply: report.ReportLayoutsPage,
  },
  'POST /api/report-layouts': {
    summary: 'Save a selection for my service',
    door: 'second-factor',
    act: 'report.service',
    body: report.ReportLayoutNew,
    status: 201,
    reply: report.ReportLayoutView,
  },
  'DELETE /api/report-layouts/:layoutId': {
    summary: 'Remove a selection',
    door: 'second-factor',
    act: 'report.service',
    params: closed({ layoutId: Uuid }),
    reply: Done,
  },

  'GET /api/themes': {
    summary: 'Questions to read for themes, and what was counted so far',
    door: 'second-factor',
    act: 'text.code',
    needsPurpose: true,
    reply: themes.ThemesPage,
  },
  'GET /api/themes/texts': {
    summary: 'A page of what clients said, without identity',
    door: 'second-factor',
    act: 'text.code',
    needsPurpose: true,
    query: themes.ThemeTextsQuery,
    reply: themes.ThemeTextsPage,
  },
  'POST /api/themes': {
    summary: 'Save counts of themes',
    door: 'second-factor',
    act: 'text.code',
    needsPurpose: true,
    body: themes.ThemeCountsNew,
    status: 201,
    reply: closed({ codingId: Uuid }),
  },

  ...peopleRoutes,
  ...trustRoutes,
  ...webhookRoutes,
  ...oversightRoutes,
  'GET /api/events': {
    summary: 'Who did what, without answers',
    door: 'second-factor',
    act: 'log.read',
    query: people.EventsQuery,
    reply: people.EventsPage,
  },
  ...rightsRoutes,
  ...retentionRoutes,
} as const satisfies { readonly [route: string]: Route }

export type RouteName = keyof typeof routes
export const routeNames = Object.keys(routes) as RouteName[]

type Of<R extends RouteName, K extends string> = (typeof routes)[R] extends { readonly [key in K]: infer S }
  ? S extends TSchema
    ? Static<S>
    : undefined
  : undefined
export type BodyOf<R extends RouteName> = Of<R, 'body'>
export type QueryOf<R extends RouteName> = Of<R, 'query'>
export type ParamsOf<R extends RouteName> = Of<R, 'params'>
export type ReplyOf<R extends RouteName> = (typeof routes)[R]['reply'] extends string ? ArrayBuffer : Of<R, 'reply'>

/** The OpenRosa routes, https://docs.getodk.org/openrosa/: `HEAD /submission` answers 204, `POST /submission` 201 or 202. */
export const openRosaRoutes = [
  'HEAD /submission',
  'POST /submission',
  'GET /formList',
  'GET /formList/:formId/:version/form.xml',
  'GET /formList/:formId/:version/manifest.xml',
  'GET /formList/:formId/:version/files/:name',
] as const

/** Largest submission in bytes, pictures included; sent as X-OpenRosa-Accept-Content-Length. */
export const submissionLimitBytes = 10 * 1024 * 1024
