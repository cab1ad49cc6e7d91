// Programs that read a service's records by themselves (Excel, Power BI): tokens of a data support person. Each read is a copy like a download,
// so whoever connects one accepts responsibility for the service.
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findDevices, type Device } from '../../store/accounts/device-tokens.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { makeToken, type Owner } from './devices.ts'

const door = { role: 'door' } as const

export async function listReadTokens({ databases, keyring, clock }: Attune, { accountId, serviceId }: Acting): Promise<Device[]> {
  return withReader(databases.accounts, door, 'sign-in', (trx) =>
    findDevices(trx as never, keyring, { accountId, serviceId, scope: 'read' }, clock.now()),
  )
}

/** The token is returned once. */
export async function makeReadToken(
  attune: Attune,
  session: Session,
  owner: Owner,
  purpose: string,
  { name, acceptResponsibility }: BodyOf<'POST /api/read-tokens'>,
): Promise<Device & { token: string }> {
  if (!acceptResponsibility) raise('responsibility-missing')
  const made = await makeToken(attune, session, owner, 'read', name)
  const { role, serviceId, accountId } = owner
  await withActor(attune.databases.attune, { role, serviceId, accountId }, purpose, (trx) =>
    logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'device.connect',
      purpose,
      outcome: 'done',
      detail: { deviceId: made.deviceId, scope: 'read', responsibilityAccepted: true },
    }),
  )
  return made
}
