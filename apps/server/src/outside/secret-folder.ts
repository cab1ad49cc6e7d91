// Secrets of epochs, one small file each, beside the root key. They are in no database and no backup of one; destroying the file is what makes
// an erased client unreadable in every old copy.
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { SecretFolder } from '../store/keyring/keep-by-secret.ts'

const bytes = 32

export const secretFolder = (home: string): string => path.join(home, 'keys', 'epochs')

/** Opens the folder of secrets, making it on first use. */
export function openSecretFolder(folder: string): SecretFolder {
  const fileOf = (name: string) => {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error('The keyring names a secret that cannot be a file. It was changed by hand.')
    return path.join(folder, name)
  }
  return {
    create(word) {
      if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      const name = `${word}-${randomBytes(6).toString('hex')}`
      // wx: never over an existing one. Durable, folder entry included, before anything is wrapped by it.
      write(fileOf(name), 'wx', randomBytes(bytes))
      syncFolder(folder)
      return name
    },
    read(name) {
      const file = fileOf(name)
      if (!existsSync(file))
        throw new Error(`The secret ${file} is missing, and without it no record opens. Put back your copy of the folder ${path.dirname(folder)}.`)
      const issue = checkMode(file)
      if (issue !== undefined) throw new Error(issue)
      const secret = readFileSync(file)
      if (secret.length !== bytes) throw new Error(`${file} is not a secret of Attune. Put back your copy of it.`)
      return secret
    },
    destroy(name) {
      const file = fileOf(name)
      if (!existsSync(file)) return
      // Overwritten first: on disks that write in place nothing is left. Others may keep the old blocks a while (docs/guides/operations.md).
      write(file, 'r+', randomBytes(bytes))
      unlinkSync(file)
      syncFolder(folder)
    },
  }
}

/** What is wrong with the folder of secrets, in a sentence; undefined when all is well. */
export function checkSecretFolder(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  return [folder, ...readdirSync(folder).map((name) => path.join(folder, name))].map(checkMode).find((issue) => issue !== undefined)
}

function checkMode(file: string): string | undefined {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return undefined
  return `Other users of this machine can read ${file}. Run: chmod go-rwx "${file}"`
}

function write(file: string, flags: 'wx' | 'r+', content: Buffer): void {
  const open = openSync(file, flags, 0o600)
  try {
    writeSync(open, content, 0, content.length, 0)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const open = openSync(folder, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}
