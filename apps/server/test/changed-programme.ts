// The real programme with something changed in its policy.yaml, read from a folder as a server reads it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Programme } from '@attune/programme'
import { getProgramme } from '../src/outside/programme-folder.ts'

const original = path.join(import.meta.dirname, '../../../programmes/vig-dcs')

/** Each change must find its place; all occurrences are replaced. */
export function programmeAfter(...changes: readonly (readonly [from: string, to: string])[]): Programme {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-changed-programme-'))
  try {
    cpSync(original, folder, { recursive: true })
    const file = path.join(folder, 'policy.yaml')
    let text = readFileSync(file, 'utf8')
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`policy.yaml does not contain: ${from}`)
      text = text.replaceAll(from, () => to)
    }
    writeFileSync(file, text)
    return getProgramme(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A second edition, as its authors would write it: a later month, and a line in the list of changes. */
export const secondEdition = [
  ['edition: "2025-06"\neditionOn: "2025-06-01"', 'edition: "2025-12"\neditionOn: "2025-12-01"'],
  ['changes:\n', 'changes:\n  - { edition: "2025-12", on: "2025-12-01", what: Second edition, material: true }\n'],
] as const
