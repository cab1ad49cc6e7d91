import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AddressRefused, askOutside, ReplyTooLong, SentOn, type LookUp } from './ask-outside.ts'
import { openKoboServer } from './import/live-sources.ts'
import { keepByVault } from './kms-keepers.ts'
import { postWebhook } from './post-webhook.ts'
import { openS3Storage } from './storage/s3-storage.ts'

let servers: Server[] = []
let asked: string[] = []
let port: number
beforeAll(async () => {
  const start = (host: string, at: number) =>
    new Promise<Server>((resolve) => {
      const server: Server = createServer((request, response) => {
        asked.push(`${host} ${request.method} ${request.url}`)
        if (request.url === '/elsewhere') response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()
        else if (request.url === '/nothing') response.writeHead(204).end()
        else if (request.url === '/long') response.end(Buffer.alloc(200_000, 'x'))
        else if (request.url === '/silent') response.writeHead(200).write('be')
        else response.writeHead(200, { 'x-seen': 'yes' }).end('content')
      }).listen(at, host, () => resolve(server))
    })
  const first = await start('127.0.0.1', 0)
  port = (first.address() as AddressInfo).port
  servers = [first, await start('127.0.0.2', port)]
})
beforeEach(() => {
  asked = []
})
afterAll(() =>
  Promise.all(
    servers.map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  ),
)

const asking = { method: 'GET', headers: {}, patienceMs: 2_000, mostBytes: 100_000 }
const ask = (address: string, named: string[] = [], lookUp?: LookUp) => askOutside(new URL(address), asking, named, lookUp)

/** A name server that says something else each time. */
function sayInTurn(...answers: string[][]): LookUp & { times: number } {
  const lookUp = (_name: string, _options: object, found: Parameters<LookUp>[2]) => {
    const addresses = answers[Math.min(named.times++, answers.length - 1)]!
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  const named = Object.assign(lookUp, { times: 0 })
  return named
}

describe('a request to somebody else', () => {
  it.each([
    'https://10.1.2.3/',
    'https://127.1/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://localhost/',
    'http://93.184.216.34/',
    'file:///etc/passwd',
  ])('does not go to %s (ASVS 1.3.6)', (address) => expect(ask(address)).rejects.toThrow(AddressRefused))

  it('goes to a host of the own network that the settings name, and to no other of it (ASVS 1.3.6)', async () => {
    const reply = await ask(`http://127.0.0.1:${port}/here`, ['127.0.0.1'])
    expect([reply.status, reply.headers.get('x-seen'), await reply.text()]).toEqual([200, 'yes', 'content'])
    expect((await ask(`http://localhost:${port}/nothing`, [`localhost:${port}`])).status).toBe(204)
    await expect(ask(`http://127.0.0.1:${port}/here`, ['127.0.0.1:1', 'minio.internal'])).rejects.toThrow(AddressRefused)
    expect(asked).toEqual(['127.0.0.1 GET /here', '127.0.0.1 GET /nothing'])
  })

  it('goes where the name led when it was judged, whatever the name says afterwards (DNS rebinding, ASVS 1.3.6)', async () => {
    const named = [`rebinding.example:${port}`]
    const turning = sayInTurn(['127.0.0.1'], ['127.0.0.2'])
    expect((await ask(`http://rebinding.example:${port}/a`, named, turning)).status).toBe(200)
    // Asked once for a request: there is no second answer to be taken in by.
    expect(turning.times).toBe(1)
    expect((await ask(`http://rebinding.example:${port}/b`, named, turning)).status).toBe(200)
    expect([turning.times, asked]).toEqual([2, ['127.0.0.1 GET /a', '127.0.0.2 GET /b']])
    const worse = sayInTurn(['127.0.0.1'], ['169.254.169.254'])
    // Read to its end, so that the connection could be used again, were it kept.
    await (await ask(`http://rebinding.example:${port}/c`, named, worse)).text()
    await expect(ask(`http://rebinding.example:${port}/d`, named, worse)).rejects.toThrow(AddressRefused)
  })

  it.each([
    ['to this machine', ['127.0.0.1']],
    ['to this machine, in version 6', ['::ffff:127.0.0.1']],
    ['to an open address and a shut one', ['93.184.216.34', '127.0.0.1']],
    ['to a shut address and an open one', ['10.0.0.1', '93.184.216.34']],
    ['nowhere', []],
  ])('is not sent when its name leads %s (ASVS 1.3.6)', async (_words, addresses) => {
    await expect(ask(`https://inside.example:${port}/`, [], sayInTurn(addresses))).rejects.toThrow(AddressRefused)
    expect(asked).toEqual([])
  })

  it('follows no redirect (ASVS 1.3.6)', async () => {
    await expect(ask(`http://127.0.0.1:${port}/elsewhere`, ['127.0.0.1'])).rejects.toThrow(SentOn)
    expect(asked).toEqual(['127.0.0.1 GET /elsewhere'])
  })

  it('reads no more of a reply than was said, and waits no longer, even for the rest of a reply (ASVS 1.3.6)', async () => {
    const here = (path: string, more: Partial<typeof asking>) =>
      askOutside(new URL(`http://127.0.0.1:${port}${path}`), { ...asking, ...more }, ['127.0.0.1'])
    await expect((await here('/long', {})).text()).rejects.toThrow(ReplyTooLong)
    expect((await (await here('/long', { mostBytes: 200_000 })).text()).length).toBe(200_000)
    const began = performance.now()
    await expect((await here('/silent', { patienceMs: 300 })).text()).rejects.toThrow()
    expect(performance.now() - began).toBeLessThan(1_500)
    // Nobody reads it: the connection goes all the same.
    await (await here('/silent', {})).body?.cancel()
    const open = () =>
      new Promise<number>((resolve, reject) => servers[0]!.getConnections((error, count) => (error ? reject(error) : resolve(count))))
    await expect.poll(open).toBe(0)
  })

  it('is how stores, keepers of keys, Kobo servers and programs of a service are asked (ASVS 1.3.6)', async () => {
    const endpoint = `http://127.0.0.1:${port}`
    const store = openS3Storage({ keyId: 'k', secret: 's', endpoint, region: 'eu-west-1', bucket: 'b', prefix: '' }, () => new Date())
    await expect(store.list()).rejects.toThrow(AddressRefused)
    await expect(keepByVault({ address: endpoint, token: 't', mount: 'transit', prefix: 'p' }).create(1)).rejects.toThrow(AddressRefused)
    await expect(openKoboServer({ address: endpoint, authorization: 'Token t', near: [] }, 'a')).rejects.toThrow(
      /^127\.0\.0\.1 (?:is an address of a private network|has to be asked over https)/,
    )
    const message = { id: '1', kind: 'test', at: new Date(), serviceId: 'north', recordId: null }
    const post = (address: string, origins: string[]) => postWebhook({ address, secret: 'whsec_AAAA' }, message, { now: new Date(), origins })
    expect(await post(`https://localhost:${port}/`, [])).toEqual({ because: 'address-refused' })
    expect(await post('nowhere', [])).toEqual({ because: 'address-refused' })
    expect(asked).toEqual([])
    expect(await post(`${endpoint}/long`, [endpoint])).toEqual({ status: 200 })
    expect(await post(`${endpoint}/elsewhere`, [endpoint])).toEqual({ status: 302 })
    expect(asked).toEqual(['127.0.0.1 POST /long', '127.0.0.1 POST /elsewhere'])
  })
})
