// Cymraeg: every message of the interface. messages.test.ts refuses one that is missing.
import { welshProblems } from './cy/problems.ts'
import { welshSentences } from './cy/sentences.ts'
import { welshTold } from './cy/told.ts'
import type { SaidWords } from './said.ts'
import { access } from './cy/access.ts'
import { analysis } from './cy/analysis.ts'
import { assurance } from './cy/assurance.ts'
import { audits } from './cy/audits.ts'
import { charts } from './cy/charts.ts'
import { codes } from './cy/codes.ts'
import { devices } from './cy/devices.ts'
import { breaches } from './cy/breaches.ts'
import { corrections } from './cy/corrections.ts'
import { backups } from './cy/backups.ts'
import { form } from './cy/form.ts'
import { guard } from './cy/guard.ts'
import { home } from './cy/home.ts'
import { letters } from './cy/letters.ts'
import { nominations } from './cy/nominations.ts'
import { progress } from './cy/progress.ts'
import { records } from './cy/records.ts'
import { reports } from './cy/reports.ts'
import { retention } from './cy/retention.ts'
import { rights } from './cy/rights.ts'
import { settings } from './cy/settings.ts'
import { shell } from './cy/shell.ts'
import { signIn } from './cy/sign-in.ts'
import { vault } from './cy/vault.ts'
import { desk } from './cy/desk.ts'
import { documents } from './cy/documents.ts'
import { log } from './cy/log.ts'
import { people } from './cy/people.ts'
import { services } from './cy/services.ts'
import { themes } from './cy/themes.ts'
import { training } from './cy/training.ts'
import { webhooks } from './cy/webhooks.ts'
import type { Translation } from './index.ts'

export const welsh: Translation = {
  ...backups,
  ...webhooks,
  ...shell,
  ...charts,
  ...codes,
  ...signIn,
  ...home,
  ...vault,
  ...settings,
  ...form,
  ...guard,
  ...progress,
  ...analysis,
  ...assurance,
  ...audits,
  ...breaches,
  ...letters,
  ...rights,
  ...corrections,
  ...training,
  ...themes,
  ...services,
  ...reports,
  ...records,
  ...people,
  ...log,
  ...documents,
  ...desk,
  ...access,
  ...retention,
  ...devices,
  ...nominations,
}

/** What the server and the policy say. */
export const welshSaid: SaidWords = { sentences: { ...welshSentences, ...welshTold }, problems: welshProblems }
