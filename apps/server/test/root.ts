// A root for tests: its key and its secrets live in memory.
import { randomBytes } from 'node:crypto'
import type { Root } from '../src/store/keyring/epochs.ts'
import { keepBySecret } from '../src/store/keyring/keep-by-secret.ts'
import { makeKey } from '../src/store/keyring/seal.ts'

export function makeRoot(id = 'root/test'): Root & { readonly secrets: Map<string, Buffer> } {
  const secrets = new Map<string, Buffer>()
  const keeper = keepBySecret({
    create(word) {
      const name = `${word}-${randomBytes(4).toString('hex')}`
      secrets.set(name, randomBytes(32))
      return name
    },
    read(name) {
      const secret = secrets.get(name)
      if (secret === undefined) throw new Error(`The secret ${name} is missing.`)
      return secret
    },
    destroy: (name) => void secrets.delete(name),
  })
  return { key: makeKey(id), keepers: [keeper], secrets }
}
