// Keeps the log as evidence: seals what was logged, puts heads elsewhere, and reads the whole of it again.
import { addDays, latestEnded } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findDueHead, recordAnchor } from '../../store/log/anchor-heads.ts'
import { forgetAction, forgetEvents, isForgettingDue, toForgetDetail } from '../../store/log/forget-events.ts'
import type { SignedHead } from '../../store/log/head.ts'
import { sealEverything } from '../../store/log/seal-log.ts'
import { findLastVerification, recordVerification, verifyLog, type Verification } from '../../store/log/verify-log.ts'
import { findRestores } from '../../store/log/find-restores.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'

type Keeping = Pick<Attune, 'databases' | 'signer' | 'anchors' | 'programme' | 'faults' | 'clock'>

/** Seals what is new, and anchors the newest head where one is due. `atOnce` anchors whatever the policy's interval says. */
export async function sealAndAnchor(attune: Keeping, { atOnce = false } = {}): Promise<void> {
  const { databases, signer, anchors, programme, faults } = attune
  await sealEverything(databases.sealer, signer)
  for (const place of anchors) {
    const head = await findDueHead(databases.sealer, signer, place.name, atOnce ? 0 : programme.policy.values.logAnchorHours)
    if (head === undefined) continue
    try {
      await place.put(head)
      await recordAnchor(databases.sealer, head.batch, place.name, 'done')
    } catch (error) {
      // The next round tries again; the screen shows since when nothing arrived.
      faults.fault('anchor', error, 'log')
      await recordAnchor(databases.sealer, head.batch, place.name, 'failed')
    }
  }
}

/** Whether the last full check is older than the policy allows. */
export async function isVerificationDue({ databases, clock, programme }: Pick<Keeping, 'databases' | 'clock' | 'programme'>): Promise<boolean> {
  const last = await findLastVerification(databases.sealer)
  return last === undefined || last.getTime() <= clock.now().getTime() - programme.policy.values.logVerifyEveryDays * 24 * 60 * 60_000
}

/** The instant before which the policy's time for the log is over; undefined when no date ends it. */
function findKeptSince({ clock, programme }: Pick<Keeping, 'clock' | 'programme'>): Date | undefined {
  const rule = programme.policy.retention.find(({ id }) => id === 'log')
  const ended = rule && latestEnded(rule, toLondonDay(clock.now()))
  return ended === undefined ? undefined : startOfLondonDay(addDays(ended, 1))
}

/**
 * Removes what has been in the log as long as the policy says. Returns how many events went. The log says first since when events are kept, signed: should
 * the policy say a longer time one day, nobody is accused of what went under this one.
 */
export async function forgetOldEvents(attune: Pick<Keeping, 'databases' | 'clock' | 'programme' | 'signer'>): Promise<number> {
  const { databases, programme, signer } = attune
  const keptSince = findKeptSince(attune)
  if (keptSince === undefined || !(await isForgettingDue(databases.sealer, keptSince))) return 0
  const detail = { ...toForgetDetail(signer, keptSince), policyVersion: programme.policyVersion.text }
  await withActor(databases.attune, { role: 'system' }, 'retention', (trx) =>
    logEvent(trx, { serviceId: 'operator', role: 'system', action: forgetAction, purpose: 'retention', outcome: 'done', detail }),
  )
  return forgetEvents(databases.sealer, keptSince)
}

/** Verifies the log against its seals and against every head that can be read back, and `more` of them. Keeps the outcome. */
export async function verifyWholeLog(attune: Keeping, more: readonly SignedHead[] = []): Promise<Verification> {
  const { databases, signer, anchors } = attune
  const heads = [...more, ...(await Promise.all(anchors.map((place) => place.list()))).flat()]
  const restores = await findRestores(databases.sealer)
  const keptSince = findKeptSince(attune)
  const verification = await verifyLog(databases.sealer, signer, { anchors: heads, restores, ...(keptSince && { keptSince }) })
  await recordVerification(databases.sealer, verification)
  return verification
}
