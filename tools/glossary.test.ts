import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { acts, formKinds, partitions, roleLabels, roles, scopes } from '@attune/policy'
import { readProgramme } from '@attune/programme'
import { describe, expect, it } from 'vitest'
import { readProgrammeFiles, readScaleFiles, sha256 } from './programme-folder.ts'

const top = path.resolve(import.meta.dirname, '..')
const glossary = readFileSync(path.join(top, 'docs/glossary.md'), 'utf8').toLowerCase()
const isThere = (word: string) => new RegExp(`(^|[^a-z-])${word.toLowerCase()}s?([^a-z-]|$)`, 'm').test(glossary)

describe('the glossary', () => {
  it('has every role, kind of form, partition and scope', () => {
    expect([...roles, ...Object.values(roleLabels), ...formKinds, ...partitions, ...scopes].filter((word) => !isThere(word))).toEqual([])
  })

  it('has the noun of every act', () => {
    const nouns = [...new Set(acts.map((act) => act.split('.')[0] ?? ''))]
    expect(nouns.filter((noun) => !isThere(noun))).toEqual([])
  })

  it('has every purpose of vig-dcs', () => {
    const read = readProgramme({ files: readProgrammeFiles(path.join(top, 'programmes/vig-dcs')), scales: readScaleFiles(), digest: sha256 })
    const codes = read.ok ? read.programme.policy.purposes.map((purpose) => purpose.code) : ['unreadable']
    expect(codes.filter((code) => !isThere(code))).toEqual([])
  })

  it('has every table', () => {
    const folder = path.join(top, 'apps/server/src/store/migrations')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'))
    const tables = files.flatMap((file) =>
      [...readFileSync(path.join(folder, file), 'utf8').matchAll(/create (?:unlogged )?table (?:\w+\.)?(\w+)/gi)].map((match) => match[1] ?? ''),
    )
    expect(tables.length).toBeGreaterThan(20)
    expect([...new Set(tables)].map((table) => table.replaceAll('_', ' ')).filter((table) => !isThere(table))).toEqual([])
  })

  it('explains a word once', () => {
    const words = [...glossary.matchAll(/^\| ([^|]+?) \|/gm)]
      .map((match) => match[1] ?? '')
      .filter((word) => !['word', 'noun', 'table', '---'].includes(word))
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })
})
