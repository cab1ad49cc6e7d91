// Commands for an installation, run where there is none.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { commands } from './commands.ts'

const top = mkdtempSync(path.join(tmpdir(), 'attune-nowhere-'))
const home = path.join(top, 'home')
const data = path.join(top, 'export.csv')

beforeAll(async () => {
  // Reading a command takes a moment, and is not what is looked at.
  for (const read of Object.values(commands)) await read()
  writeFileSync(data, '_uuid,client_code\n1,2\n')
  vi.stubEnv('ATTUNE_HOME', home)
  vi.stubEnv('ATTUNE_KOBO_URL', 'https://kobo.example.org')
  vi.stubEnv('ATTUNE_KOBO_TOKEN', 'token')
  vi.stubEnv('ATTUNE_KOBO_ASSET', 'asset')
  for (const name of ['DATABASE_URL', 'ATTUNE_REGION', 'ATTUNE_DEMO', 'ATTUNE_ORIGIN', 'ATTUNE_MAIL_URL', 'PORT']) vi.stubEnv(name, undefined)
}, 60_000)
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(top, { recursive: true, force: true })
})

/** Every command that opens an installation, as it is called. Those that need none, or make one, are named with the reason. */
const opening: { readonly [command: string]: readonly (readonly string[])[] } = {
  'reset-sign-in': [['ana@example.org']],
  backup: [[], ['--list'], ['--due']],
  keys: [['show'], ['rotate']],
  audit: [['verify'], ['prove', '1']],
  sums: [['verify'], ['rebuild']],
  import: [['kobo', '--service', 'north', '--data', data], ['connected']],
  synthetic: [['--release', '1', '--out', path.join(top, 'out')]],
}
const others: { readonly [command: string]: string } = {
  init: 'makes an installation',
  restore: 'makes one out of backups and the folder of keys',
  doctor: 'looks at what is there, and says what is missing',
  analyse: 'asks a server over HTTP',
  programme: 'reads a folder',
  detect: 'reads a stream',
  xlsform: 'reads a file',
}

describe('a command where nothing is installed', () => {
  it('every command is one of these', () => {
    expect(Object.keys({ ...opening, ...others }).sort()).toEqual(Object.keys(commands).sort())
  })

  it.each(Object.entries(opening).flatMap(([name, calls]) => calls.map((args) => [name, args] as const)))(
    '%s %j says that there is no installation, and makes none',
    async (name, args) => {
      const quiet = { write: () => true }
      const run = commands[name]!().then((command) => command(args, quiet, quiet))
      await expect(run).rejects.toThrow(`There is no installation in ${home}.`)
      expect([existsSync(home), readdirSync(top).sort()]).toEqual([false, ['export.csv']])
    },
  )
})
