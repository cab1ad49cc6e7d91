// The facts behind a practitioner's gates: the service, the signed consents, the trainings. Deciding is the policy's business.
import { sql } from 'kysely'
import type { ConsentEvent } from '@attune/policy'
import type { AttuneTables } from './attune-tables.ts'
import type { Database } from './pool.ts'
import { withReader } from './with-actor.ts'

export type StandingFacts = {
  readonly service: { readonly name: string; readonly status: string; readonly codePattern: string | null; readonly version: number }
  readonly practitioner:
    { readonly id: string; readonly status: 'active' | 'left'; readonly version: number; readonly sealed: Buffer | undefined } | undefined
  readonly consents: readonly ConsentEvent[]
  readonly trainings: readonly { readonly course: string; readonly version: string }[]
  /** Corrective actions of audits that are not done. */
  readonly tasks: readonly { readonly dueOn: string }[]
}

type Wire = {
  service: StandingFacts['service'] | null
  practitioner: { id: string; status: 'active' | 'left'; version: number; sealed: string | null } | null
  consents: { at: string; edition: string; terms: string; purposes: string[]; withdrawnAt: string | null; removedAt: string | null }[]
  trainings: { course: string; version: string }[]
}

/** Undefined when the service is not one that the practitioner may see. */
export async function findStanding(
  database: Database<AttuneTables>,
  { serviceId, accountId }: { serviceId: string; accountId: string },
): Promise<StandingFacts | undefined> {
  const { wire, tasks } = await withReader(database, { role: 'practitioner', serviceId, accountId }, '', async (trx) => {
    const { rows } = await sql<{ standing: Wire }>`select identity.standing_of(${serviceId}, ${accountId}::uuid) as standing`.execute(trx as never)
    const open = await trx.selectFrom('audit.corrective_actions').select('due_on').where('done_at', 'is', null).orderBy('due_on').execute()
    return { wire: rows[0]!.standing, tasks: open.map((row) => ({ dueOn: row.due_on })) }
  })
  if (wire.service === null) return undefined
  const { practitioner } = wire
  return {
    service: wire.service,
    practitioner:
      practitioner === null
        ? undefined
        : { ...practitioner, sealed: practitioner.sealed === null ? undefined : Buffer.from(practitioner.sealed, 'base64') },
    consents: wire.consents.flatMap(toEvents).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    trainings: wire.trainings,
    tasks,
  }
}

function toEvents({ at, edition, terms, purposes, withdrawnAt, removedAt }: Wire['consents'][number]): ConsentEvent[] {
  return [
    { kind: 'given', at: instant(at), policyEdition: edition, termsVersion: terms, purposes },
    ...(withdrawnAt === null ? [] : [{ kind: 'withdrawn', at: instant(withdrawnAt) } as const]),
    ...(removedAt === null ? [] : [{ kind: 'removed', at: instant(removedAt) } as const]),
  ]
}

// PostgreSQL writes as many digits of a second as there are; one width lets instants be compared as text.
const instant = (text: string) => new Date(text).toISOString()
