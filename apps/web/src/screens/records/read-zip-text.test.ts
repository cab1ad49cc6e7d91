import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readZipText } from './read-zip-text.ts'

/** A zip written by hand, as the server's zip library lays it out. */
function zipOf(files: { name: string; text: string; deflate: boolean }[], comment = ''): ArrayBuffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.name)
    const raw = Buffer.from(file.text)
    const body = file.deflate ? deflateRawSync(raw) : raw
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(file.deflate ? 8 : 0, 8)
    local.writeUInt16LE(name.length, 26)
    locals.push(local, name, body)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(file.deflate ? 8 : 0, 10)
    entry.writeUInt32LE(body.length, 20)
    entry.writeUInt32LE(raw.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    directory.push(entry, name)
    offset += 30 + name.length + body.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  const bytes = new Uint8Array(Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]))
  return bytes.buffer
}

describe('looking into a download', () => {
  const manifest = '{"rows":12,"withheld":1}'
  it('a packed manifest is read', async () => {
    const zip = zipOf([
      { name: 'records.csv', text: 'a,b\n'.repeat(500), deflate: true },
      { name: 'manifest.json', text: manifest, deflate: true },
    ])
    expect(await readZipText(zip, 'manifest.json')).toBe(manifest)
  })
  it('a manifest stored as it is is read, also with a comment at the end', async () => {
    expect(await readZipText(zipOf([{ name: 'manifest.json', text: manifest, deflate: false }], 'made by Attune'), 'manifest.json')).toBe(manifest)
  })
  it('a zip without one, and bytes that are no zip, give nothing', async () => {
    expect(await readZipText(zipOf([{ name: 'records.csv', text: 'x', deflate: false }]), 'manifest.json')).toBeUndefined()
    expect(await readZipText(new ArrayBuffer(400), 'manifest.json')).toBeUndefined()
    expect(await readZipText(new ArrayBuffer(3), 'manifest.json')).toBeUndefined()
  })
})
