import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLock, checkLockfile, type Lockfile } from './bounds/lockfile.ts'
import { makeSbom } from './sbom.ts'

const top = path.resolve(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string; dev?: boolean; link?: boolean; integrity?: string }>
}

describe('the list of components', () => {
  it('holds every package that runs, with its version and its hash, and is the same each time (ASVS 15.1.2)', { timeout: 120_000 }, () => {
    const sbom = makeSbom()
    expect([sbom.bomFormat, sbom.metadata.component.name]).toEqual(['CycloneDX', 'attune'])
    const listed = new Set(sbom.components.map(({ purl }) => decodeURIComponent(purl)))
    const running = Object.entries(lock.packages).filter(
      ([place, entry]) => place.includes('node_modules/') && entry.dev !== true && entry.link !== true,
    )
    expect(running.length).toBeGreaterThan(100)
    for (const [place, { version }] of running)
      expect(listed, place).toContain(`pkg:npm/${place.slice(place.lastIndexOf('node_modules/') + 13)}@${version}`)
    for (const { purl, hashes } of sbom.components.filter((each) => !each.purl.startsWith('pkg:npm/%40attune/')))
      expect(
        hashes?.some(({ alg, content }) => alg === 'SHA-512' && content.length === 128),
        purl,
      ).toBe(true)
    expect([sbom.metadata.timestamp, sbom.metadata.tools]).toEqual([undefined, undefined])
    expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('the lock file', () => {
  const hash = `sha512-${'A'.repeat(86)}==`
  const sound: Lockfile = { lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: hash } } }
  const withA = (entry: object): Lockfile => ({ ...sound, packages: { 'node_modules/a': { version: '1.0.0', integrity: hash, ...entry } } })

  it('of this repository is pinned: registry, hashes, exact versions, no scripts (ASVS 15.2.4)', () => {
    expect(checkLockfile(top)).toEqual([])
  })

  it('with anything else in it is refused', () => {
    expect(checkLock(sound, { 'package.json': { dependencies: { a: '1.0.0' } } })).toEqual([])
    expect(checkLock(withA({ integrity: undefined }), {})[0]).toContain('no SHA-512 hash')
    expect(checkLock(withA({ integrity: 'sha1-AAAA' }), {})[0]).toContain('no SHA-512 hash')
    expect(checkLock(withA({ resolved: 'http://registry.npmjs.org/a.tgz' }), {})[0]).toContain('comes from')
    expect(checkLock(withA({ resolved: 'git+ssh://git@example.org/a.git' }), {})[0]).toContain('comes from')
    expect(checkLock(withA({ hasInstallScript: true }), {})[0]).toContain('runs a script')
    expect(checkLock({ ...sound, lockfileVersion: 1 }, {})[0]).toContain('version 1')
    for (const version of ['^1.0.0', '~1.0.0', '*', 'latest', '1.x', 'github:a/b', 'file:../a', '>=1.0.0'])
      expect(checkLock(sound, { 'apps/web/package.json': { devDependencies: { a: version } } })[0]).toContain('one exact version')
  })
})
