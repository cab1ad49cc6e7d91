import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { withClient } from '../store/postgres-databases.ts'
import { openOutbox, readOutbox } from '../store/accounts/outbox.ts'
import { withActor } from '../store/with-actor.ts'
import { openMailServer, toLetterId, type Carrier } from './mail.ts'

let attune: TestAttune
const servers: Server[] = []
beforeAll(async () => {
  attune = await startAttune()
})
afterAll(async () => {
  for (const server of servers) server.close()
  await attune.stop()
})

/** A mail server that takes letters or refuses everybody; what it was told is kept. */
async function startMailServer(refuses = false): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((socket) => {
    let inLetter = false
    socket.on('error', () => {})
    socket.write('220 mail.example ready\r\n')
    socket.on('data', (chunk) => {
      for (const line of String(chunk)
        .split('\r\n')
        .filter((each) => each !== '')) {
        heard.push(line)
        if (inLetter) {
          if (line === '.') {
            inLetter = false
            socket.write('250 taken\r\n')
          }
        } else if (/^DATA/i.test(line)) {
          inLetter = true
          socket.write('354 go on\r\n')
        } else if (/^RCPT/i.test(line) && refuses) socket.write('550 nobody here\r\n')
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 fine\r\n')
      }
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

const outbox = (carrier: Carrier) => openOutbox(attune.attune.databases.accounts, attune.attune.keyring, attune.clock.now, carrier)
const server = (url: string) => openMailServer({ url, from: 'attune@example.org' })
const waiting = () => readOutbox(attune.attune.databases.accounts, attune.attune.keyring)
const letter = { to: 'ana@example.org', subject: 'You are invited', text: 'Hello Ana, planted words.' }

const rawOutbox = async () =>
  (
    await withClient(attune.databases.admin.accounts, (admin) =>
      admin.query<{ letter_id: string; sealed: Buffer; sent_at: Date | null }>('select letter_id, sealed, sent_at from accounts.outbox'),
    )
  ).rows

describe('a letter', () => {
  it('goes out by the mail server under its own id, once, and its words are kept no longer', async () => {
    const { url, heard } = await startMailServer()
    const id = toLetterId('a notice', 'ana@example.org')
    expect(await outbox(server(url)).send(letter, id)).toBe(true)
    expect(heard.join('\n')).toMatch(/RCPT TO:<ana@example\.org>[\s\S]*Subject: You are invited[\s\S]*planted words/)
    expect(heard.join('\n')).toContain(`Message-ID: <${id}@example.org>`)
    const before = heard.length
    expect(await outbox(server(url)).send(letter, id)).toBe(true)
    expect(heard.length).toBe(before)
    expect((await rawOutbox()).filter((row) => row.letter_id === id).map((row) => row.sealed.length)).toEqual([0])
    expect(await waiting()).toEqual([])
  })

  it('that the mail server refuses, or that finds none, waits in the outbox, sealed', async () => {
    const { url } = await startMailServer(true)
    expect(await outbox(server(url)).send(letter)).toBe(false)
    expect(await outbox(server('smtp://127.0.0.1:1')).send(letter)).toBe(false)
    expect(await waiting()).toHaveLength(2)
    expect((await waiting())[0]).toMatchObject(letter)
    expect((await rawOutbox()).every((row) => !row.sealed.includes('planted') && !row.sealed.includes('ana@'))).toBe(true)
  })

  it('that waits is offered again, ever less often, until a mail server takes it', async () => {
    const { url, heard } = await startMailServer()
    const wanting = outbox(server(url))
    expect(await wanting.deliverWaiting()).toBe(0)
    attune.clock.pass(5 * 60_000)
    expect(await outbox(server('smtp://127.0.0.1:1')).deliverWaiting()).toBe(0)
    attune.clock.pass(5 * 60_000)
    expect(await wanting.deliverWaiting()).toBe(0)
    attune.clock.pass(5 * 60_000)
    expect(await wanting.deliverWaiting()).toBe(2)
    expect(await wanting.deliverWaiting()).toBe(0)
    expect(heard.filter((line) => line.startsWith('RCPT'))).toHaveLength(2)
    expect(await waiting()).toEqual([])
  })

  it('that nobody took for a week is not sent late, and waits to be read', async () => {
    const { url, heard } = await startMailServer()
    await outbox(server('smtp://127.0.0.1:1')).send(letter)
    attune.clock.pass(7 * 24 * 60 * 60_000 + 1)
    expect(await outbox(server(url)).deliverWaiting()).toBe(0)
    expect(heard).toEqual([])
    expect(await waiting()).toHaveLength(1)
    await withActor(attune.attune.databases.accounts, { role: 'door' }, 'test', (trx) => trx.deleteFrom('accounts.outbox').execute())
  })

  it('that was put into a transaction that failed is not there', async () => {
    const mail = outbox(server('smtp://127.0.0.1:1'))
    const failed = withActor(attune.attune.databases.accounts, { role: 'door' }, 'test', async (trx) => {
      await mail.put(trx, letter)
      throw new Error('broken off')
    })
    await expect(failed).rejects.toThrow('broken off')
    expect(await waiting()).toEqual([])
  })
})
