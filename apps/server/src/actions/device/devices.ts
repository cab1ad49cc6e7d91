// Collecting apps (ODK Collect, KoboCollect): a practitioner connects and disconnects the own ones; a lead sees those of the own service and an
// administrator all of them, and may disconnect any.
import { deflateSync } from 'node:zlib'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { addDevice, deviceLimits, endDevice, findDevices, type Device, type TokenScope } from '../../store/accounts/device-tokens.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { requireConfirmed } from '../factor/enrol.ts'

export type Owner = Acting & { readonly grantId: string }
const door = { role: 'door' } as const
/** What apps send as the user name; the token alone decides. */
export const deviceUser = 'attune'

/** The actor's own apps under the grant in use. */
export async function listOwnDevices({ databases, keyring, clock }: Attune, { accountId, serviceId }: Acting): Promise<Device[]> {
  return withReader(databases.accounts, door, 'sign-in', (trx) =>
    findDevices(trx as never, keyring, { accountId, serviceId, scope: 'collect' }, clock.now()),
  )
}

export type Connected = { readonly device: Device; readonly server: string; readonly user: string; readonly token: string; readonly setUp: string }

/** Connects an app under the grant in use. It is a new key to the service, so it asks for a fresh sign-in. Its token is shown once. */
export async function connectDevice(attune: Attune, session: Session, owner: Owner, name: string, server: string): Promise<Connected> {
  const { token, ...device } = await makeToken(attune, session, owner, 'collect', name)
  await note(attune, owner, 'device.connect', device.deviceId)
  return { device, server, user: deviceUser, token, setUp: toSetUp({ server, token, project: attune.programme.title }) }
}

/** A token under the grant in use, after a fresh sign-in. */
export async function makeToken(
  attune: Attune,
  session: Session,
  owner: Owner,
  scope: TokenScope,
  name: string,
): Promise<Device & { token: string }> {
  const { databases, keyring, clock } = attune
  await requireConfirmed(attune, session)
  const { accountId, grantId, serviceId } = owner
  return withActor(databases.accounts, door, 'sign-in', async (trx) => {
    if ((await findDevices(trx, keyring, { accountId }, clock.now())).length >= deviceLimits.perPerson) raise('device-limit')
    return addDevice(trx, keyring, { scope, accountId, grantId, serviceId, name: name.trim(), at: clock.now() })
  })
}

export async function disconnectOwnDevice(attune: Attune, owner: Acting, deviceId: string): Promise<void> {
  await disconnect(attune, owner, deviceId, { accountId: owner.accountId })
}

export type ServiceDevice = Device & { readonly owner: string }

/** Apps of the people whom the actor looks after. Names are shown, so looking is an event. */
export async function listServiceDevices({ databases, keyring, clock }: Attune, acting: Acting): Promise<ServiceDevice[]> {
  const { role, serviceId, accountId } = acting
  const found = await withReader(databases.accounts, door, 'sign-in', async (trx) => {
    const devices = await findDevices(trx as never, keyring, reachOf(acting), clock.now())
    const people = await findPeople(trx as never, keyring, [...new Set(devices.map((device) => device.accountId))])
    return devices.map((device) => ({ ...device, owner: people.get(device.accountId)?.displayName ?? '' }))
  })
  await withActor(databases.attune, acting, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'device.list', outcome: 'done', detail: { rows: found.length } }),
  )
  return found
}

export async function disconnectServiceDevice(attune: Attune, acting: Acting, deviceId: string): Promise<void> {
  await disconnect(attune, acting, deviceId, reachOf(acting))
}

/** A lead reaches the own service; who belongs to the operator reaches every service. */
const reachOf = ({ role, serviceId }: Acting) => (role === 'service-lead' ? { serviceId } : {})

async function disconnect(attune: Attune, acting: Acting, deviceId: string, of: { accountId?: string; serviceId?: string }): Promise<void> {
  const { databases, clock } = attune
  const ended = await withActor(databases.accounts, door, 'sign-in', (trx) => endDevice(trx, deviceId, of, clock.now()))
  await note(attune, acting, 'device.disconnect', deviceId, ended ? 'done' : 'refused')
  if (!ended) raise('not-found')
}

async function note({ databases }: Attune, acting: Acting, action: string, deviceId: string, outcome: 'done' | 'refused' = 'done'): Promise<void> {
  const { role, serviceId, accountId } = acting
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action, outcome, detail: { deviceId } }),
  )
}

/**
 * The settings of ODK Collect as its QR code carries them: JSON, deflated, in base64 (https://docs.getodk.org/collect-import-export/). The app takes
 * the forms of the day by itself, sends as soon as it can, deletes what was sent, shows nothing of it again, and these cannot be changed in it.
 */
export function toSetUp({ server, token, project }: { server: string; token: string; project: string }): string {
  const settings = {
    general: {
      protocol: 'odk_default',
      server_url: server,
      username: deviceUser,
      password: token,
      form_update_mode: 'match_exactly',
      autosend: 'wifi_and_cellular',
      delete_send: true,
      analytics: false,
    },
    admin: {
      view_sent: false,
      change_server: false,
      change_autosend: false,
      delete_after_send: false,
      change_form_metadata: false,
      analytics: false,
      qr_code_scanner: false,
    },
    project: { name: project, icon: 'A', color: '#0b5563' },
  }
  return deflateSync(JSON.stringify(settings), { level: 9 }).toString('base64')
}
