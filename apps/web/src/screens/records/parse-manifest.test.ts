import { describe, expect, it } from 'vitest'
import { parseManifest } from './parse-manifest.ts'

describe('the note inside a download', () => {
  it('what it says about rows, what was left out and who answers for it', () => {
    const text = JSON.stringify({
      rows: 121,
      withheld: 33,
      responsibleBody: 'Harbour Early Years',
      policyVersion: '2025-06',
      sha256: 'ab',
      extra: [1],
    })
    expect(parseManifest(text)).toEqual({ rows: 121, withheld: 33, responsibleBody: 'Harbour Early Years', policyVersion: '2025-06', sha256: 'ab' })
  })
  it('a fact of another kind is left out rather than shown wrongly', () => {
    expect(parseManifest('{"rows":"many","withheld":2}')).toEqual({ withheld: 2 })
  })
  it.each(['', 'no json', '[]', 'null', '7'])('%j is no note', (text) => expect(parseManifest(text)).toBeUndefined())
})
