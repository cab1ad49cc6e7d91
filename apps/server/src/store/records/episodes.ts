// What is there of each client's episode: how many sessions, how they were held, which time points. Counts beside a sealed code, and no answer.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

export type EpisodeRow = {
  readonly serviceId: string
  readonly clientId: string
  readonly codeSealed: Buffer
  readonly sessions: number
  readonly faceToFace: number
  readonly online: number
  readonly hasBefore: boolean
  readonly hasAfter: boolean
  readonly lastOn: string
}

/** Every client that row security shows, the longest without a session first. What is restricted takes part in nothing. */
export async function findEpisodes(trx: Pick<Transaction<AttuneTables>, 'selectFrom'>): Promise<EpisodeRow[]> {
  const { rows } = await sql<{
    service_id: string
    client_id: string
    code_sealed: Buffer
    sessions: number
    face_to_face: number
    online: number
    has_before: boolean
    has_after: boolean
    last_on: string
  }>`
    select c.service_id, c.client_id, c.code_sealed, count(*)::integer as sessions,
      count(*) filter (where 'mode/face-to-face' = any (s.choices))::integer as face_to_face,
      count(*) filter (where 'mode/online' = any (s.choices))::integer as online,
      coalesce(bool_or(s.time_point = 'before'), false) as has_before, coalesce(bool_or(s.time_point = 'after'), false) as has_after,
      max(r.session_on) as last_on
    from answers.clients c
    join answers.records r on r.service_id = c.service_id and r.client_id = c.client_id and r.restricted_at is null
    left join scores.record_scores s on s.service_id = r.service_id and s.record_id = r.record_id
    where c.restricted_at is null
    group by c.service_id, c.client_id, c.code_sealed order by max(r.session_on), c.client_id`.execute(trx as never)
  return rows.map((row) => ({
    serviceId: row.service_id,
    clientId: row.client_id,
    codeSealed: row.code_sealed,
    sessions: row.sessions,
    faceToFace: row.face_to_face,
    online: row.online,
    hasBefore: row.has_before,
    hasAfter: row.has_after,
    lastOn: row.last_on,
  }))
}
