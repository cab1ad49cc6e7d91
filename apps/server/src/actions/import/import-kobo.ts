// Records that were sent to a Kobo server (DCS-007): read into memory and taken in as by an import that a person runs (take-record.ts), each for the
// service of the practitioner who sent it. Nothing is written down on the way. What is not taken stays on the Kobo server and is tried again; the
// log says how many and why, never whose.
import type { Attune } from '../../attune.ts'
import { openKoboServer } from '../../outside/import/live-sources.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import { findKoboRefusal } from './find-refusal.ts'
import { ImportTally } from './import-tally.ts'
import { emptyMapping } from './mapping.ts'
import { makeTaker } from './take-record.ts'

/** `held`: left there, with its reason in the log; `changed`: here, and edited there since; `files` came along with what was taken. */
export type KoboCounts = {
  readonly read: number
  readonly taken: number
  readonly files: number
  readonly known: number
  readonly changed: number
  readonly held: number
}

const system = { role: 'system', serviceId: 'operator' } as const
/** The newest come first, so behind so many in a row that are here already there is nothing new. */
const knownInARow = 200

/**
 * Reads the newest records until many in a row are known already; with `all`, every one. Throws when no Kobo server is set, when the agreement with
 * it is not in force, and when it does not answer as Kobo does.
 */
export async function importKobo(attune: Attune, { all = false, signal }: { all?: boolean; signal?: AbortSignal } = {}): Promise<KoboCounts> {
  const { kobo, near } = attune.environment
  if (kobo === undefined) throw new Error('No Kobo server is set (ATTUNE_KOBO_URL, ATTUNE_KOBO_TOKEN, ATTUNE_KOBO_ASSET).')
  const refusal = findKoboRefusal(attune)
  if (refusal !== undefined) throw new Error(refusal)
  const counts = { read: 0, taken: 0, files: 0, known: 0, changed: 0, held: 0 }
  const reasons = new Map<string, number>()
  const server = { address: kobo.url.replace(/\/+$/, ''), authorization: `Token ${kobo.token}`, near }
  const source = await openKoboServer(server, kobo.asset, { newestOnly: true })
  const tally = new ImportTally()
  // Nobody reads a report in the night: a record with an answer that has no place here is not taken, instead of being taken without it.
  const taking = { people: {}, mapping: emptyMapping, facts: kobo.facts, unplaced: 'refuse', files: 'take', dryRun: false } as const
  const take = makeTaker(attune, source, taking, tally)
  let known = 0
  for await (const record of source.records) {
    if (signal?.aborted === true) break
    counts.read++
    const outcome = await take(record)
    if (outcome.is === 'stored') {
      counts.taken++
      counts.files += outcome.files
    } else if (outcome.is === 'refused') {
      counts.held++
      reasons.set(outcome.because, (reasons.get(outcome.because) ?? 0) + 1)
    } else counts[outcome.is === 'repeated' ? 'known' : 'changed']++
    known = outcome.is === 'repeated' || outcome.is === 'changed' ? known + 1 : 0
    if (known >= knownInARow && !all) break
  }
  await withActor(attune.databases.attune, system, '', (trx) =>
    logEvent(trx, {
      ...system,
      action: 'kobo.import',
      outcome: 'done',
      detail: { facts: kobo.facts, seen: tally.seen, ...counts, ...Object.fromEntries(reasons) },
    }),
  )
  return counts
}
