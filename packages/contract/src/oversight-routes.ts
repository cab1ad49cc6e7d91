// The routes of those who watch over the data: letters, audits, incidents.
import { AssurancePage } from './assurance.ts'
import * as audit from './audits.ts'
import * as breach from './breaches.ts'
import { ConsentsPage } from './consents.ts'
import * as mail from './mail.ts'
import { MarksPage } from './marks.ts'
import { GrantReview } from './people.ts'
import type { Route } from './route.ts'
import { closed, Done, Uuid } from './words.ts'

const auditParams = closed({ auditId: Uuid })
const textParams = closed({ textId: Uuid })
const breachParams = closed({ breachId: Uuid })

export const oversightRoutes = {
  'GET /api/assurance': {
    summary: 'Every clause, its proofs, and how the controls stand now',
    door: 'second-factor',
    act: 'assurance.read',
    reply: AssurancePage,
  },
  'GET /api/marks': { summary: 'What waits for me, and what is overdue', door: 'second-factor', act: 'service.read', reply: MarksPage },
  'GET /api/outbox': { summary: 'Letters that wait here', door: 'second-factor', act: 'mail.read', reply: mail.OutboxPage },
  'GET /api/audits': {
    summary: 'Quarterly audits of a year, newest first, and those that are not closed',
    door: 'second-factor',
    act: 'audit.read-findings',
    query: audit.AuditsQuery,
    reply: audit.AuditsPage,
  },
  'GET /api/audits/:auditId/findings': {
    summary: 'What an audit found, without the text',
    door: 'second-factor',
    act: 'audit.read-findings',
    params: auditParams,
    reply: audit.FindingsPage,
  },
  'GET /api/audits/:auditId/texts': {
    summary: 'The next texts that need a verdict',
    door: 'second-factor',
    act: 'text.audit',
    needsPurpose: true,
    params: auditParams,
    reply: audit.AuditTextsPage,
  },
  'POST /api/audit-texts/:textId/verdict': {
    summary: 'Judge one text: nothing in it, or replace what names somebody',
    door: 'second-factor',
    act: 'record.redact',
    needsPurpose: true,
    params: textParams,
    body: audit.AuditVerdict,
    reply: audit.AuditJudged,
  },
  'POST /api/audits/:auditId/close': {
    summary: 'Close an audit and report to each service',
    door: 'second-factor',
    act: 'audit.close',
    params: auditParams,
    reply: audit.AuditView,
  },
  'GET /api/consents': {
    summary: 'The register of practitioner consents',
    door: 'second-factor',
    act: 'consent.read',
    needsPurpose: true,
    reply: ConsentsPage,
  },
  'POST /api/grants/:grantId/review': {
    summary: 'Look at an access again: let it go on, or end it with a reason',
    door: 'second-factor',
    act: 'grant.give',
    params: closed({ grantId: Uuid }),
    body: GrantReview,
    reply: Done,
  },
  'GET /api/breaches': { summary: 'The register of data incidents', door: 'second-factor', act: 'breach.read', reply: breach.BreachesPage },
  'POST /api/breaches': {
    summary: 'Record a data incident: its clock starts, and services hear of it',
    door: 'second-factor',
    act: 'breach.record',
    body: breach.BreachNew,
    status: 201,
    reply: breach.BreachRecorded,
  },
  'GET /api/breaches/:breachId': {
    summary: 'One incident',
    door: 'second-factor',
    act: 'breach.read',
    params: breachParams,
    reply: breach.BreachView,
  },
  'POST /api/breaches/:breachId/assessment': {
    summary: 'Say how great the risk to people is, and why',
    door: 'second-factor',
    act: 'breach.decide',
    params: breachParams,
    body: breach.BreachAssessment,
    reply: breach.BreachView,
  },
  'POST /api/breaches/:breachId/regulator': {
    summary: 'Note that the regulator was told',
    door: 'second-factor',
    act: 'breach.decide',
    params: breachParams,
    body: breach.BreachToRegulator,
    reply: breach.BreachView,
  },
  'POST /api/breaches/:breachId/individuals': {
    summary: 'Tell the people concerned',
    door: 'second-factor',
    act: 'breach.decide',
    params: breachParams,
    reply: breach.BreachView,
  },
  'POST /api/breaches/:breachId/close': {
    summary: 'Close an incident',
    door: 'second-factor',
    act: 'breach.decide',
    params: breachParams,
    body: breach.BreachClosing,
    reply: breach.BreachView,
  },
} as const satisfies { readonly [route: string]: Route }
