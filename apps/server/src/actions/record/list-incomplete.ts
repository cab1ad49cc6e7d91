// Episodes that say nothing about change yet, with what is missing (DCS-020, COM-056). No score and no word of any record is opened.
import type { CompletenessGap } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { findEpisodes, type EpisodeRow } from '../../store/records/episodes.ts'
import { codePlace } from '../../store/records/places.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { findKeys } from './open-rows.ts'

export type Incomplete = Pick<EpisodeRow, 'sessions' | 'faceToFace' | 'online' | 'lastOn'> & {
  readonly code: string
  readonly gaps: CompletenessGap[]
}

/** The clients of the actor's service with something missing, and how many have nothing missing. */
export async function listIncomplete(
  attune: Attune,
  acting: Acting,
  purpose: string,
): Promise<{ readonly leastSessions: number; readonly complete: number; readonly clients: Incomplete[] }> {
  const { role, serviceId, accountId } = acting
  const leastSessions = attune.programme.policy.values.sessionsPerEpisodeMinimum
  const episodes = await withActor(attune.databases.attune, acting, purpose, async (trx) => {
    const found = await findEpisodes(trx)
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.list-incomplete',
      purpose,
      outcome: 'done',
      detail: { clients: found.length },
    })
    return found
  })
  const gapped = episodes.map((row) => ({ row, gaps: findGaps(row, leastSessions) }))
  const missing = gapped.filter(({ gaps }) => gaps.length > 0)
  const keys = await findKeys(
    attune,
    missing.map(({ row }) => row),
  )
  const clients = missing.flatMap(({ row, gaps }) => {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    if (key === undefined) return []
    const { sessions, faceToFace, online, lastOn } = row
    return [{ code: open(key, codePlace(row.clientId), row.codeSealed).toString('utf8'), sessions, faceToFace, online, lastOn, gaps }]
  })
  return { leastSessions, complete: gapped.length - missing.length, clients }
}

/** The policy counts sessions face to face; what was held online is named apart, so that nobody wonders why two sessions are too few. */
function findGaps({ sessions, faceToFace, hasBefore, hasAfter }: EpisodeRow, least: number): CompletenessGap[] {
  const gaps: CompletenessGap[] = []
  if (sessions < least) gaps.push('too-few-sessions')
  else if (faceToFace < least) gaps.push('too-few-face-to-face')
  if (!hasBefore) gaps.push('no-before')
  if (!hasAfter) gaps.push('no-after')
  return gaps
}
