// Reads a programme folder from disk and checks it. A hole in it stops the start: file, line and what to write.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Scale } from '@attune/measures'
import { parseScales, readProgramme, showIssue, type Programme } from '@attune/programme'

/** The checked programme of a folder. Throws every issue, one a line, when there is a hole in it. */
export function getProgramme(folder: string): Programme {
  if (!existsSync(path.join(folder, 'programme.yaml')))
    throw new Error(`There is no programme in ${folder}: the file programme.yaml is missing. Set ATTUNE_PROGRAMME to the folder of your programme.`)
  const result = readProgramme({ files: readTexts(folder), scales: readScales(), digest: (text) => createHash('sha256').update(text).digest('hex') })
  if (result.ok) return result.programme
  throw new Error(
    [
      `The programme in ${folder} has ${result.issues.length === 1 ? 'a hole' : `${result.issues.length} holes`}; Attune does not open it:`,
      ...result.issues.map(showIssue),
    ].join('\n'),
  )
}

function readTexts(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.(yaml|md|csv)$/.test(entry.name))
  return new Map(
    names.map((entry) => {
      const file = path.join(entry.parentPath, entry.name)
      return [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]
    }),
  )
}

/** The measures' definitions that come with Attune, by id. */
function readScales(): ReadonlyMap<string, string> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@attune/measures/scales/phq-9.yaml'))
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return new Map(names.map((name) => [name.slice(0, -'.yaml'.length), readFileSync(path.join(folder, name), 'utf8')]))
}

let scales: readonly Scale[] | undefined

/** Every measure of the registry, by name. Read once. */
export const getScales = (): readonly Scale[] => (scales ??= parseScales(readScales()))
