import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkRootKey, getRootKey, rootKeyFile } from './root-key.ts'

const makeHome = () => mkdtempSync(path.join(tmpdir(), 'attune-keys-'))

describe('the root key', () => {
  it('is made once, and only its owner can read it', () => {
    const home = makeHome()
    expect(checkRootKey(home)).toContain('There is no root key')
    const key = getRootKey(home)
    expect(key.bytes).toHaveLength(32)
    expect(getRootKey(home)).toEqual(key)
    expect(statSync(rootKeyFile(home)).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(rootKeyFile(home))).mode & 0o777).toBe(0o700)
  })

  it('that others can read stops the start', () => {
    const home = makeHome()
    getRootKey(home)
    chmodSync(rootKeyFile(home), 0o640)
    expect(() => getRootKey(home)).toThrow('chmod 600')
  })

  it('that is not one stops the start and is not replaced, nor shown', () => {
    const home = makeHome()
    getRootKey(home)
    writeFileSync(rootKeyFile(home), 'half a key')
    expect(() => getRootKey(home)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('half') }))
    expect(readFileSync(rootKeyFile(home), 'utf8')).toBe('half a key')
  })
})
