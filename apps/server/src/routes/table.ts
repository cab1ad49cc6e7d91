// All answers in one place. A route of the contract that is missing here is missing from the server, and a test says so.
import type { FastifyInstance } from 'fastify'
import type { Attune } from '../attune.ts'
import type { Answers } from './answers.ts'
import { registerAnalysis } from './analysis.ts'
import { assuranceAnswers } from './assurance.ts'
import { auditAnswers } from './audits.ts'
import { breachAnswers } from './breaches.ts'
import { codeRequestAnswers } from './code-requests.ts'
import { consentAnswers } from './consents.ts'
import { demoAnswers } from './demo-session.ts'
import { deviceAnswers } from './devices.ts'
import { factorAnswers } from './factors.ts'
import { formsDeskAnswers } from './forms-desk.ts'
import { registerFeed } from './feed.ts'
import { registerFormList } from './form-list.ts'
import { registerKoboExports } from './kobo-exports.ts'
import { registerKobo } from './kobo.ts'
import { healthAnswers } from './health.ts'
import { invitationAnswers } from './invitations.ts'
import { mailAnswers } from './mail.ts'
import { markAnswers } from './marks.ts'
import { peopleAnswers } from './people.ts'
import { programmeAnswers } from './programme.ts'
import { recordAnswers } from './records.ts'
import { reportAnswers } from './reports.ts'
import { retentionAnswers } from './retention.ts'
import { rightsAnswers } from './rights.ts'
import { sessionAnswers } from './session.ts'
import { themeAnswers } from './themes.ts'
import { registerSubmission } from './submission.ts'
import { registerWatch } from './watch.ts'
import { trustAnswers } from './trust.ts'
import { webhookAnswers } from './webhooks.ts'

export const getAnswers = (attune: Attune): Answers => ({
  ...healthAnswers(attune),
  ...sessionAnswers(attune),
  ...factorAnswers(attune),
  ...invitationAnswers(attune),
  ...demoAnswers(attune),
  ...programmeAnswers(attune),
  ...formsDeskAnswers(attune),
  ...recordAnswers(attune),
  ...codeRequestAnswers(attune),
  ...reportAnswers(attune),
  ...peopleAnswers(attune),
  ...deviceAnswers(attune),
  ...assuranceAnswers(attune),
  ...auditAnswers(attune),
  ...breachAnswers(attune),
  ...consentAnswers(attune),
  ...mailAnswers(attune),
  ...rightsAnswers(attune),
  ...retentionAnswers(attune),
  ...markAnswers(attune),
  ...trustAnswers(attune),
  ...themeAnswers(attune),
  ...webhookAnswers(attune),
})

/** Routes whose form others have laid down: OpenRosa's, OData's and Kobo's; and files for programs. */
export async function registerOtherRoutes(app: FastifyInstance, attune: Attune): Promise<void> {
  await registerSubmission(app, attune)
  await registerFormList(app, attune)
  await registerFeed(app, attune)
  await registerKobo(app, attune)
  // In a room of its own: it alone takes web forms.
  await app.register((inner) => registerKoboExports(inner, attune))
  await registerWatch(app, attune)
  await registerAnalysis(app, attune)
}
