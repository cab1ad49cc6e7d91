// Reads what packages/programme needs from the disk: the texts of a programme folder and the definitions of the measures.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const top = path.resolve(import.meta.dirname, '..')
const largestBytes = 2_000_000

/** The texts of a programme folder by their path inside it, with forward slashes. Throws when the folder is not there. */
export function readProgrammeFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name)
    if (!/\.(yaml|yml|md|csv)$/.test(name) || !statSync(file).isFile() || statSync(file).size > largestBytes) continue
    files.set(name.split(path.sep).join('/'), readFileSync(file, 'utf8'))
  }
  return files
}

/** The definitions of the measures by id. */
export function readScaleFiles(folder = path.join(top, 'packages/measures/scales')): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return new Map(names.map((name) => [name.replace(/\.yaml$/, ''), readFileSync(path.join(folder, name), 'utf8')]))
}

/** Folders under programmes/ that hold a programme.yaml. */
export function findProgrammeFolders(folder = path.join(top, 'programmes')): readonly string[] {
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((place) => statSync(place).isDirectory() && readdirSync(place).includes('programme.yaml'))
    .sort()
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
