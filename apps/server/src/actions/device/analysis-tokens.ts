// Programs of an analyst: tokens that fetch aggregates and nothing else, end by themselves and can be ended at once (DCS-063).
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { findDevices, type Device } from '../../store/accounts/device-tokens.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { makeToken, type Owner } from './devices.ts'

export async function listAnalysisTokens({ databases, keyring, clock }: Attune, { accountId, serviceId }: Acting): Promise<Device[]> {
  return withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) =>
    findDevices(trx as never, keyring, { accountId, serviceId, scope: 'analyse' }, clock.now()),
  )
}

/** The token is returned once. */
export async function makeAnalysisToken(
  attune: Attune,
  session: Session,
  owner: Owner,
  purpose: string,
  { name }: BodyOf<'POST /api/analysis-tokens'>,
): Promise<Device & { token: string }> {
  const made = await makeToken(attune, session, owner, 'analyse', name)
  const { role, serviceId, accountId } = owner
  await withActor(attune.databases.attune, { role, serviceId, accountId }, purpose, (trx) =>
    logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'device.connect',
      purpose,
      outcome: 'done',
      detail: { deviceId: made.deviceId, scope: 'analyse' },
    }),
  )
  return made
}
