// The real programme, read from the disk, for the tests of this room: as it is, or with one change in one of its files.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { readProgramme } from '../src/read-programme.ts'
import type { Programme } from '../src/programme.ts'
import type { ProgrammeIssue } from '../src/issue.ts'

const top = path.resolve(import.meta.dirname, '../../..')

export function filesOf(programme: string): Map<string, string> {
  const folder = path.join(top, 'programmes', programme)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(yaml|md)$/.test(name) && statSync(path.join(folder, name)).isFile(),
  )
  return new Map(names.map((name) => [name.split(path.sep).join('/'), readFileSync(path.join(folder, name), 'utf8')]))
}

const scaleFolder = path.join(top, 'packages/measures/scales')
export const scales: ReadonlyMap<string, string> = new Map(
  readdirSync(scaleFolder).map((name) => [name.replace('.yaml', ''), readFileSync(path.join(scaleFolder, name), 'utf8')]),
)
export const digest = (text: string) => createHash('sha256').update(text).digest('hex')

export type Change = { readonly file: string; readonly from: string; readonly to: string }

/** The files of vig-dcs with the first rows of its ledgers only: they are long, and rarely what a test is about. */
export function shortFiles(): Map<string, string> {
  const files = filesOf('vig-dcs')
  for (const ledger of ['clauses.yaml', 'clauses-commissioning.yaml']) {
    files.set(
      ledger,
      (files.get(ledger) ?? '')
        .split(/^(?=- id: )/m)
        .slice(0, 4)
        .join(''),
    )
  }
  return files
}

/** Issues of the programme after some changes. Each change must find its place; the line of the first one is given back. */
export function issuesAfter(...changes: readonly Change[]): { readonly issues: readonly ProgrammeIssue[]; readonly line: number } {
  const files = shortFiles()
  let line = 0
  for (const { file, from, to } of changes) {
    const text = files.get(file) ?? ''
    if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`)
    if (line === 0) line = text.slice(0, text.indexOf(from)).split('\n').length
    files.set(
      file,
      text.replace(from, () => to),
    )
  }
  const read = readProgramme({ files, scales, digest })
  return { issues: read.ok ? [] : read.issues, line }
}

export function readVigDcs(files: ReadonlyMap<string, string> = filesOf('vig-dcs')): Programme {
  const read = readProgramme({ files, scales, digest })
  if (!read.ok) throw new Error(JSON.stringify(read.issues, null, 2))
  return read.programme
}
