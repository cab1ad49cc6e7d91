// THIRD-PARTY-NOTICES.txt is made from package-lock.json and the licence files of what runs in production. `node tools/run.mjs tools/notices.ts` writes it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const file = 'THIRD-PARTY-NOTICES.txt'
/** Licences that may be combined with Apache-2.0 in what we hand out. */
const compatible =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|OFL-1\.1|Unlicense|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0|PostgreSQL|Zlib)\b/

/** Used unmodified while building, never handed out with the app. */
const buildOnly = /^lightningcss/

type Locked = { version?: string; license?: string; dev?: boolean; link?: boolean }

/** Some older packages list `licenses` in their package.json, which the lock file does not copy. */
function oldStyleLicence(home: string): string {
  const file = path.join(home, 'package.json')
  if (!existsSync(file)) return 'not stated'
  const { licenses } = JSON.parse(readFileSync(file, 'utf8')) as { licenses?: { type: string }[] }
  return licenses?.[0]?.type ?? 'not stated'
}

function installed(top: string): { name: string; version: string; licence: string; folder: string }[] {
  const lock = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  return Object.entries(lock.packages)
    .filter(([folder, entry]) => folder.includes('node_modules/') && entry.dev !== true && entry.link !== true)
    .map(([folder, entry]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 13),
      version: entry.version ?? '',
      licence: entry.license ?? oldStyleLicence(path.join(top, folder)),
      folder,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
}

function list(top: string): string {
  const rows = installed(top).map(({ name, version, licence }) => `${name} ${version} — ${licence}`)
  return `Attune is licensed under the Apache License 2.0 (LICENSE). It is built on these packages, each under its own licence:\n\n${[...new Set(rows)].join('\n')}\n`
}

function licenceTexts(top: string): string {
  const texts = installed(top).flatMap(({ name, version, folder }) => {
    const home = path.join(top, folder)
    const found = existsSync(home) ? readdirSync(home).find((entry) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(entry)) : undefined
    return found === undefined ? [] : [`${'-'.repeat(72)}\n${name} ${version}\n\n${readFileSync(path.join(home, found), 'utf8').trim()}\n`]
  })
  return [...new Set(texts)].join('\n')
}

/** Sentences for notices out of date and for licences that do not fit. */
export function checkNotices(top: string): string[] {
  const said = existsSync(path.join(top, file)) ? readFileSync(path.join(top, file), 'utf8') : ''
  const stale = said.startsWith(list(top)) ? [] : [`${file} does not match package-lock.json: run "node tools/run.mjs tools/notices.ts".`]
  const odd = installed(top).filter(({ name, licence }) => !compatible.test(licence) && !buildOnly.test(name))
  return [...stale, ...odd.map(({ name, licence }) => `${name}: licence ${licence} is not on the list of licences that fit Apache-2.0.`)]
}

if (process.argv[1] === import.meta.filename) {
  const top = path.resolve(import.meta.dirname, '..')
  writeFileSync(path.join(top, file), `${list(top)}\n${licenceTexts(top)}`)
  console.log(`${file} written.`)
}
