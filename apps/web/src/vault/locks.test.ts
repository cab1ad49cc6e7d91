import { describe, expect, it } from 'vitest'
import { closeLock, newDataKey, openLock, type LockSecret } from './locks.ts'

const passphrase = (words: string): LockSecret => ({ kind: 'passphrase', passphrase: words })
const passkey = (credentialId: string, fill: number): LockSecret => ({ kind: 'passkey', credentialId, secret: new Uint8Array(32).fill(fill) })

describe('the lock of a vault', () => {
  it('opens with the passphrase it was closed with', async () => {
    const dataKey = newDataKey()
    const lock = await closeLock('v', dataKey, passphrase('three quiet purple ducks'))
    expect(await openLock('v', lock, passphrase('three quiet purple ducks'))).toEqual(dataKey)
  })

  it.each(['three quiet purple duck', 'Three quiet purple ducks', ''])('stays closed for “%s”', async (words) => {
    const lock = await closeLock('v', newDataKey(), passphrase('three quiet purple ducks'))
    expect(await openLock('v', lock, passphrase(words))).toBeUndefined()
  })

  it('takes an accented letter however the keyboard wrote it', async () => {
    const dataKey = newDataKey()
    const lock = await closeLock('v', dataKey, passphrase('Siobh\u00e1n tŷ bach'))
    expect(await openLock('v', lock, passphrase('Siobha\u0301n ty\u0302 bach'))).toEqual(dataKey)
  })

  it('costs a guesser at least 600,000 rounds of SHA-256', async () => {
    const lock = await closeLock('v', newDataKey(), passphrase('three quiet purple ducks'))
    expect(lock.kind === 'passphrase' && lock.rounds).toBeGreaterThanOrEqual(600_000)
  })

  it('opens with the secret of its own passkey only', async () => {
    const dataKey = newDataKey()
    const lock = await closeLock('v', dataKey, passkey('cred-1', 7))
    expect(await openLock('v', lock, passkey('cred-1', 7))).toEqual(dataKey)
    expect(await openLock('v', lock, passkey('cred-1', 8))).toBeUndefined()
    expect(await openLock('v', lock, passkey('cred-2', 7))).toBeUndefined()
    expect(await openLock('v', lock, passphrase('three quiet purple ducks'))).toBeUndefined()
  })

  it('does not open another vault', async () => {
    const lock = await closeLock('v', newDataKey(), passkey('cred-1', 7))
    expect(await openLock('w', lock, passkey('cred-1', 7))).toBeUndefined()
  })

  it('holds neither the data key nor the secret', async () => {
    const dataKey = newDataKey()
    const secret = passkey('cred-1', 9)
    const lock = await closeLock('v', dataKey, secret)
    const onDisk = [...lock.wrapped.bytes, ...lock.wrapped.nonce, ...lock.salt].join(',')
    expect(onDisk).not.toContain([...dataKey].join(','))
    expect(onDisk).not.toContain(new Uint8Array(32).fill(9).join(','))
  })
})
