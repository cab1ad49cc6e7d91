// What stands above the keyring: the root key's file, and whoever keeps the secrets of epochs for this installation.
import type { Environment } from './env.ts'
import { keepByAwsKms, keepByVault } from './outside/kms-keepers.ts'
import { getRootKey } from './outside/root-key.ts'
import { openSecretFolder, secretFolder } from './outside/secret-folder.ts'
import type { Root } from './store/keyring/epochs.ts'
import { keepBySecret } from './store/keyring/keep-by-secret.ts'

/**
 * Reads the root key and sets up the keepers of the settings: the one in use first, and after it the folder of secrets, from which the next
 * rotation moves what it still keeps. Throws a sentence when a file is missing or open to others.
 */
export function openRoot({ home, kms, near }: Environment): Root {
  const key = getRootKey(home)
  const folder = keepBySecret(openSecretFolder(secretFolder(home)))
  if (kms === undefined) return { key, keepers: [folder] }
  const service =
    kms.kind === 'aws'
      ? keepByAwsKms({ ...kms, near }, () => new Date())
      : keepByVault({ ...kms, near, prefix: `attune-${key.id.replace('root/', '')}` })
  return { key, keepers: [service, folder] }
}
