// Each boundary machine refuses a planted violation: the machines themselves are under test, with the repository's own settings.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDocs } from './docs.ts'
import { checkTree } from './tree.ts'
import { checkUnused } from './unused.ts'

const top = path.resolve(import.meta.dirname, '../..')

/** A copy of the house with one planted file, so that no other run ever sees the violation. */
let house: string
beforeAll(() => {
  house = mkdtempSync(path.join(tmpdir(), 'attune-bounds-'))
  for (const file of ['tsconfig.base.json', 'dependency-cruiser.config.mjs', 'package.json']) cpSync(path.join(top, file), path.join(house, file))
  symlinkSync(path.join(top, 'node_modules'), path.join(house, 'node_modules'))
  for (const room of ['policy', 'forms', 'contract']) {
    mkdirSync(path.join(house, 'packages', room, 'src'), { recursive: true })
    cpSync(path.join(top, 'packages', room, 'tsconfig.json'), path.join(house, 'packages', room, 'tsconfig.json'))
    cpSync(path.join(top, 'packages', room, 'package.json'), path.join(house, 'packages', room, 'package.json'))
  }
  writeFileSync(path.join(house, 'packages/forms/src/index.ts'), 'export const nothing = 0\n')
  mkdirSync(path.join(house, 'apps/server/src/routes'), { recursive: true })
  mkdirSync(path.join(house, 'apps/server/src/store'), { recursive: true })
  writeFileSync(path.join(house, 'apps/server/src/store/rows.ts'), 'export const rows = 0\n')
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

const plant = (file: string, text: string) => writeFileSync(path.join(house, file), text)

/** What a program of node_modules says, and whether it agreed. */
function ask(file: string, args: string[]): { agreed: boolean; says: string } {
  try {
    return {
      agreed: true,
      says: execFileSync(process.execPath, [path.join(top, 'node_modules', file), ...args], { cwd: house, encoding: 'utf8', stdio: 'pipe' }),
    }
  } catch (refusal) {
    const { stdout, stderr } = refusal as { stdout: string; stderr: string }
    return { agreed: false, says: stdout + stderr }
  }
}

describe('the compiler', () => {
  it('refuses a pure package that spells fetch or process', { timeout: 60_000 }, () => {
    plant('packages/policy/src/index.ts', 'export const kept = 1\n')
    expect(ask('typescript/bin/tsc', ['-p', 'packages/policy'])).toMatchObject({ agreed: true })
    plant('packages/policy/src/index.ts', "export const leak = () => fetch(process.env['HOME'] ?? '')\n")
    const { agreed, says } = ask('typescript/bin/tsc', ['-p', 'packages/policy'])
    expect(agreed).toBe(false)
    expect(says).toMatch(/Cannot find name 'fetch'/)
    expect(says).toMatch(/Cannot find name 'process'/)
  })
})

describe('dependency-cruiser', () => {
  const cruise = () => ask('dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', 'dependency-cruiser.config.mjs', 'packages', 'apps'])

  it('refuses a package that imports a room it may not see', { timeout: 60_000 }, () => {
    plant('packages/policy/src/index.ts', 'export const kept = 1\n')
    expect(cruise()).toMatchObject({ agreed: true })
    plant('packages/policy/src/index.ts', "export { nothing } from '../../forms/src/index.ts'\n")
    const { agreed, says } = cruise()
    expect(agreed).toBe(false)
    expect(says).toContain('policy-imports')
    plant('packages/policy/src/index.ts', 'export const kept = 1\n')
  })

  it('refuses a route that reaches the store past its action', { timeout: 60_000 }, () => {
    plant('apps/server/src/routes/planted.ts', "export { rows } from '../store/rows.ts'\n")
    const { agreed, says } = cruise()
    expect(agreed).toBe(false)
    expect(says).toContain('server-routes')
    rmSync(path.join(house, 'apps/server/src/routes/planted.ts'))
  })
})

describe('ESLint', { timeout: 60_000 }, () => {
  const lint = async (filePath: string, text: string) => {
    const [result] = await new ESLint({ cwd: top }).lintText(text, { filePath: path.join(top, filePath) })
    return (result?.messages ?? []).map((message) => message.message).join('\n')
  }

  it('refuses a clock, randomness and a default export in a pure package', async () => {
    expect(await lint('packages/policy/src/planted.ts', 'export const later = (day: Date) => new Date(day)\n')).toBe('')
    expect(await lint('packages/policy/src/planted.ts', 'export const now = Date.now()\n')).toMatch(/has no clock/)
    expect(await lint('packages/policy/src/planted.ts', 'export const now = new Date()\n')).toMatch(/has no clock/)
    expect(await lint('packages/policy/src/planted.ts', 'export const chance = Math.random()\n')).toMatch(/no randomness/)
    expect(await lint('packages/policy/src/planted.ts', 'export default 1\n')).toMatch(/Named exports only/)
  })

  it('refuses a pattern that is put together at run time: forms’ patterns go through the linear engine (ASVS 1.2.9)', async () => {
    for (const file of ['packages/forms/src/xpath/planted.ts', 'apps/server/src/actions/planted.ts']) {
      expect(await lint(file, 'export const fits = (text: string) => /^a+$/.test(text)\n')).toBe('')
      for (const made of ['new RegExp(given)', 'RegExp(given)', 'new RegExp(`^${given}$`)'])
        expect(await lint(file, `export const fits = (given: string) => ${made}.test('a')\n`), made).toMatch(/use the linear engine/)
    }
  })

  it('refuses MD5 and SHA-1 (ASVS 11.4.1)', async () => {
    const use = (name: string) => `import { createHash } from 'node:crypto'\nexport const hash = createHash('${name}')\n`
    expect(await lint('apps/server/src/store/planted.ts', use('sha256'))).toBe('')
    for (const name of ['md5', 'MD5', 'sha1']) expect(await lint('apps/server/src/store/planted.ts', use(name))).toMatch(/broken/)
  })

  it('refuses SQL that is put together as text outside the store (ASVS 1.2.4)', async () => {
    const ask = (query: string) =>
      lint(
        'apps/server/src/store/planted.ts',
        `export const ask = (trx: { query: (q: string) => void }, sql: { raw: (q: string) => string }, id: string) => trx.query(${query}) ?? [sql, id]\n`,
      )
    expect(await ask('"select 1"')).toBe('')
    for (const joined of ['`select ${id}`', "'select ' + id", "id + ' from answers.records'", 'sql.raw(id)'])
      expect(await ask(joined), joined).toMatch(/bound/)
  })

  it('refuses the environment outside env.ts, fetch outside api.ts and IndexedDB outside the vault', async () => {
    expect(await lint('apps/server/src/actions/planted.ts', "export const home = process.env['HOME']\n")).toMatch(/Only apps\/server\/src\/env\.ts/)
    expect(await lint('apps/web/src/screens/planted.ts', "export const page = fetch('/')\n")).toMatch(/Only api\.ts fetches/)
    expect(await lint('apps/web/src/screens/planted.ts', "export const open = indexedDB.open('x')\n")).toMatch(/Only vault and outbox/)
  })
})

describe('the tree', () => {
  const check = (file: string, text: string) => checkTree(top, [file], () => text)

  it('refuses drawers, long files, odd names, unfinished work and tests that do not run', () => {
    expect(check('packages/policy/src/consent.ts', 'export const x = 1\n')).toEqual([])
    expect(check('packages/policy/src/utils.ts', '')[0]).toMatch(/is a drawer/)
    expect(check('packages/policy/src/consent.ts', 'x\n'.repeat(401))[0]).toMatch(/401 lines/)
    expect(check('packages/policy/src/myFile.ts', '')[0]).toMatch(/kebab-case/)
    expect(check('packages/policy/src/consent.ts', `// ${'TO' + 'DO'} later\n`)[0]).toMatch(/finish it/)
    expect(check('packages/policy/src/consent.test.ts', `it.${'sk' + 'ip'}('x')\n`)[0]).toMatch(/does not run/)
  })

  it('refuses an export that nobody uses', () => {
    const texts: { readonly [file: string]: string } = {
      'packages/policy/src/a.ts': 'export const used = 1\nexport function left(): void {}\n',
      'packages/policy/src/b.ts': "import { used } from './a.ts'\nconsole.log(used)\n",
    }
    expect(checkUnused(top, Object.keys(texts), (file) => texts[file]!)).toEqual([
      'packages/policy/src/a.ts: nothing uses left; take it out, or use it where it belongs.',
    ])
  })

  it('refuses documentation that names a file which does not exist', () => {
    plant(
      'lost.md',
      '# Lost: and found\n\nSee `packages/policy/src/nowhere.ts` and [this](also-nowhere.md), [that](lost.md#lost-and-found), [so](lost.md#found).\n',
    )
    expect(checkDocs(house, ['lost.md'])).toEqual([
      'lost.md: names packages/policy/src/nowhere.ts, which does not exist.',
      'lost.md: names also-nowhere.md, which does not exist.',
      'lost.md: leads to "found" in lost.md, where no heading is called so.',
    ])
  })
})
