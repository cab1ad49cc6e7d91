// Analysis from outside: a program with an analyst's token fetches what was released over all services, and nothing that is about one record.
// Rows are added up where they are kept and only what passed the disclosure rules goes out (DCS-063, DCS-064).
import type { QueryOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { DeviceActing } from '../device/find-device-acting.ts'
import { makeReport, type ReportFacts } from './make-report.ts'

/** The body that `toBody` makes of the release, and an event in the log: which token, for what, how many records stand behind it, how many rows left. */
export async function runAnalysis(
  attune: Attune,
  acting: DeviceActing,
  purpose: string,
  query: QueryOf<'GET /api/reports/national'>,
  toBody: (facts: ReportFacts) => { readonly body: string; readonly rows: number },
): Promise<string> {
  const facts = await makeReport(attune, acting, 'national', query)
  const { body, rows } = toBody(facts)
  const { role, serviceId, accountId, deviceId } = acting
  const records = facts.figures.episodes.reduce((sum, [, sessions, clients]) => sum + sessions * clients, 0)
  await withActor(attune.databases.attune, acting, purpose, (trx) =>
    logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'analysis.run',
      purpose,
      outcome: 'done',
      detail: { deviceId, records, rows, release: facts.hash },
    }),
  )
  return body
}
