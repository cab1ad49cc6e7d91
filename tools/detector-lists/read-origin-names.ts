import { readFileSync } from 'node:fs'
import path from 'node:path'

export type OriginNames = { readonly origin: string; readonly given: readonly string[]; readonly families: readonly string[] }

/** Reads one of our own lists: a line of given names, a line of family names. */
export function readOriginNames(file: string): OriginNames {
  const lines = readFileSync(file, 'utf8').split('\n')
  const line = (start: string) =>
    lines
      .find((text) => text.startsWith(start))
      ?.slice(start.length)
      .trim()
      .split(/\s+/) ?? []
  return { origin: path.basename(file, '.txt'), given: line('given:'), families: line('family:') }
}
