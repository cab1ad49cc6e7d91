import { readFileSync } from 'node:fs'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'

const guide = readFileSync(new URL('../docs/guides/form-authors.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/\n## ([^\n]+)|```md\n([\s\S]*?)```/g)]
let heading = ''
const named = examples.flatMap(([, title, md]) => {
  heading = title ?? heading
  return md === undefined ? [] : [{ heading, md }]
})

describe('the guide for form authors', () => {
  it('has an example in each part that shows one', () => expect(named.length).toBeGreaterThanOrEqual(7))

  it.each(named)('$heading: its example compiles without a warning', ({ md }) => {
    const result = compile(readMarkdown(md))
    expect(result.ok ? result.warnings : result.issues).toEqual([])
  })

  it.each([
    ['search()', '| | select_one yn | a | A | search("x") |', 'search-unsupported'],
    ['select_one_external', '| | select_one_external yn | a | A | |', 'external-select-unsupported'],
    ['begin loop', '| | begin loop over yn | a | A | |', 'loop-unsupported'],
    ['osm', '| | osm | a | A | |', 'osm-unsupported'],
  ])('%s is refused as the guide says', (word, row, code) => {
    const md = [
      '| survey |',
      '| | type | name | label | appearance |',
      row,
      '| choices |',
      '| | list_name | name | label |',
      '| | yn | y | Yes |',
    ].join('\n')
    const result = compile(readMarkdown(md))
    expect(guide).toContain(word)
    expect(result.ok ? [] : result.issues.map((issue) => issue.code)).toContain(code)
  })
})
