import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { findPostmaster } from './outside/postmaster.ts'

const main = path.join(import.meta.dirname, 'main.ts')
const programmes = path.join(import.meta.dirname, '..', '..', '..', 'programmes')
const homes: string[] = []

function makeHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-main-'))
  chmodSync(home, 0o711)
  homes.push(home)
  return home
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The program as a person starts it: a real installation, empty, on this machine. */
function run(home: string, port: number, settings: Record<string, string> = {}) {
  const env = {
    PATH: process.env['PATH'],
    ATTUNE_HOME: home,
    PORT: String(port),
    ATTUNE_DEMO: '0',
    ATTUNE_ORIGIN: `http://localhost:${port}`,
    ...settings,
  }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const ended = new Promise<number | string | null>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
  const ready = async () => {
    while (!said.includes('Attune is ready')) {
      if (child.exitCode !== null) throw new Error(said)
      await sleep(20)
    }
  }
  return { child, ended, ready, said: () => said }
}

const isUp = (port: number) =>
  fetch(`http://localhost:${port}/api/health`).then(
    (reply) => reply.status,
    () => 'no answer',
  )
const postgresOf = (home: string) => findPostmaster(path.join(home, 'postgres', 'cluster'))

afterAll(() => {
  for (const home of homes) {
    const left = postgresOf(home)
    if (left?.alive) process.kill(left.pid, 'SIGQUIT')
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
})

describe('the program', () => {
  it(
    'DCS-059: declared to stand in us-east-1 it ends at the start and names the rule of the policy; declared to stand in eu-west-1 it starts',
    { timeout: 180_000 },
    async () => {
      const home = makeHome()
      const port = await freePort()
      const abroad = run(home, port, { ATTUNE_REGION: 'us-east-1' })
      expect(await abroad.ended).toBe(1)
      expect(abroad.said()).toMatch(
        /ATTUNE_REGION: The policy rule "regions" keeps data in eu-west-1 \(Ireland.*This server says that it is in "us-east-1"/,
      )
      expect(await isUp(port)).toBe('no answer')
      const inIreland = run(home, port, { ATTUNE_REGION: 'eu-west-1' })
      await inIreland.ready()
      expect(await isUp(port)).toBe(200)
      inIreland.child.kill('SIGTERM')
      expect(await inIreland.ended).toBe(0)
    },
  )

  it(
    'starts, lets no second one onto its folder, stops cleanly on SIGTERM and SIGINT, and comes back after kill -9',
    { timeout: 180_000 },
    async () => {
      const home = makeHome()
      const port = await freePort()
      const first = run(home, port)
      await first.ready()
      expect(await isUp(port)).toBe(200)

      const second = run(home, await freePort())
      expect(await second.ended).toBe(1)
      expect(second.said()).toContain(`Another Attune (process ${first.child.pid}) already runs on this folder`)
      expect(await isUp(port)).toBe(200)

      first.child.kill('SIGTERM')
      expect(await first.ended).toBe(0)
      expect(await isUp(port)).toBe('no answer')
      expect(postgresOf(home)).toBeUndefined()

      const third = run(home, port)
      await third.ready()
      const postgres = postgresOf(home)!.pid
      third.child.kill('SIGKILL')
      await third.ended
      const fourth = run(home, port)
      await fourth.ready()
      // The database outlived the program and was adopted.
      expect(postgresOf(home)!.pid).toBe(postgres)
      expect(await isUp(port)).toBe(200)
      fourth.child.kill('SIGINT')
      expect(await fourth.ended).toBe(0)
      expect(postgresOf(home)).toBeUndefined()
      expect(first.said() + third.said() + fourth.said()).not.toMatch(/error|"note"/i)
    },
  )

  it('says which port is taken, and that the programme has a hole with file and line, and leaves nothing running', { timeout: 120_000 }, async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    const refused = run(makeHome(), port)
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toContain(`Port ${port} is taken by another program`)
    taken.close()

    const home = makeHome()
    cpSync(programmes, path.join(home, 'programmes'), { recursive: true })
    const policy = path.join(home, 'programmes', 'vig-dcs', 'policy.yaml')
    const text = readFileSync(policy, 'utf8')
    writeFileSync(policy, text.replace(/article6: consent/, 'article6: because'))
    expect(readFileSync(policy, 'utf8')).not.toBe(text)
    const holed = run(home, await freePort(), { ATTUNE_PROGRAMME: path.dirname(policy) })
    expect(await holed.ended).toBe(1)
    expect(holed.said()).toMatch(/policy\.yaml:\d+:\d+: .*because/)
    expect(postgresOf(home)?.alive ?? false).toBe(false)
  })

  it('starts its database again when that is killed, also when the terminal that it spoke to is gone', { timeout: 120_000 }, async () => {
    const home = makeHome()
    const port = await freePort()
    const server = run(home, port)
    await server.ready()
    server.child.stdout.destroy()
    server.child.stderr.destroy()
    const before = postgresOf(home)!.pid
    // A database that is gone is worth words; there is nobody to say them to.
    process.kill(before, 'SIGKILL')
    while ((await isUp(port)) === 200) await sleep(5)
    expect(await isUp(port)).toBe(503)
    while ((await isUp(port)) === 503) await sleep(20)
    expect(await isUp(port)).toBe(200)
    expect(postgresOf(home)!.pid).not.toBe(before)
    // The folder is still this server's alone.
    const second = run(home, await freePort())
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain(`Another Attune (process ${server.child.pid})`)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(postgresOf(home)).toBeUndefined()
  })
})
