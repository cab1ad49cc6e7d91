import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeClientList } from './client-list.ts'

const idsIn = (bytes: Buffer) =>
  Array.from({ length: bytes.length / 16 }, (_, at) =>
    bytes.toString('hex', 16 * at, 16 * (at + 1)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )

describe('a list of clients', () => {
  it('knows each of a hundred thousand with its own bytes, and nobody else', () => {
    const list = makeClientList(4)
    const ids = Array.from({ length: 100_000 }, () => randomUUID())
    const secretOf = (at: number) => Buffer.of(at >> 24, at >> 16, at >> 8, at)
    for (const [at, id] of ids.entries()) expect(list.add(id, at % 10 === 0 ? undefined : secretOf(at))).toBe(at)
    let wrong = 0
    for (const [at, id] of ids.entries()) {
      if (list.find(id) !== at || list.opens(at) !== (at % 10 !== 0)) wrong++
      else if (at % 10 !== 0 && !list.secret(at).equals(secretOf(at))) wrong++
      if (list.find(randomUUID()) !== -1) wrong++
    }
    expect(wrong).toBe(0)
  })

  it('tells apart ids that share most of their digits', () => {
    const list = makeClientList(1)
    const ids = ['00000000', '11111111', 'ffffffff'].flatMap((part) => [
      `${part}-0000-4000-8000-000000000000`,
      `00000001-${part.slice(4)}-4000-8000-000000000000`,
      `00000002-0000-4000-${part.slice(4)}-000000000000`,
      `00000003-0000-4000-8000-0000${part}`,
    ])
    for (const id of ids) list.add(id, Buffer.alloc(1))
    expect(ids.map((id) => list.find(id))).toEqual(ids.map((_, at) => at))
  })

  it('gives the ids of those that were marked, each once', () => {
    const list = makeClientList(1)
    const ids = Array.from({ length: 3_000 }, () => randomUUID())
    for (const id of ids) list.add(id, Buffer.alloc(1))
    expect(list.marked()).toHaveLength(0)
    const chosen = ids.filter((_, at) => at % 7 === 3)
    for (const id of [...chosen, ...chosen]) list.mark(list.find(id))
    expect(idsIn(list.marked())).toEqual(chosen)
  })

  it('takes no text that is not an id', () => {
    for (const text of ['', 'north', randomUUID().slice(1)]) expect(() => makeClientList(1).find(text)).toThrow('not a UUID')
  })
})
