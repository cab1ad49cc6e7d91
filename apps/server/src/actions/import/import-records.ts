// Takes the records of a source over, and says in counts what became of them. What becomes of each is decided in take-record.ts.
import type { Attune } from '../../attune.ts'
import { SourceUnreadable, type Source, type SourceRecord } from '../../outside/import/source.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import { ImportTally, type ImportReport } from './import-tally.ts'
import { targetsOf } from './mapping.ts'
import { getImportForm, makeTaker, type Taking } from './take-record.ts'

export type ImportOptions = Omit<Taking, 'serviceId' | 'unplaced'> & {
  readonly serviceId: string
  readonly onProgress?: (progress: Readonly<Pick<ImportTally, 'read' | 'stored' | 'repeated' | 'refusedCount'>>) => void
}

/** So many are on their way to the database at once: records of one moment are stored together. */
const atOnce = 16

/** Runs an import, or with `dryRun` everything of it but the keeping. What cannot be taken is counted with its reason and left where it is. */
export async function importRecords(attune: Attune, source: Source, options: ImportOptions): Promise<ImportReport> {
  const { serviceId, mapping, dryRun } = options
  const { outline } = await getImportForm(attune, serviceId)
  const tally = new ImportTally()
  const take = makeTaker(attune, source, { ...options, unplaced: 'leave' }, tally)

  const importOne = async (record: SourceRecord): Promise<void> => {
    const outcome = await take(record)
    if (outcome.is === 'refused') tally.refuse(outcome.sentence, record.instanceId)
    else if (outcome.is === 'changed') tally.change(record.instanceId)
    else if (outcome.is === 'stored') {
      tally.stored++
      tally.files += outcome.files
    } else tally.repeated++
  }

  const failed = await eachOf(source.records, atOnce, async (record) => {
    await importOne(record)
    tally.read++
    options.onProgress?.(tally)
  })
  if (!dryRun) await noteImport(attune, source.kind, options, tally, failed === undefined)
  if (failed !== undefined) throw failed
  return tally.toReport(
    targetsOf(outline)
      .map(({ name }) => name)
      .filter((name) => !Object.hasOwn(mapping.set, name)),
  )
}

/** Works on several at once and stops taking new ones after the first failure, which is returned when the rest is done. */
async function eachOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<Error | undefined> {
  const running = new Set<Promise<void>>()
  let failed: Error | undefined
  const fail = (error: unknown) => (failed ??= error instanceof Error ? error : new SourceUnreadable('The source could not be read.'))
  try {
    for await (const item of items) {
      const run: Promise<void> = work(item)
        .catch(fail)
        .then(() => void running.delete(run))
      running.add(run)
      if (running.size >= limit) await Promise.race(running)
      if (failed !== undefined) break
    }
  } catch (error) {
    fail(error)
  }
  await Promise.all(running)
  return failed
}

async function noteImport(
  { databases }: Attune,
  from: Source['kind'],
  { serviceId, facts }: ImportOptions,
  tally: ImportTally,
  whole: boolean,
): Promise<void> {
  const { read, stored, files, repeated, changedCount: changed, refusedCount: refused } = tally
  await withActor(databases.attune, { role: 'system', serviceId }, '', (trx) =>
    logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'record.import',
      outcome: whole ? 'done' : 'failed',
      detail: { from, facts, read, stored, files, repeated, changed, refused },
    }),
  )
}
