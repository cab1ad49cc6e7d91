import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openBytes, openValue, sealBytes, SealBroken, sealValue, toWorkingKey, type Place } from './sealing.ts'

const place: Place = ['vault-1', 'draft', 'draft-1']
const newKey = (): Promise<CryptoKey> => toWorkingKey(crypto.getRandomValues(new Uint8Array(32)))

describe('sealing what lies on the device', () => {
  it('gives back exactly what was sealed, whatever it was', async () => {
    const key = await newKey()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        const sealed = await sealBytes(key, place, new Uint8Array(bytes))
        expect(await openBytes(key, place, sealed)).toEqual(new Uint8Array(bytes))
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })

  it('holds no readable word of what was sealed', async () => {
    const sealed = await sealValue(await newKey(), place, { words: 'Marker sentence about a family' })
    expect(new TextDecoder().decode(sealed.bytes)).not.toContain('Marker')
  })

  it('does not open after any single bit was changed', async () => {
    const key = await newKey()
    const sealed = await sealValue(key, place, { words: 'as it was' })
    for (let bit = 0; bit < sealed.bytes.length * 8; bit += 13) {
      const changed = new Uint8Array(sealed.bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      await expect(openValue(key, place, { ...sealed, bytes: changed })).rejects.toBeInstanceOf(SealBroken)
    }
  })

  it.each([
    ['another draft', ['vault-1', 'draft', 'draft-2']],
    ['another person’s vault', ['vault-2', 'draft', 'draft-1']],
    ['another kind', ['vault-1', 'letter', 'draft-1']],
    ['an attachment', ['vault-1', 'draft', 'draft-1', 'a']],
    ['a place that only looks the same when joined', ['vault-1|5:draft', '', 'draft-1']],
  ] as const)('does not open when it was moved to %s', async (_what, elsewhere) => {
    const key = await newKey()
    const sealed = await sealValue(key, place, { words: 'as it was' })
    await expect(openValue(key, elsewhere, sealed)).rejects.toBeInstanceOf(SealBroken)
  })

  it('does not open with another key', async () => {
    const sealed = await sealValue(await newKey(), place, 1)
    await expect(openValue(await newKey(), place, sealed)).rejects.toBeInstanceOf(SealBroken)
  })

  it('never uses a nonce twice', async () => {
    const key = await newKey()
    const nonces = await Promise.all(Array.from({ length: 2000 }, async () => String((await sealBytes(key, place, new Uint8Array(1))).nonce)))
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  it('works with a key that cannot be read out again', async () => {
    const key = await newKey()
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})
