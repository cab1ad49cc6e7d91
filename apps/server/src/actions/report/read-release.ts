// One release by its number, for the person who runs the server: what is handed out with it is made of what a report of it shows.
import type { Attune } from '../../attune.ts'
import { logEvent } from '../../store/log-event.ts'
import { findReleaseByNumber, listAllReleases, type Release } from '../../store/sums/releases.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Pair, ReportFacts } from './make-report.ts'

const system = { role: 'system' } as const

export type NumberedRelease = Release & { readonly serviceId: string }

/** Everything that is out of this programme, the newest first. */
export async function listReleasesToShare({ databases, programme }: Attune): Promise<NumberedRelease[]> {
  return withReader(databases.attune, system, 'report', (trx) => listAllReleases(trx, programme.id))
}

/** The facts of a report on this release, and a line in the log that it was taken out. */
export async function takeRelease({ databases, programme }: Attune, id: number, pair: Pair): Promise<ReportFacts | undefined> {
  return withActor(databases.attune, system, 'report', async (trx) => {
    const release = await findReleaseByNumber(trx as never, programme.id, id)
    if (release === undefined) return undefined
    const { serviceId, filter, figures, hash, releasedAt, because } = release
    await logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'report.share',
      purpose: 'report',
      outcome: 'done',
      detail: { release: id, pair, hash },
    })
    const isNational = serviceId === 'operator'
    return {
      scope: isNational ? 'national' : 'service',
      title: isNational ? programme.title : ((await findService(trx, serviceId))?.name ?? serviceId),
      from: filter.from === '' ? (figures.periods[0] ?? filter.until) : filter.from,
      until: filter.until,
      filter,
      pair,
      figures,
      hash,
      releasedAt,
      because,
      choice: undefined,
    }
  })
}
