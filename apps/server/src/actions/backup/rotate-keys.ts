// Starts a new epoch of the keyring. What was erased before is then unreadable in every old copy. The keys are backed up before the old secret goes:
// otherwise a loss in between would be a loss of everything.
import type { Attune } from '../../attune.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import { removeEndedKeyBackups } from './due-backups.ts'
import { makeBackup, removeEndedSecrets } from './make-backup.ts'

export async function rotateKeys(attune: Attune): Promise<{ epoch: number; keys: number }> {
  const { keyring, backups, databases } = attune
  const rotated = await keyring.rotate(async () => {
    if (backups.missing === undefined) await makeBackup(attune, { kind: 'keyring', cycle: 'platform' })
  })
  if (backups.missing === undefined) {
    await removeEndedSecrets(attune)
    await removeEndedKeyBackups(attune)
  }
  await withActor(databases.attune, { role: 'system' }, 'keys', (trx) =>
    logEvent(trx, { serviceId: 'operator', role: 'system', action: 'key.rotate', purpose: 'keys', outcome: 'done', detail: rotated }),
  )
  return rotated
}

/** Whether erased clients wait for a rotation as long as the policy allows, or one was cut short. */
export async function isRotationDue({ keyring, clock, programme }: Attune): Promise<boolean> {
  const { erasedSince, firstErasedAt, undestroyed } = await keyring.readState()
  if (undestroyed > 0) return true
  const latest = clock.now().getTime() - programme.policy.values.keysRotateHours * 60 * 60_000
  return erasedSince > 0 && firstErasedAt !== null && firstErasedAt.getTime() <= latest
}
