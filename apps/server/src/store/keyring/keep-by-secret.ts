// The keeper that needs no service: every epoch has a secret of its own in a folder of this installation, and ending the epoch destroys it.
import type { EpochKeeper } from './epoch-keeper.ts'
import { open, seal, type SealingKey } from './seal.ts'

/** Where secrets of 32 bytes lie. The server's is outside/secret-folder.ts. */
export type SecretFolder = {
  /** Makes a secret under a new name that holds the word. */
  readonly create: (word: string) => string
  readonly read: (name: string) => Buffer
  /** Overwrites and removes it; nothing when it is gone. */
  readonly destroy: (name: string) => void
}

export function keepBySecret(folder: SecretFolder): EpochKeeper {
  const place = (reference: string) => ({ table: 'keyring.epochs', row: reference, field: 'kept' })
  const read = (reference: string): SealingKey => ({ id: `secret/${reference}`, bytes: folder.read(reference) })
  return {
    id: 'file',
    create: async (epoch) => folder.create(`epoch-${epoch}`),
    wrap: async (reference, content) => seal(read(reference), place(reference), content),
    unwrap: async (reference, wrapped) => open(read(reference), place(reference), wrapped),
    copy: async (reference) => folder.read(reference),
    destroy: async (reference) => folder.destroy(reference),
  }
}
