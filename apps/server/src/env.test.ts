import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readChildEnvironment, readEnvironment, settingsFile } from './env.ts'

const home = mkdtempSync(path.join(tmpdir(), 'attune-env-'))
const read = (given: Record<string, string> = {}) => readEnvironment({ ATTUNE_HOME: home, ...given })

describe('the environment', () => {
  it('needs nothing: a fresh clone listens on this machine only, with the programme that comes along', () => {
    expect(read()).toMatchObject({
      host: '127.0.0.1',
      port: 4280,
      portChosen: false,
      proxies: [],
      programme: expect.stringMatching(/programmes[/\\]vig-dcs$/),
    })
    expect(read().demo).toBeUndefined()
  })

  it('says everything that is wrong with it at once', () => {
    const wrong = {
      PORT: '99999',
      ATTUNE_DEMO: 'maybe',
      DATABASE_URL: 'mysql://x',
      ATTUNE_TLS_CERT: '/x.pem',
      ATTUNE_MAIL_URL: 'smtp://mail.example',
    }
    for (const name of ['PORT is "99999"', 'DATABASE_URL', 'ATTUNE_TLS_KEY', 'ATTUNE_MAIL_FROM', 'ATTUNE_DEMO'])
      expect(() => read(wrong)).toThrow(name)
  })

  it('reads the scanner and the watch as places, and complains about anything else', () => {
    expect(read({ ATTUNE_CLAMD: '/run/clamav/clamd.ctl' }).clamd).toEqual({ path: '/run/clamav/clamd.ctl' })
    expect(read({ ATTUNE_CLAMD: 'scanner.internal:3310' }).clamd).toEqual({ host: 'scanner.internal', port: 3310 })
    expect(read({ ATTUNE_WATCH: '[::1]:9464' }).watch).toEqual({ host: '::1', port: 9464 })
    for (const wrong of ['9464', 'http://x:1', 'host:99999', 'host:']) expect(() => read({ ATTUNE_WATCH: wrong }), wrong).toThrow('ATTUNE_WATCH')
    expect(() => read({ ATTUNE_CLAMD: 'nowhere' })).toThrow('ATTUNE_CLAMD')
    expect(read({ ATTUNE_NEAR: 'minio.internal, 10.0.0.5:9000' }).near).toEqual(['minio.internal', '10.0.0.5:9000'])
  })

  it('takes a map of tiles over https, or from a host that it was told of, and nothing that would give a secret away', () => {
    const map = (tiles: string, more = {}) => read({ ATTUNE_MAP_TILES: tiles, ATTUNE_MAP_ATTRIBUTION: '© Ours', ...more }).map
    expect(read().map).toBeUndefined()
    expect(map('https://tiles.example.org/{z}/{x}/{y}.png')).toEqual({
      tiles: 'https://tiles.example.org/{z}/{x}/{y}.png',
      attribution: '© Ours',
      deepest: 18,
      start: { latitude: 54.5, longitude: -3, level: 5 },
    })
    expect(map('http://10.0.0.5:8080/{z}/{x}/{y}', { ATTUNE_NEAR: '10.0.0.5:8080', ATTUNE_MAP_START: '0,0,2' })?.start.level).toBe(2)
    for (const wrong of [
      'http://tiles.example.org/{z}/{x}/{y}.png',
      'https://{s}.tiles.example.org/{z}/{x}/{y}.png',
      'https://tiles.example.org/{z}/{x}.png',
      'https://me:secret@tiles.example.org/{z}/{x}/{y}.png',
      "javascript:'{z}{x}{y}'",
    ])
      expect(() => map(wrong), wrong).toThrow('ATTUNE_MAP_TILES')
    expect(() => read({ ATTUNE_MAP_TILES: 'https://t.example/{z}/{x}/{y}' })).toThrow('ATTUNE_MAP_ATTRIBUTION')
    for (const start of ['54', '91,0,3', '54,0,99', 'here'])
      expect(() => map('https://t.example/{z}/{x}/{y}', { ATTUNE_MAP_START: start }), start).toThrow('ATTUNE_MAP_START')
  })

  it('takes a PostgreSQL behind a socket, as PostgreSQL itself writes its address', () => {
    for (const url of ['postgres://me:s%40cret@/attune?host=%2Frun%2Fpostgresql&port=5433', 'postgresql:///attune?host=/run/postgresql'])
      expect(read({ DATABASE_URL: url }).databaseUrl).toBe(url)
    expect(() => read({ DATABASE_URL: 'mysql://me@/attune' })).toThrow('DATABASE_URL')
  })

  it('does not repeat an address that may hold a password', () => {
    expect(() => read({ DATABASE_URL: 'http://me:secret-word@db' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret-word') }),
    )
  })

  it('stands above the settings that were written down for the installation', () => {
    writeFileSync(settingsFile(home), 'ATTUNE_ORIGIN=https://attune.example.org/\nPORT=8080\n')
    expect(read()).toMatchObject({ origin: 'https://attune.example.org', port: 8080 })
    expect(read({ PORT: '9090' })).toMatchObject({ port: 9090, portChosen: true })
  })

  it('hands no password of ours to child programs', () => {
    expect(readChildEnvironment({ PATH: '/bin', DATABASE_URL: 'postgres://me:secret@db', ATTUNE_MAIL_URL: 'x' })).toEqual({ PATH: '/bin' })
  })
})
