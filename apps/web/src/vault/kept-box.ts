// How a small fact about the person lies on the disk: sealed, under its name, bound to its vault.
import type { BoxRow } from './disk.ts'
import { openValue, sealValue } from './sealing.ts'

type Holder = { readonly vaultId: string; readonly key: CryptoKey }

export async function toKeptBox({ vaultId, key }: Holder, name: string, value: unknown, wipedOn: string | null = null): Promise<BoxRow> {
  return { vaultId, kind: 'kept', id: name, sealed: await sealValue(key, [vaultId, 'kept', name], value), wipedOn }
}

export const openKeptBox = ({ vaultId, key }: Holder, row: BoxRow): Promise<unknown> => openValue(key, [vaultId, 'kept', row.id], row.sealed)
