// Says of a device's public key that it belongs to a service. Nothing is kept but a line in the log: the certificate goes with every copy that
// the device signs, and any device of the service can check it with no network.
import { addMonths } from '@attune/policy'
import type { DeviceCertificate, DeviceKeyCertified, DeviceKeyNew } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { isPublicPoint } from '../../store/keyring/signing-key.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'

export async function certifyDevice(attune: Attune, { serviceId, accountId, role }: Acting, { x, y }: DeviceKeyNew): Promise<DeviceKeyCertified> {
  const { programme, keyring, databases, clock } = attune
  const { progressCopyMonths, progressKeyMonths } = programme.policy.values
  if (!isPublicPoint({ x, y })) raise('request-invalid', { fields: [{ place: '/x', why: 'is no public key' }] })
  const today = toLondonDay(clock.now())
  const year = Number(today.slice(0, 4))
  const keyId = String(year)
  const content: DeviceCertificate = {
    format: 'attune-device-key-1',
    programmeId: programme.id,
    serviceId,
    keyId,
    x,
    y,
    until: addMonths(today, progressKeyMonths),
  }
  const text = JSON.stringify(content)
  await withActor(databases.attune, { role: 'practitioner', serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'progress-key.certify', outcome: 'done', detail: { keyId, until: content.until } }),
  )
  // A certificate of a year may sign for `progressKeyMonths`, and what it signed counts for `progressCopyMonths` after that.
  const years = Array.from({ length: Math.ceil((progressCopyMonths + progressKeyMonths) / 12) + 1 }, (_, back) => String(year - back))
  return {
    certificate: { text, signature: keyring.copyKey(keyId).sign(text) },
    keys: years.map((one) => {
      const { x: keyX, y: keyY } = keyring.copyKey(one)
      return { keyId: one, x: keyX, y: keyY }
    }),
  }
}
