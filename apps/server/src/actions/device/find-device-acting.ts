// Who acts with the token of another program. Asked on every request: a token that was disconnected, a grant that ended and an account that was
// shut stop at once.
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findDevice, noteDeviceUse, type TokenScope } from '../../store/accounts/device-tokens.ts'
import { countTry, tryLimits, type TryLimit } from '../../store/accounts/tries.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { findActiveGrant } from '../session/find-active-grant.ts'

const door = { role: 'door' } as const

export type DeviceActing = Acting & { readonly grantId: string; readonly deviceId: string }

/** The role whose grant a token of each scope stands on. */
const roleOf = { collect: 'practitioner', read: 'data-support', analyse: 'analyst' } as const
const unknown = { collect: 'device-unknown', read: 'read-token-unknown', analyse: 'read-token-unknown' } as const

/** The actor behind a token. Raises `device-unknown` or `read-token-unknown` for one that opens nothing here, and `too-many-tries` when they come in numbers. */
export async function getDeviceActing(attune: Attune, scope: TokenScope, token: string, address: string): Promise<DeviceActing> {
  const { databases, keyring, clock } = attune
  const now = clock.now()
  const count = (limit: TryLimit, kind: string, subject: string) =>
    withActor(databases.accounts, door, 'sign-in', (trx) => countTry(trx, limit, keyring.lookupHash(kind, '', subject), now))
  const device = await findDevice(databases.accounts, token, now)
  const grant = device === undefined || device.over ? undefined : await findActiveGrant(attune, device, undefined)
  if (device === undefined || grant === undefined || device.scope !== scope || grant.role !== roleOf[scope]) {
    await count(tryLimits.deviceTokenPerAddress, 'address', address)
    if (device !== undefined) await noteRefusal(attune, device)
    return raise(unknown[scope])
  }
  await count(tryLimits.requestsPerDevice, 'device', device.deviceId)
  const today = toLondonDay(now)
  if (device.usedOn !== today) await withActor(databases.accounts, door, 'sign-in', (trx) => noteDeviceUse(trx, device.deviceId, today))
  return { role: grant.role, serviceId: grant.serviceId, accountId: device.accountId, grantId: grant.grantId, deviceId: device.deviceId }
}

async function noteRefusal({ databases }: Attune, { deviceId, serviceId, accountId }: { deviceId: string; serviceId: string; accountId: string }) {
  await withActor(databases.attune, door, 'sign-in', (trx) =>
    logEvent(trx, { serviceId, accountId, role: 'door', action: 'device.use', outcome: 'refused', detail: { deviceId, because: 'device-unknown' } }),
  )
}
