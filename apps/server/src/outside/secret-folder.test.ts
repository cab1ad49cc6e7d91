import { chmodSync, existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSecretFolder, openSecretFolder } from './secret-folder.ts'

const makeFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'attune-secrets-')), 'epochs')

describe('the folder of secrets', () => {
  it('keeps secrets that only its owner can read, each of its own', () => {
    const folder = makeFolder()
    const secrets = openSecretFolder(folder)
    const names = [secrets.create('epoch-1'), secrets.create('epoch-1')]
    expect(secrets.read(names[0]!)).toHaveLength(32)
    expect(secrets.read(names[0]!).equals(secrets.read(names[1]!))).toBe(false)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600)
    expect(checkSecretFolder(folder)).toBeUndefined()
  })

  it('overwrites a secret before it removes it: another name for the same bytes on disk shows other bytes', () => {
    const folder = makeFolder()
    const secrets = openSecretFolder(folder)
    const name = secrets.create('epoch-1')
    const before = Buffer.from(secrets.read(name))
    linkSync(path.join(folder, name), path.join(folder, 'thief'))
    secrets.destroy(name)
    secrets.destroy(name)
    expect(existsSync(path.join(folder, name))).toBe(false)
    expect(readFileSync(path.join(folder, 'thief')).equals(before)).toBe(false)
    expect(() => secrets.read(name)).toThrow('Put back your copy of the folder')
  })

  it('refuses a secret that others can read, and a name that leaves the folder', () => {
    const folder = makeFolder()
    const secrets = openSecretFolder(folder)
    const name = secrets.create('epoch-1')
    chmodSync(path.join(folder, name), 0o644)
    expect(() => secrets.read(name)).toThrow('chmod go-rwx')
    expect(checkSecretFolder(folder)).toContain('chmod go-rwx')
    expect(() => secrets.read('../root.key')).toThrow('changed by hand')
  })
})
