// AES-256 for a part of a zip as WinZip specified it (AE-2, https://www.winzip.com/en/support/aes-encryption/): keys from the passphrase by
// PBKDF2-HMAC-SHA1 with 1,000 rounds, counter mode with a counter that grows from its low end, ten bytes of HMAC-SHA1 over what was sealed.
// So few rounds are no protection for a word that a person made up: the passphrase is made here and has 90 bits of chance.
import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { codeSymbols } from '@attune/policy'

const block = 16
const saltLength = 16
const symbols = 20

/** What the headers of a sealed part say: AE-2, 256 bits, deflated inside. */
export const sealedExtra = Buffer.from([0x01, 0x99, 7, 0, 2, 0, 0x41, 0x45, 3, 8, 0])

/** Like K7M4-2XQ9-PDRT-WV34-HJ6C: 20 symbols without look-alikes. It is given to whoever downloads and kept nowhere. */
export function makePassphrase(): string {
  const fair = 256 - (256 % codeSymbols.length)
  let made = ''
  while (made.length < symbols) {
    for (const byte of randomBytes(symbols)) if (byte < fair && made.length < symbols) made += codeSymbols[byte % codeSymbols.length]
  }
  return made.match(/.{4}/g)!.join('-')
}

export type Seal = {
  /** Salt and check bytes, which come before the content. */
  readonly head: Buffer
  readonly write: (bytes: Uint8Array) => Buffer
  /** The seal itself, which comes after it. */
  readonly end: () => Buffer
}

export function beginSeal(passphrase: string): Seal {
  const salt = randomBytes(saltLength)
  // The format allows no other hash here; what the seal rests on is the length of a passphrase that we make ourselves.
  const keys = pbkdf2Sync(passphrase, salt, 1_000, 66, 'sha1')
  const counters = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null).setAutoPadding(false)
  // eslint-disable-next-line no-restricted-syntax
  const seal = createHmac('sha1', keys.subarray(32, 64))
  let counter = 1
  let left: Buffer = Buffer.alloc(0)

  // Bytes to mix in for the next `length` bytes of content.
  function stream(length: number): Buffer {
    const blocks = Buffer.alloc(Math.max(0, Math.ceil((length - left.length) / block)) * block)
    for (let at = 0; at < blocks.length; at += block) blocks.writeUIntLE(counter++, at, 6)
    const all = Buffer.concat([left, counters.update(blocks)])
    left = all.subarray(length)
    return all.subarray(0, length)
  }

  return {
    head: Buffer.concat([salt, keys.subarray(64, 66)]),
    write(bytes) {
      const mixed = stream(bytes.length)
      for (let at = 0; at < mixed.length; at++) mixed[at]! ^= bytes[at]!
      seal.update(mixed)
      return Buffer.from(mixed)
    },
    end: () => seal.digest().subarray(0, 10),
  }
}
