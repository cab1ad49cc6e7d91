// The scanner's client against a server that speaks the daemon's protocol, and the whole way of a form with a picture through it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { handIn } from '../../test/handing-in.ts'
import { consentGiven, onePixel, sendConsent } from '../../test/submission.ts'
import { openScanner } from './clamd.ts'

/** The test file of EICAR, in two parts so that no scanner takes this file for it. https://www.eicar.org/download-anti-malware-testfile/ */
const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD' + '-ANTIVIRUS-TEST-FILE!$H+H*'

type Mood = 'well' | 'silent' | 'hangs-up' | 'error' | 'nonsense' | 'limit' | 'cut'
type Daemon = { readonly server: Server; mood: Mood; readonly scanned: Buffer[] }

/** Reads zINSTREAM as the manual describes it and finds what ClamAV finds in the test file. */
function startDaemon(): Daemon {
  const daemon: Daemon = { server: createServer((socket) => serve(socket)), mood: 'well', scanned: [] }
  const answers: { readonly [mood in Mood]?: string } = {
    error: "stream: Can't allocate memory ERROR\0",
    nonsense: 'HTTP/1.1 200 OK\r\n\r\nstream: OK\0',
    limit: 'INSTREAM size limit exceeded. ERROR\0',
    cut: 'stream: OK',
  }
  function serve(socket: Socket): void {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => {})
    if (daemon.mood === 'hangs-up') return void socket.destroy()
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece])
      const content = readStream(bytes)
      if (content === undefined || daemon.mood === 'silent') return
      daemon.scanned.push(content)
      socket.end(answers[daemon.mood] ?? (content.includes(eicar) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0'))
    })
  }
  return daemon
}

function readStream(bytes: Buffer): Buffer | undefined {
  const command = Buffer.from('zINSTREAM\0')
  if (bytes.length < command.length) return undefined
  if (!bytes.subarray(0, command.length).equals(command)) return Buffer.from('another command')
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    if (at + 4 + length > bytes.length) return undefined
    pieces.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

let daemon: Daemon
let port: number
beforeAll(async () => {
  daemon = startDaemon()
  await new Promise<void>((resolve) => daemon.server.listen(0, '127.0.0.1', resolve))
  port = (daemon.server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => daemon.server.close(resolve)))
beforeEach(() => {
  daemon.mood = 'well'
  daemon.scanned.length = 0
})
const open = (patienceMs = 2_000) => openScanner({ host: '127.0.0.1', port }, { patienceMs })

describe('a scanner', () => {
  it('is shown every byte of every file, also of long ones', async () => {
    const long = Buffer.alloc(300_000, 'abc')
    await open().check([Buffer.from('one'), Buffer.alloc(0), long])
    expect(daemon.scanned.map((each) => each.length)).toEqual([3, 0, 300_000])
    expect(daemon.scanned[2]!.equals(long)).toBe(true)
  })

  it('that finds something refuses the file, wherever it stands among the others (ASVS 5.4.3)', async () => {
    await expect(open().check([onePixel, Buffer.concat([Buffer.alloc(100_000), Buffer.from(eicar)]), onePixel])).rejects.toMatchObject({
      code: 'file-refused',
    })
  })

  it.each(['silent', 'hangs-up', 'error', 'nonsense', 'limit', 'cut'] as const)(
    'that is %s counts as not having checked (ASVS 5.4.3)',
    async (mood) => {
      daemon.mood = mood
      await expect(open(300).check([onePixel])).rejects.toMatchObject({ code: 'scanner-away' })
    },
  )

  it('that is not there counts as not having checked (ASVS 5.4.3)', async () => {
    await expect(openScanner({ host: '127.0.0.1', port: 1 }).check([onePixel])).rejects.toMatchObject({ code: 'scanner-away' })
    await expect(openScanner({ path: path.join(tmpdir(), 'attune-no-such-socket') }).check([onePixel])).rejects.toMatchObject({
      code: 'scanner-away',
    })
  })

  it('may stand behind a socket of this machine', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'attune-clamd-'))
    const beside = startDaemon()
    await new Promise<void>((resolve) => beside.server.listen(path.join(folder, 'clamd.ctl'), resolve))
    await openScanner({ path: path.join(folder, 'clamd.ctl') }).check([onePixel])
    expect(beside.scanned).toHaveLength(1)
    await new Promise((resolve) => beside.server.close(resolve))
    rmSync(folder, { recursive: true })
  })
})

describe('a server with a scanner', () => {
  let test: TestAttune
  beforeAll(async () => {
    test = await startAttune({ scanner: openScanner({ host: '127.0.0.1', port }, { patienceMs: 2_000 }) })
  })
  afterAll(() => test.stop())
  const signed = () => askDatabase<{ n: number }>(test, 'select count(*)::int as n from identity.practitioner_consents')
  const sign = async (file: Buffer) => {
    const email = `${Math.random().toString(36).slice(2)}@example.org`
    const client = await test.as('practitioner', { email })
    const { prefill } = (await client.get('/api/standing')).body
    return sendConsent(client, test.attune.programme, consentGiven({ email, serviceName: prefill['service_name'] }), { file })
  }

  it('keeps a form whose picture is well, refuses one whose picture is not, and says so in the log without a word of it (ASVS 5.4.3)', async () => {
    expect(daemon.scanned).toEqual([])
    expect((await sign(onePixel)).status).toBe(201)
    const before = await signed()
    const refused = await sign(Buffer.concat([onePixel, Buffer.from(eicar)]))
    expect([refused.status, refused.body.code]).toEqual([422, 'file-refused'])
    expect(await signed()).toEqual(before)
    const [event] = await askDatabase(test, `select outcome, detail from log.events order by event_id desc limit 1`)
    expect(event).toEqual({ outcome: 'refused', detail: { because: 'file-refused' } })
  })

  it('keeps nothing while the scanner is away, and takes the same again when it is back (ASVS 5.4.3)', async () => {
    const before = await signed()
    daemon.mood = 'hangs-up'
    const away = await sign(onePixel)
    expect([away.status, away.body.code]).toEqual([503, 'scanner-away'])
    expect(await signed()).toEqual(before)
    daemon.mood = 'well'
    expect((await sign(onePixel)).status).toBe(201)
  })

  it('looks at workbooks before anything reads them (ASVS 5.4.3)', async () => {
    const administrator = await test.as('administrator')
    const refused = await handIn(administrator, `# settings\n${eicar}\n`)
    expect([refused.status, refused.body.code]).toEqual([422, 'file-refused'])
    daemon.mood = 'error'
    expect((await handIn(administrator, '# settings')).body.code).toBe('scanner-away')
    expect(await askDatabase(test, 'select 1 from policy.form_drafts')).toEqual([])
  })
})
