import { createCipheriv, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, keyedHash, makeKey, open, openOnce, seal, toTableKey, type Place } from './seal.ts'
import { SealBroken } from '../../problems.ts'

const seed = 20251122
const key = makeKey('client/north/1')
const place: Place = { table: 'answers.records', row: 'r1', field: 'xml', client: 'c1' }
const content = fc.uint8Array({ maxLength: 300 })

describe('a seal', () => {
  it('gives back exactly what went in', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(open(key, place, seal(key, place, bytes)).equals(bytes)).toBe(true)
      }),
      { seed },
    )
  })

  it('does not open when any single bit was flipped (ASVS 11.3.2)', () => {
    fc.assert(
      fc.property(content, fc.nat(), (bytes, where) => {
        const sealed = seal(key, place, bytes)
        const bit = where % (sealed.length * 8)
        sealed[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => open(key, place, sealed)).toThrow(SealBroken)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('does not open in another table, row, field, client or under another key (ASVS 11.3.3)', () => {
    const word = fc.string({ maxLength: 12 })
    const somewhere = fc.record({ table: word, row: word, field: word, client: word })
    fc.assert(
      fc.property(somewhere, somewhere, (here, there) => {
        fc.pre(JSON.stringify(here) !== JSON.stringify(there))
        expect(() => open(key, there, seal(key, here, Buffer.from('words')))).toThrow(SealBroken)
      }),
      { seed },
    )
    // One part of the place after the other, so that none of them may be left out; and one letter moved over into the next part.
    const elsewhere: Place[] = [
      { ...place, table: 'answers.clients' },
      { ...place, row: 'r2' },
      { ...place, field: 'answers' },
      { ...place, client: 'c2' },
      { table: place.table, row: place.row, field: place.field },
      { ...place, row: 'r1c', client: '1' },
      { ...place, client: 'c1x', field: 'ml' },
    ]
    const sealed = seal(key, place, Buffer.from('words'))
    for (const there of elsewhere) expect(() => open(key, there, sealed), JSON.stringify(there)).toThrow(SealBroken)
    expect(open(key, place, sealed).toString()).toBe('words')
    expect(() => open(makeKey(key.id), place, seal(key, place, Buffer.from('words')))).toThrow(SealBroken)
    expect(() => open({ ...key, id: 'client/north/2' }, place, seal(key, place, Buffer.from('words')))).toThrow(SealBroken)
  })

  it('does not open when cut short or empty', () => {
    const sealed = seal(key, place, Buffer.from('words'))
    for (let length = 0; length < sealed.length; length++) expect(() => open(key, place, sealed.subarray(0, length))).toThrow(SealBroken)
  })

  it('never uses a nonce twice for a key in a million, and says nothing of the content when it breaks (ASVS 11.3.4)', () => {
    // Eight of the twelve bytes are looked at: if those differ, so do the twelve.
    const nonces = new BigUint64Array(1_000_000)
    for (let at = 0; at < nonces.length; at++) nonces[at] = seal(key, place, Buffer.alloc(0)).readBigUInt64LE(1)
    nonces.sort()
    let twice = 0
    for (let at = 1; at < nonces.length; at++) if (nonces[at] === nonces[at - 1]) twice++
    expect(twice).toBe(0)
    expect(new SealBroken(place).message).not.toContain('words')
  })
})

describe('a keyed hash', () => {
  it('depends on the key, the kind, the service and the text, with no way to move a letter between them', () => {
    const all = [
      keyedHash(key, 'code', 'north', 'ab'),
      keyedHash(makeKey('x'), 'code', 'north', 'ab'),
      keyedHash(key, 'code', 'northa', 'b'),
      keyedHash(key, 'cod', 'enorth', 'ab'),
      keyedHash(key, 'email', 'north', 'ab'),
    ]
    expect(new Set(all.map((hash) => hash.toString('hex'))).size).toBe(all.length)
    expect(keyedHash(key, 'code', 'north', 'ab')).toEqual(all[0])
  })

  it('is not the key for another use', () => {
    expect(deriveKey(key, 'one use').equals(deriveKey(key, 'another use'))).toBe(false)
  })
})

describe('a key derived for one use', () => {
  it('is what HKDF-SHA-256 says (RFC 5869)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }), (bytes, use) => {
        const expected = Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `attune ${use}`, 32))
        expect(deriveKey({ id: 'any', bytes: Buffer.from(bytes) }, use)).toEqual(expected)
      }),
      { seed },
    )
  })
})

describe('opening once', () => {
  it('opens what opening opens, of both versions, and refuses what it refuses', () => {
    const sealed = seal(key, place, Buffer.from('words'))
    expect(openOnce(key, place, sealed).toString()).toBe('words')
    // Version 1: the key itself.
    const parts = [key.id, place.table, place.row, place.client!, place.field]
    const bound = Buffer.concat([
      Buffer.of(1),
      ...parts.flatMap((text) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(Buffer.byteLength(text))
        return [length, Buffer.from(text)]
      }),
    ])
    const nonce = Buffer.alloc(12, 5)
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(bound)
    const first = Buffer.concat([Buffer.of(1), nonce, cipher.update('of old'), cipher.final(), cipher.getAuthTag()])
    expect(open(key, place, first).toString()).toBe('of old')
    expect(openOnce(key, place, first).toString()).toBe('of old')
    const changed = Buffer.from(sealed)
    changed[20]! ^= 1
    expect(() => openOnce(key, place, changed)).toThrow(SealBroken)
    expect(() => openOnce(key, { ...place, field: 'other' }, sealed)).toThrow(SealBroken)
    expect(() => openOnce(makeKey(key.id), place, sealed)).toThrow(SealBroken)
    // The same with what was derived once, of the table that it was derived for and of any other.
    const kept = toTableKey(key, place.table)
    expect(openOnce(kept, place, sealed).toString()).toBe('words')
    expect(openOnce(kept, place, first).toString()).toBe('of old')
    const elsewhere = { ...place, table: 'answers.clients' }
    expect(openOnce(kept, elsewhere, seal(key, elsewhere, Buffer.from('code'))).toString()).toBe('code')
    expect(() => openOnce(kept, place, changed)).toThrow(SealBroken)
    expect(() => openOnce(toTableKey(makeKey(key.id), place.table), place, sealed)).toThrow(SealBroken)
  })

  it('reads places longer than most', () => {
    const far = { ...place, row: 'é'.repeat(2_000), client: 'c'.repeat(3_000) }
    expect(openOnce(key, far, seal(key, far, Buffer.from('words'))).toString()).toBe('words')
    expect(() => open(key, { ...far, row: `${far.row}é` }, seal(key, far, Buffer.from('words')))).toThrow(SealBroken)
  })
})
