// Every word of the interface in English, once. A message with something to fill in is a function of it.
import { access } from './en/access.ts'
import { analysis } from './en/analysis.ts'
import { assurance } from './en/assurance.ts'
import { audits } from './en/audits.ts'
import { charts } from './en/charts.ts'
import { codes } from './en/codes.ts'
import { devices } from './en/devices.ts'
import { breaches } from './en/breaches.ts'
import { corrections } from './en/corrections.ts'
import { desk } from './en/desk.ts'
import { backups } from './en/backups.ts'
import { documents } from './en/documents.ts'
import { form } from './en/form.ts'
import { guard } from './en/guard.ts'
import { home } from './en/home.ts'
import { letters } from './en/letters.ts'
import { log } from './en/log.ts'
import { nominations } from './en/nominations.ts'
import { people } from './en/people.ts'
import { progress } from './en/progress.ts'
import { records } from './en/records.ts'
import { retention } from './en/retention.ts'
import { reports } from './en/reports.ts'
import { rights } from './en/rights.ts'
import { services } from './en/services.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/sign-in.ts'
import { themes } from './en/themes.ts'
import { training } from './en/training.ts'
import { vault } from './en/vault.ts'
import { webhooks } from './en/webhooks.ts'

export const english = {
  ...shell,
  ...charts,
  ...codes,
  ...signIn,
  ...home,
  ...vault,
  ...settings,
  ...themes,
  ...training,
  ...form,
  ...guard,
  ...progress,
  ...records,
  ...reports,
  ...rights,
  ...corrections,
  ...access,
  ...retention,
  ...people,
  ...nominations,
  ...services,
  ...log,
  ...backups,
  ...webhooks,
  ...documents,
  ...analysis,
  ...assurance,
  ...audits,
  ...breaches,
  ...letters,
  ...devices,
  ...desk,
}

export type Messages = typeof english
