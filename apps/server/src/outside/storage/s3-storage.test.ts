import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsKeys, startS3 } from '../../../test/loopback.ts'
import { openS3Storage } from './s3-storage.ts'
import { signRequest } from './sign-request.ts'

let store: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  store = await startS3()
})
afterAll(() => store.stop())

const settings = () => ({ ...awsKeys, endpoint: store.address, region: 'eu-west-1', bucket: 'attune', prefix: 'north/data', near: ['127.0.0.1'] })
const open = () => openS3Storage(settings(), () => new Date())
const read = async (pieces: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

describe('a signed request', () => {
  it('has the signature that AWS publishes for its example', () => {
    // "get-vanilla" of the Signature Version 4 test suite.
    const signed = signRequest(
      { method: 'GET', url: new URL('https://example.amazonaws.com/'), headers: {}, body: new Uint8Array() },
      { keyId: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'us-east-1', service: 'service' },
      new Date('2015-08-30T12:36:00Z'),
    )
    expect(signed['authorization']).toContain('Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31')
  })
})

describe('a store of the S3 kind', () => {
  it('takes streams of any length in parts and gives back every byte', async () => {
    for (const size of [0, 10, 17 * 1024 * 1024]) {
      const content = randomBytes(size)
      const pieces = Array.from({ length: Math.ceil(size / 1_000_000) }, (_, at) => content.subarray(at * 1_000_000, (at + 1) * 1_000_000))
      expect(await open().put(`file-${size}.age`, Readable.from(pieces, { objectMode: false }))).toBe(size)
      expect((await read(open().get(`file-${size}.age`))).equals(content)).toBe(true)
    }
    expect([...store.objects.keys()]).toContain('north/data/file-10.age')
    expect(await open().list()).toEqual(['file-0.age', 'file-10.age', 'file-17825792.age'])
    await open().remove('file-10.age')
    await open().remove('file-10.age')
    expect(await open().list()).toEqual(['file-0.age', 'file-17825792.age'])
  })

  it('leaves nothing half there when a part or the source fails', async () => {
    store.failParts.from = 2
    await expect(open().put('broken.age', Readable.from([randomBytes(9_000_000), randomBytes(9_000_000)], { objectMode: false }))).rejects.toThrow(
      'SlowDown',
    )
    store.failParts.from = Infinity
    const failing = async function* () {
      yield randomBytes(10)
      throw new Error('The line was cut.')
    }
    await expect(open().put('broken.age', failing())).rejects.toThrow('The line was cut.')
    expect(await open().list()).not.toContain('broken.age')
    expect(store.uploads.size).toBe(0)
  })

  it('is refused with a wrong key, and the secret is in no message', async () => {
    const stranger = openS3Storage({ ...settings(), secret: 'another-secret' }, () => new Date())
    const refused = await stranger.list().catch((error: Error) => error)
    expect(refused).toMatchObject({ message: expect.stringContaining('SignatureDoesNotMatch') })
    expect(String(refused)).not.toContain('another-secret')
    expect(() => open().get('../other')).not.toThrow()
    await expect(read(open().get('../other'))).rejects.toThrow('not a name')
  })
})
