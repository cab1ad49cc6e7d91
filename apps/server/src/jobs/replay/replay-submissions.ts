// Replays every record once, after it was acknowledged: the answers go through the same engine that people fill the form in with. Where it comes to
// something else the record gets the state `differs` and the places; what was sent stays as it is, and a person looks at it.
import { findMomentary, questionsOf } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { readLists } from '../../actions/form/form-files.ts'
import { findPublishedForm } from '../../actions/form/form-shelf.ts'
import { quietMoment } from '../../actions/submission/last-arrival.ts'
import { findAttachmentNames } from '../../actions/submission/read-attachment-names.ts'
import { findKeys } from '../../actions/record/open-rows.ts'
import { open, type SealingKey } from '../../store/keyring/seal.ts'
import { xmlPlace } from '../../store/records/places.ts'
import { noteReview, readWaitingRecords, type Place, type ReviewPlace, type WaitingRecord } from '../../store/records/review-rows.ts'
import type { Job } from '../job.ts'
import { startReplayer, type Replayer, type ReplayQuestion } from './replayer.ts'

const atOnce = 25
const longestWaitMs = 5_000
/** An app that sends its pictures in several requests may be out of reach between two of them. */
const filesWaitMs = 24 * 60 * 60_000

export const replaySubmissionsJob: Job = {
  name: 'replay-submissions',
  timing: { everySeconds: 10 },
  run: replaySubmissions,
}

/** Replays what waits, oldest first, until nothing does. */
async function replaySubmissions(attune: Attune, signal: AbortSignal) {
  const counts = { agreed: 0, differing: 0 }
  const replayer = getReplayer(attune)
  const breakOff = () => void replayer.stop()
  signal.addEventListener('abort', breakOff)
  try {
    for (let after: Place | undefined; !signal.aborted;) {
      const waiting = await readWaitingRecords(attune.databases.attune, { programmeId: attune.programme.id, after, limit: atOnce })
      const keys = await findKeys(attune, waiting)
      for (const record of waiting) {
        const key = keys.get(`${record.serviceId}/${record.clientId}`)
        // Without its key the client was erased; the row is on its way out.
        if (key === undefined) continue
        // Whoever sends a record waits for it; nobody waits for a replay.
        await quietMoment(attune, longestWaitMs)
        const places = await replayOne(attune, replayer, record, key, signal)
        if (signal.aborted) return counts
        if (places === undefined || !(await noteReview(attune.databases.attune, record, places, attune.clock.now()))) continue
        counts[places.length === 0 ? 'agreed' : 'differing']++
      }
      after = waiting.at(-1)
      if (waiting.length < atOnce) break
    }
    return counts
  } finally {
    signal.removeEventListener('abort', breakOff)
  }
}

/** Where the engine disagrees; undefined when files are still on their way and it is too early to say. */
async function replayOne(
  attune: Attune,
  replayer: Replayer,
  record: WaitingRecord,
  key: SealingKey,
  signal: AbortSignal,
): Promise<ReviewPlace[] | undefined> {
  const form = await findPublishedForm(attune, record.formId, record.formVersion)
  if (form === undefined) return [{ path: '/', why: 'form-unusable' }]
  const submission = open(key, xmlPlace(record), record.xmlSealed)
  const named = findAttachmentNames(form, submission)
  const missing = named.filter(({ name }) => !record.files.includes(attune.keyring.lookupHash('file-name', record.serviceId, name).toString('hex')))
  if (missing.length > 0 && attune.clock.now().getTime() - record.receivedAt.getTime() < filesWaitMs) return undefined
  const question = {
    // The version stands in the form, and its files never change: its hash is theirs as well.
    formHash: form.xmlHash,
    formXml: form.xml,
    lists: await readLists(attune, form.files),
    submission: submission.toString('utf8'),
    attachments: named.map(({ name }) => name),
    ...getLeniency(form),
  }
  let places = await replayer.replay(question)
  // A process that fell over may have done so over the record before: once more, in a fresh one.
  if (!signal.aborted && places.some(({ why }) => why === 'engine-failed' || why === 'took-too-long')) {
    await replayer.stop()
    places = await replayer.replay(question)
  }
  return [...places, ...missing.map(({ path }) => ({ path, why: 'file-missing' }))]
}

const kept = new WeakMap<ProgrammeForm, Leniency>()
type Leniency = Pick<ReplayQuestion, 'ignored' | 'unruled' | 'derived'>

/** Where another moment or another device may say something else without being wrong. */
function getLeniency(form: ProgrammeForm): Leniency {
  let leniency = kept.get(form)
  if (leniency === undefined) {
    const { values, rules } = findMomentary(form.outline)
    const derived = questionsOf(form.outline).flatMap(({ name, calculation }) => (calculation === undefined ? [] : [name]))
    kept.set(form, (leniency = { ignored: values, unruled: rules, derived }))
  }
  return leniency
}

const replayers = new WeakMap<Attune, Replayer>()

/** One process per server; it ends by itself when there is nothing to do. */
function getReplayer(attune: Attune): Replayer {
  let replayer = replayers.get(attune)
  if (replayer === undefined) replayers.set(attune, (replayer = startReplayer()))
  return replayer
}
