import type { Generated } from 'kysely'

/** What an erasure may be of. */
export type TombstoneKind = 'client' | 'record' | 'practitioner' | 'account' | 'sign-in'

/** The keyring's tables as Kysely sees them. */
export type KeyringTables = {
  'keyring.epochs': {
    epoch: number
    root_id: string
    wrapped: Buffer
    started_at: Generated<Date>
    current: boolean
    keeper: Generated<string>
    reference: Generated<string>
  }
  'keyring.ended_epochs': { epoch: number; keeper: string; reference: string; ended_at: Generated<Date>; destroyed_at: Date | null }
  'keyring.client_keys': { service_id: string; client_id: string; epoch: number; wrapped: Buffer; made_at: Generated<Date> }
  'keyring.tombstones': { mark: Buffer; kind: TombstoneKind; made_at: Generated<Date> }
  'keyring.partition_keys': { partition: string; epoch: number; wrapped: Buffer; made_at: Generated<Date> }
}
