import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findPostmaster } from '../apps/server/src/outside/postmaster.ts'
import { makeAgeKey } from '../apps/server/src/outside/age-file.ts'
import { doctor } from './doctor.ts'
import { init } from './init.ts'
import { resetSignInCommand } from './reset-sign-in.ts'

const home = mkdtempSync(path.join(tmpdir(), 'attune-init-'))

beforeAll(() => {
  chmodSync(home, 0o711)
  vi.stubEnv('ATTUNE_HOME', home)
  for (const name of ['DATABASE_URL', 'ATTUNE_REGION', 'ATTUNE_DEMO', 'ATTUNE_ORIGIN', 'ATTUNE_MAIL_URL', 'PORT']) vi.stubEnv(name, undefined)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

async function run(
  command: (args: readonly string[], out: { write(text: string): unknown }, err: { write(text: string): unknown }) => Promise<number>,
  ...args: string[]
) {
  let said = ''
  const writer = { write: (text: string) => (said += text) }
  return { code: await command(args, writer, writer), said }
}

describe('setting up a real installation', { timeout: 120_000 }, () => {
  it('asks for what is missing and writes nothing before it has it', async () => {
    const { code, said } = await run(init, '--origin', 'https://attune.example.org/path', '--admin', 'nobody')
    expect(code).toBe(2)
    expect(said).toMatch(/--admin: This is not an e-mail address\.[\s\S]*--origin: Write it with https/)
    expect(existsSync(path.join(home, 'attune.env'))).toBe(false)
  })

  it('makes keys and settings that only the owner reads, and an invitation for the first administrator', async () => {
    const { code, said } = await run(
      init,
      '--admin',
      'boss@example.org',
      '--origin',
      'https://attune.example.org',
      '--proxies',
      '127.0.0.1',
      '--region',
      'eu-west-1',
    )
    expect(code).toBe(0)
    expect(said).toMatch(/https:\/\/attune\.example\.org\/join#[A-Za-z0-9_-]{43}/)
    for (const file of ['attune.env', 'keys/root.key']) expect(statSync(path.join(home, file)).mode & 0o777, file).toBe(0o600)
    expect(readFileSync(path.join(home, 'attune.env'), 'utf8')).toMatch(
      /ATTUNE_DEMO=0\nATTUNE_ORIGIN=https:\/\/attune\.example\.org\nATTUNE_PROXIES=127\.0\.0\.1\n/,
    )
    expect(findPostmaster(path.join(home, 'postgres', 'cluster'))).toBeUndefined()
  })

  it('may be run again and keeps the key', async () => {
    const key = readFileSync(path.join(home, 'keys', 'root.key'), 'utf8')
    expect(
      (await run(init, '--admin', 'second@example.org', '--origin', 'https://attune.example.org', '--proxies', '127.0.0.1', '--region', 'eu-west-1'))
        .code,
    ).toBe(0)
    expect(readFileSync(path.join(home, 'keys', 'root.key'), 'utf8')).toBe(key)
  })

  it('resets nobody who has no account, and says so', async () => {
    const { code, said } = await run(resetSignInCommand, 'stranger@example.org')
    expect([code, said]).toEqual([1, 'Nobody with this address has an account. Nothing was changed.\n'])
  })
})

describe('the doctor', { timeout: 120_000 }, () => {
  const findings = async () => {
    const { code, said } = await run(doctor, '--json')
    return {
      code,
      of: (about: string) =>
        (JSON.parse(said) as { about: string; ok: boolean; says: string; remedy?: string }[]).find((finding) => finding.about === about),
    }
  }

  it('finds an installation well but for the mail that is not set', async () => {
    const { code, of } = await findings()
    expect(code).toBe(1)
    expect(of('mail')).toMatchObject({ ok: false, remedy: expect.stringContaining('ATTUNE_MAIL_URL') })
    for (const about of [
      'node',
      'disk',
      'keys',
      'clock',
      'programme',
      'address',
      'backups',
      'region',
      'database attune',
      'tables of accounts',
      'row security of attune',
      'login of keyring',
    ])
      expect(of(about), about).toMatchObject({ ok: true })
  })

  it('finds a key that others can read, an address without encryption and a missing backup folder', async () => {
    chmodSync(path.join(home, 'keys', 'root.key'), 0o644)
    rmSync(path.join(home, 'backups'), { recursive: true })
    vi.stubEnv('ATTUNE_ORIGIN', 'http://attune.example.org')
    vi.stubEnv('ATTUNE_REGION', 'us-east-1')
    const { code, of } = await findings()
    expect(code).toBe(1)
    expect(of('keys')).toMatchObject({ ok: false, says: expect.stringContaining('chmod 600') })
    expect(of('address')).toMatchObject({ ok: false })
    expect(of('backups')).toMatchObject({ ok: false })
    expect(of('region')).toMatchObject({ ok: false, says: expect.stringContaining('us-east-1') })
    vi.stubEnv('ATTUNE_ORIGIN', undefined)
    vi.stubEnv('ATTUNE_REGION', undefined)
    chmodSync(path.join(home, 'keys', 'root.key'), 0o600)
  })

  it('names an item pack without its licence key, and one whose key is for a service that is not here', async () => {
    const folder = path.join(home, 'item-packs')
    mkdirSync(folder)
    const words = ['q1', 'q2'].map((code) => `  ${code}: made-up statement`).join('\n')
    const pack = `scale: gad-2\nlicence: Made up\nlabels: [a, b, c, d]\ntexts:\n${words}\n`
    writeFileSync(path.join(folder, 'gad-2.pack.yaml'), pack)
    expect((await findings()).of('item pack gad-2')).toMatchObject({ ok: false, says: expect.stringContaining('gad-2.licence.yaml is missing') })
    const packHash = createHash('sha256').update(pack).digest('hex')
    const key = { scale: 'gad-2', grantedBy: 'Nobody', number: '1', services: ['nowhere'], from: '2020-01-01', until: '2999-12-31', packHash }
    writeFileSync(path.join(folder, 'gad-2.licence.yaml'), JSON.stringify(key))
    const { code, of } = await findings()
    expect([code, of('item pack gad-2')]).toMatchObject([1, { ok: false, says: expect.stringContaining('is for nowhere, and no service here') }])
    rmSync(folder, { recursive: true })
  })

  it('finds row security that somebody switched off, a login that was made strong, and backups that are old', async () => {
    const { openCluster } = await import('../apps/server/src/open-cluster.ts')
    const { readEnvironment } = await import('../apps/server/src/env.ts')
    const { withClient } = await import('../apps/server/src/store/postgres-databases.ts')
    const { admin, embedded } = await openCluster(readEnvironment())
    await withClient(admin.attune, (client) => client.query('alter table log.events no force row level security; alter role attune_app createdb'))
    const addBackup = (kind: string, hours: number) =>
      withClient(admin.attune, (client) =>
        client.query(
          `insert into policy.backups (backup_id, kind, cycle, made_at, destination, name, state, verified_at, bytes, sha256, counts)
           values (gen_random_uuid(), $1, 'platform', now() - make_interval(hours => $2), 'x', gen_random_uuid()::text, 'verified', now(), 1, 'x', '{}')`,
          [kind, hours],
        ),
      )
    await addBackup('data', 72)
    await addBackup('accounts', 5)
    await embedded!.stop()
    const { of } = await findings()
    expect(of('backups made')).toMatchObject({ ok: false, says: expect.stringContaining('ATTUNE_BACKUP_PEOPLE') })
    const keys = await Promise.all(['Ana', 'Bryn', 'Cai', 'Dilys'].map(async (name) => `${name} ${(await makeAgeKey()).recipient}`))
    vi.stubEnv('ATTUNE_BACKUP_PEOPLE', keys.slice(0, 2).join(', '))
    vi.stubEnv('ATTUNE_KEY_PEOPLE', keys.slice(2).join(', '))
    const later = (await findings()).of
    expect(later('backup of the records')).toMatchObject({
      ok: false,
      says: expect.stringContaining('72 hours old'),
      remedy: expect.stringContaining('attune backup'),
    })
    expect(later('backup of the accounts')).toMatchObject({ ok: true, says: '5 hours old, put back for a test' })
    expect(later('backup of the keys')).toMatchObject({ ok: true, says: expect.stringContaining('none yet') })
    expect(of('row security of attune')).toMatchObject({ ok: false, says: expect.stringContaining('log.events') })
    expect(of('login of attune')).toMatchObject({ ok: false, remedy: expect.stringContaining('nocreatedb') })
  })
})
