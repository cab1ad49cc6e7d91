import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newDevice } from './device.fixture.ts'

type Page = {
  call: (typeof import('./api.ts'))['call']
  whenSignedOut: (typeof import('./api.ts'))['whenSignedOut']
  connection: (typeof import('./connection.ts'))['connection']
}

let server: Server | undefined

async function openPage(answer: RequestListener): Promise<Page> {
  const running = createServer(answer)
  server = running
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve))
  newDevice(`http://127.0.0.1:${(running.address() as AddressInfo).port}`)
  vi.resetModules()
  const { call, whenSignedOut } = await import('./api.ts')
  const { connection } = await import('./connection.ts')
  return { call, whenSignedOut, connection }
}

const problem =
  (status: number, code: string, more: object = {}): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/problem+json', 'retry-after': '30' })
      .end(JSON.stringify({ type: `urn:attune:problem:${code}`, code, title: 'What happened.', status, detail: 'What to do.', ...more }))

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  server = undefined
})

describe('a call to the server', () => {
  it('carries parameters, query, body and purpose where they belong', async () => {
    const seen: unknown[] = []
    const { call } = await openPage((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['attune-purpose'], request.headers['content-type'], body])
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      })
    })
    await call('GET /api/forms/:formId/:version', { params: { formId: 'a/b', version: '1 2' } })
    await call('GET /api/records', { query: { limit: 50, code: 'K7&' }, purpose: 'service-evaluation' })
    await call('POST /api/session/grant', { body: { grantId: 'g' } })
    expect(seen).toEqual([
      ['GET', '/api/forms/a%2Fb/1%202', undefined, undefined, ''],
      ['GET', '/api/records?limit=50&code=K7%26', 'service-evaluation', undefined, ''],
      ['POST', '/api/session/grant', undefined, 'application/json', '{"grantId":"g"}'],
    ])
  })

  it('says the server’s own sentence when it was refused', async () => {
    const { call } = await openPage(problem(422, 'submission-invalid', { fields: [{ place: 'age_group', why: 'is not one of the choices' }] }))
    await expect(call('GET /api/forms')).rejects.toMatchObject({
      kind: 'refused',
      code: 'submission-invalid',
      title: 'What happened.',
      next: 'What to do.',
      retryAfterSeconds: 30,
      fields: [{ place: 'age_group' }],
    })
  })

  it('tells a lost session, a missing second step and a failing server apart', async () => {
    for (const [status, code, kind] of [
      [401, 'not-signed-in', 'signed-out'],
      [401, 'sign-in-failed', 'refused'],
      [403, 'second-factor-needed', 'second-step'],
      [500, 'unexpected', 'server'],
      [503, 'database-away', 'server'],
    ] as const) {
      const { call } = await openPage(problem(status, code))
      await expect(call('GET /api/forms')).rejects.toMatchObject({ kind, status })
    }
  })

  it('tells the session only when the server no longer knows it, not when a password was wrong', async () => {
    const told = vi.fn()
    const wrong = await openPage(problem(401, 'sign-in-failed'))
    wrong.whenSignedOut(told)
    await wrong.call('GET /api/session').catch(() => undefined)
    expect(told).not.toHaveBeenCalled()
    const over = await openPage(problem(401, 'not-signed-in'))
    over.whenSignedOut(told)
    await over.call('GET /api/forms').catch(() => undefined)
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('knows the sign-in page of a Wi-Fi from Attune’s answer', async () => {
    const { call, connection } = await openPage(
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to our Wi-Fi</h1>'),
    )
    await expect(call('GET /api/session')).rejects.toMatchObject({ kind: 'portal' })
    expect(connection.value).toBe('portal')
  })

  it('follows no redirect: Attune never answers with one', async () => {
    const { call } = await openPage(
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/login', 'content-type': 'text/html' }).end(),
    )
    await expect(call('GET /api/session')).rejects.toMatchObject({ kind: 'portal' })
  })

  it('says that nothing was lost when there is no connection, and notes it', async () => {
    const { call, connection } = await openPage((request) => void request.socket.destroy())
    await expect(call('GET /api/session')).rejects.toMatchObject({ kind: 'offline', next: expect.stringContaining('Nothing was lost') as string })
    expect(connection.value).toBe('away')
  })

  it('gives up after its patience is over', async () => {
    const { call } = await openPage(() => undefined)
    await expect(call('GET /api/session', { patience: 80 })).rejects.toMatchObject({ kind: 'offline' })
  })

  it('does not take a page of an error for an answer', async () => {
    const { call } = await openPage((_request, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'))
    await expect(call('GET /api/session')).rejects.toMatchObject({ kind: 'server', status: 502 })
  })
})
