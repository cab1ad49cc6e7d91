import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { withClient } from '../store/postgres-databases.ts'
import { openOutbox, readOutbox } from '../store/accounts/outbox.ts'
import { openMailServer } from './mail.ts'

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

const outbox = () => openOutbox(attune.attune.databases.accounts, attune.attune.keyring, attune.clock.now)
const letter = { to: 'ana@example.org', subject: 'You are invited', text: 'Hello Ana, planted words.' }

describe('a letter', () => {
  it('goes out by the mail server', async () => {
    const { url, heard } = await startMailServer()
    expect(await openMailServer({ url, from: 'attune@example.org' }, outbox()).send(letter)).toBe(true)
    expect(heard.join('\n')).toMatch(/RCPT TO:<ana@example\.org>[\s\S]*Subject: You are invited[\s\S]*planted words/)
  })

  it('that the mail server refuses, or that finds none, waits in the outbox, sealed', async () => {
    const { url } = await startMailServer(true)
    expect(await openMailServer({ url, from: 'attune@example.org' }, outbox()).send(letter)).toBe(false)
    expect(await openMailServer({ url: 'smtp://127.0.0.1:1', from: 'attune@example.org' }, outbox()).send(letter)).toBe(false)
    expect(await readOutbox(attune.attune.databases.accounts, attune.attune.keyring)).toHaveLength(2)
    expect((await readOutbox(attune.attune.databases.accounts, attune.attune.keyring))[0]).toMatchObject(letter)
    const { rows } = await withClient(attune.databases.admin.accounts, (admin) => admin.query('select sealed from accounts.outbox'))
    expect(rows.every((row) => !row.sealed.includes('planted') && !row.sealed.includes('ana@'))).toBe(true)
  })
})
