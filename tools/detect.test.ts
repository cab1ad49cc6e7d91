import { describe, expect, it } from 'vitest'
import { detect } from './detect.ts'

async function run(chunks: readonly (string | Buffer)[], args: readonly string[] = ['--ndjson']) {
  let out = ''
  let err = ''
  async function* input() {
    for (const chunk of chunks) yield await Promise.resolve(chunk)
  }
  const code = await detect(args, { write: (text) => (out += text) }, { write: (text) => (err += text) }, input())
  return {
    code,
    err,
    lines: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown),
  }
}

describe('attune detect --ndjson', () => {
  it('answers each line with its id, places in UTF-16 and no word of the text', async () => {
    const { code, lines, err } = await run([
      '{"id":"a","text":"🎈 Ffion rang"}\n{"id":7,"text":"saorise came","roster":["Saoirse"]}\n{"id":"c","text":""}',
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(lines).toEqual([
      { id: 'a', findings: [{ start: 3, end: 8, type: 'PERSON', confidence: 0.95 }] },
      { id: 7, findings: [{ start: 0, end: 7, type: 'PERSON', confidence: 0.85 }] },
      { id: 'c', findings: [] },
    ])
  })

  it('a line that cannot be read is named by its number, the rest goes on, and the exit code says so', async () => {
    const { code, lines, err } = await run([
      '{"id":1,"text":"x"}\nnope\n\n[]\n{"text":"x"}\n{"id":1}\n{"id":1,"text":"x","roster":"Ffion"}\n{"id":2,"text":"y"}\n',
    ])
    expect(code).toBe(1)
    expect(lines).toEqual([
      { id: 1, findings: [] },
      { id: 2, findings: [] },
    ])
    expect(err.trim().split('\n')).toEqual([
      'Line 2 is not JSON.',
      'Line 4 is not an object.',
      'Line 5 has no "id" that is a text or a number.',
      'Line 6 has no "text".',
      'Line 7 has a "roster" that is not a list of names.',
    ])
  })

  it('lines and letters that are cut between two chunks are put together again', async () => {
    const bytes = Buffer.from('\uFEFF{"id":1,"text":"Róisín waved"}\r\n{"id":2,"text":"Siân sang"}\r\n')
    const { code, lines } = await run([...bytes].map((byte) => Buffer.from([byte])))
    expect(code).toBe(0)
    expect(lines).toEqual([
      { id: 1, findings: [{ start: 0, end: 6, type: 'PERSON', confidence: 0.95 }] },
      { id: 2, findings: [{ start: 0, end: 4, type: 'PERSON', confidence: 0.95 }] },
    ])
  })

  it('anything but --ndjson gets the usage and exit code 2', async () => {
    expect(await run([], [])).toMatchObject({ code: 2, lines: [] })
    expect((await run([], ['--what'])).err).toContain('Usage: npx attune detect --ndjson')
  })
})
