// `npm run sbom [-- FILE]`: the list of everything that a running Attune is made of, as CycloneDX (https://cyclonedx.org), from package-lock.json alone.
// The same lock file gives the same bytes, so that a list can be compared with the one of another day.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type Component = {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
}
export type Sbom = {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: string
  serialNumber: string
  readonly metadata: { timestamp?: string; tools?: unknown; readonly component: { name: string; type: string; readonly version: string } }
  components: readonly Component[]
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const top = path.resolve(import.meta.dirname, '..')

/** `name@version` of everything that is installed to run Attune, not only to build or test it. */
function readRunning(): ReadonlySet<string> {
  const lock = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { name?: string; version?: string; dev?: boolean; link?: boolean }>
  }
  return new Set(
    Object.entries(lock.packages)
      .filter(([place, { dev, link }]) => place !== '' && dev !== true && link !== true)
      .map(([place, { name, version }]) => `${name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`),
  )
}

/**
 * Asks npm, which reads the lock file, and takes out what is only for development and what depends on the day and the folder. (npm's own
 * `--omit dev` also leaves out packages that run *and* are used for development, such as vue.)
 */
export function makeSbom(): Sbom {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const text = execFileSync(npm, ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
    cwd: top,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const sbom = JSON.parse(text) as Sbom
  const hash = createHash('sha256')
    .update(readFileSync(path.join(top, 'package-lock.json')))
    .digest('hex')
  sbom.serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  const running = readRunning()
  sbom.components = sbom.components.filter(({ purl }) => running.has(decodeURIComponent(purl).replace('pkg:npm/', '')))
  const refs = new Set([...sbom.components.map((component) => component['bom-ref']), `attune@${sbom.metadata.component.version}`])
  sbom.dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }))
  delete sbom.metadata.timestamp
  delete sbom.metadata.tools
  sbom.metadata.component.name = 'attune'
  sbom.metadata.component.type = 'application'
  return sbom
}

if (process.argv[1] === import.meta.filename) {
  const file = process.argv[2] ?? path.join(top, 'sbom.cdx.json')
  const sbom = makeSbom()
  writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`)
  console.log(`${sbom.components.length} components: ${path.relative(process.cwd(), file)}`)
}
