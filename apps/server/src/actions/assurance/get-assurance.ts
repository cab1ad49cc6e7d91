// The assurance page: the ledgers, what the release's own tests prove of them, and how the controls stand now.
import type { ProgrammeLedgers } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { digestLedgers, findReleaseProofs, readAllLedgers, type Proof, type ReleaseProofs } from '../../outside/release-proofs.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { runLiveChecks, type Live } from './live-checks.ts'

export type Assurance = {
  readonly ledgers: readonly ProgrammeLedgers[]
  readonly results: Pick<ReleaseProofs, 'madeAt' | 'commit' | 'remarks'> | undefined
  /** By clause id; a clause that is missing has no test that came with the release. */
  readonly proofs: ReadonlyMap<string, Proof>
  /** Attestations are held against it. */
  readonly today: string
  readonly live: readonly Live[]
}

export async function getAssurance(attune: Attune, acting: Acting): Promise<Assurance> {
  const { environment, databases } = attune
  const ledgers = readAllLedgers(environment.programme)
  const found = findReleaseProofs(environment.release)
  const others = found !== undefined && found.ledgers !== digestLedgers(ledgers)
  const remarks = others
    ? ['These results were made for other ledgers than those of this installation. A clause that has changed since is not proven by them.']
    : []
  const { role, serviceId, accountId } = acting
  const live = await runLiveChecks(attune, acting)
  await withActor(databases.attune, acting, '', (trx) =>
    logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'assurance.read',
      outcome: 'done',
      detail: { attention: live.filter((one) => one.state === 'attention').length },
    }),
  )
  return {
    ledgers,
    results: found && { madeAt: found.madeAt, commit: found.commit, remarks: [...found.remarks, ...remarks] },
    proofs: new Map(Object.entries(found?.clauses ?? {})),
    today: toLondonDay(attune.clock.now()),
    live,
  }
}
