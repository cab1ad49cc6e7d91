// The root key: the one secret that is a file. It wraps the keyring's epoch keys and is neither in a database nor in a backup.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SealingKey } from '../store/keyring/seal.ts'

const shape = /^attune-root-1 ([0-9a-f]{8}) ([A-Za-z0-9_-]{43})\s*$/

export const rootKeyFile = (home: string) => path.join(home, 'keys', 'root.key')

/** Reads the root key, making it on first use. Throws a sentence when the file is readable by others or not a key. */
export function getRootKey(home: string): SealingKey {
  const file = rootKeyFile(home)
  if (!existsSync(file)) createRootKey(file)
  const issue = checkRootKey(home)
  if (issue !== undefined) throw new Error(issue)
  const [, id, text] = shape.exec(readFileSync(file, 'utf8'))!
  return { id: `root/${id}`, bytes: Buffer.from(text!, 'base64url') }
}

/** What is wrong with the key file, in a sentence; undefined when all is well. */
export function checkRootKey(home: string): string | undefined {
  const file = rootKeyFile(home)
  if (!existsSync(file)) return `There is no root key at ${file}. "npm start" makes one for a new installation; for an old one put back your copy.`
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    return `Other users of this machine can read ${file}. Run: chmod 600 "${file}"`
  if (!shape.test(readFileSync(file, 'utf8'))) return `${file} is not a root key of Attune. Put back your copy of it; without it no record opens.`
  return undefined
}

function createRootKey(file: string): void {
  const folder = path.dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const aside = `${file}.${randomBytes(4).toString('hex')}`
  writeFileSync(aside, `attune-root-1 ${randomBytes(4).toString('hex')} ${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    // A link appears whole or not at all and never replaces a key that another process made first.
    linkSync(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(aside)
  }
}
