import type { Attune } from '../../attune.ts'
import { open } from '../../store/keyring/seal.ts'
import { codePlace } from '../../store/records/places.ts'
import { findCodesSealed } from '../../store/records/find-codes-sealed.ts'
import { withReader } from '../../store/with-actor.ts'
import { findKeys } from './open-rows.ts'

/** The codes of some clients, by client id. One whose key is destroyed is missing. */
export async function openCodes(
  attune: Attune,
  clients: readonly { readonly serviceId: string; readonly clientId: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (clients.length === 0) return new Map()
  const sealed = await withReader(attune.databases.attune, { role: 'system' }, 'audit', (trx) =>
    findCodesSealed(trx as never, [...new Set(clients.map((client) => client.clientId))]),
  )
  const keys = await findKeys(attune, sealed)
  return new Map(
    sealed.flatMap(({ serviceId, clientId, codeSealed }) => {
      const key = keys.get(`${serviceId}/${clientId}`)
      return key === undefined ? [] : [[clientId, open(key, codePlace(clientId), codeSealed).toString('utf8')] as const]
    }),
  )
}
