import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { makeSpool } from './spool.ts'

const folder = () => path.join(mkdtempSync(path.join(tmpdir(), 'attune-spool-')), 'spool')
const piece = (at: number) => Buffer.alloc(1_000, at)

describe('a spool', () => {
  it('gives back every byte in order, from disk and from memory, and leaves nothing in its folder', async () => {
    const place = folder()
    const spool = makeSpool(place, 5_000)
    for (let at = 0; at < 20; at++) {
      spool.put(piece(at))
      if (at < 17) await spool.settle()
    }
    expect(spool.size()).toBe(20_000)
    // What is on disk has no name there: a server that is killed leaves nothing behind.
    expect(existsSync(place)).toBe(true)
    if (process.platform !== 'win32') expect(readdirSync(place)).toEqual([])
    expect(await buffer(spool.read())).toEqual(Buffer.concat(Array.from({ length: 20 }, (_, at) => piece(at))))
    expect(readdirSync(place)).toEqual([])
  })

  it('of few bytes touches no disk', async () => {
    const place = folder()
    const spool = makeSpool(place)
    spool.put(piece(1))
    await spool.settle()
    expect(await buffer(spool.read())).toEqual(piece(1))
    expect(existsSync(place)).toBe(false)
  })

  it('says so when the disk does not take it, and can be let go of', async () => {
    const place = folder()
    writeFileSync(place, 'a file where the folder should be')
    const spool = makeSpool(place, 10)
    spool.put(piece(1))
    await expect(spool.settle()).rejects.toThrow(/EEXIST|ENOTDIR/)
    await spool.discard()
  })

  it('is let go of when its reader leaves in the middle', async () => {
    const spool = makeSpool(folder(), 10)
    for (let at = 0; at < 600; at++) spool.put(piece(at))
    await spool.settle()
    const stream = spool.read()
    for await (const bytes of stream) {
      expect(bytes.length).toBeGreaterThan(0)
      break
    }
    expect(stream.destroyed).toBe(true)
    await spool.discard()
  })
})
