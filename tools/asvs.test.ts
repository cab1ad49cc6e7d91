import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { trackedFiles } from './bounds/tracked.ts'

const top = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(top, file), 'utf8')

type Line = { readonly number: number; readonly ids: readonly string[]; readonly files: readonly string[] }
const lines: readonly Line[] = read('docs/asvs.md')
  .split('\n')
  .flatMap((line) => {
    const [, number, , ids, files] = /^\| (\d+) +\| (.+?) +\| ([\d., ]+?) +\| (.+?) +\|$/.exec(line) ?? []
    if (number === undefined) return []
    return [{ number: Number(number), ids: ids!.split(', '), files: [...files!.matchAll(/`([^`]+)`/g)].map((found) => found[1]!) }]
  })

/** Ids of ASVS in the names of tests; the fuzzed parsers name theirs in their own list. */
function idsIn(file: string): string[] {
  const text = read(file)
  const inNames = [...text.matchAll(/ASVS ((?:\d+\.\d+\.\d+(?:, )?)+)(?=[):])/g)].flatMap((found) => found[1]!.split(', '))
  const inList = [...text.matchAll(/\basvs: '(\d+\.\d+\.\d+)'/g)].map((found) => found[1]!)
  return [...inNames, ...inList]
}

const isShown = (file: string) => file.endsWith('.test.ts') || file === 'tools/fuzz/parsers.ts'

describe('the list of ASVS checks', () => {
  it('has 47 lines, each with ids and files', () => {
    expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 47 }, (_, at) => at + 1))
    for (const { files } of lines) expect(files.length).toBeGreaterThan(0)
  })

  it.each(lines)(
    'line $number: every id is in the name of a test in a file that the line names, and every file has one of them',
    ({ ids, files }) => {
      const found = new Map(files.map((file) => [file, idsIn(file)]))
      expect(ids.filter((id) => ![...found.values()].some((each) => each.includes(id)))).toEqual([])
      expect([...found].filter(([, each]) => !ids.some((id) => each.includes(id))).map(([file]) => file)).toEqual([])
    },
  )

  it('holds every id that a test carries', () => {
    const listed = new Set(lines.flatMap(({ ids }) => ids))
    const carried = trackedFiles(top)
      .filter(isShown)
      .filter((file) => file !== 'tools/asvs.test.ts')
      .flatMap((file) => idsIn(file).map((id) => ({ file, id })))
    expect(carried.length).toBeGreaterThan(60)
    expect(carried.filter(({ id }) => !listed.has(id))).toEqual([])
  })
})
