import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import type { GivenFile } from './check-form-files.ts'
import { checkImageMaps } from './check-image-maps.ts'

const outlineOf = (picture: string, type = 'select_one part') => {
  const compiled = compile(
    readMarkdown(`| survey |
| | type | name | label | media::image | appearance |
| | ${type} | where | Where? | ${picture} | image-map |
| | select_one part | plain | Where? | | |
| choices |
| | list_name | name | label |
| | part | head | Head |
| | part | arms | Arms |`),
  )
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  return compiled.outline
}
const file = (more: Partial<GivenFile>): ReadonlyMap<string, GivenFile> =>
  new Map([['body.svg', { name: 'body.svg', kind: 'image', mediaType: 'image/svg+xml', bytes: 1, sha256: '', md5: '', ...more }]])
const says = (...given: Parameters<typeof checkImageMaps>) => checkImageMaps(...given).map(({ row, message }) => `${row}: ${message}`)

describe('a question that is answered on a drawing', () => {
  it('is right when each of its choices is a part of the drawing', () => {
    for (const type of ['select_one part', 'select_multiple part'])
      expect(says(outlineOf('body.svg', type), file({ parts: ['head', 'arms', 'ground'] }))).toEqual([])
  })

  it('is refused when a choice has no part, and the choice is named', () => {
    expect(says(outlineOf('body.svg'), file({ parts: ['Head', 'arms'] }))).toEqual([expect.stringMatching(/^2: “body.svg” has no part for “head”\./)])
  })

  it('is refused with a picture of dots, and without any', () => {
    expect(says(outlineOf('body.svg'), file({}))).toEqual([expect.stringContaining('draw an .svg file')])
    expect(says(outlineOf(''), file({}))).toEqual([expect.stringContaining('media::image')])
  })

  it('says nothing of a file that was not handed in: that is said already', () => {
    expect(says(outlineOf('body.svg'), new Map())).toEqual([])
  })
})
