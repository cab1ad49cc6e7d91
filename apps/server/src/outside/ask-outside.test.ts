import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AddressRefused, askOutside, mayReach } from './ask-outside.ts'
import { keepByVault } from './kms-keepers.ts'
import { openS3Storage } from './storage/s3-storage.ts'

let server: Server
let asked: string[] = []
let port: number
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (request.url === '/elsewhere') response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()
    else if (request.url === '/nothing') response.writeHead(204).end()
    else response.writeHead(200, { 'x-seen': 'yes' }).end('content')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const ask = (address: string, near: string[] = []) => askOutside(new URL(address), { method: 'GET', headers: {}, patienceMs: 2_000 }, near)

describe('a request to somebody else', () => {
  it.each([
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0.0.0.0/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::a00:1]/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://localhost/',
    'http://93.184.216.34/',
    'file:///etc/passwd',
    'ftp://example.org/',
  ])('does not go to %s (ASVS 1.3.6)', async (address) => {
    await expect(ask(address)).rejects.toThrow(AddressRefused)
  })

  it('goes to a host of the own network that the administrator named, and to no other of it (ASVS 1.3.6)', async () => {
    asked = []
    const reply = await ask(`http://127.0.0.1:${port}/here`, ['127.0.0.1'])
    expect([reply.status, reply.headers.get('x-seen'), await reply.text()]).toEqual([200, 'yes', 'content'])
    expect((await ask(`http://localhost:${port}/nothing`, [`localhost:${port}`])).status).toBe(204)
    await expect(ask(`http://127.0.0.1:${port}/here`, ['127.0.0.1:1', 'minio.internal'])).rejects.toThrow(AddressRefused)
    expect(asked).toEqual(['GET /here', 'GET /nothing'])
    // Not even a named host may be a cloud's metadata service.
    await expect(ask('https://169.254.169.254/', ['169.254.169.254'])).rejects.toThrow(AddressRefused)
  })

  it('follows no redirect (ASVS 1.3.6)', async () => {
    asked = []
    await expect(ask(`http://127.0.0.1:${port}/elsewhere`, ['127.0.0.1'])).rejects.toThrow('not followed')
    expect(asked).toEqual(['GET /elsewhere'])
  })

  it('is how stores and keepers of keys are asked: an address of the own network is refused there too (ASVS 1.3.6)', async () => {
    asked = []
    const endpoint = `http://127.0.0.1:${port}`
    const store = openS3Storage({ keyId: 'k', secret: 's', endpoint, region: 'eu-west-1', bucket: 'b', prefix: '' }, () => new Date())
    await expect(store.list()).rejects.toThrow(AddressRefused)
    await expect(keepByVault({ address: endpoint, token: 't', mount: 'transit', prefix: 'p' }).create(1)).rejects.toThrow(AddressRefused)
    expect(asked).toEqual([])
  })

  it('reaches the rest of the world', () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34', '11.0.0.1', '172.32.0.1'])
      expect(mayReach(address, false)).toBe(true)
  })
})
