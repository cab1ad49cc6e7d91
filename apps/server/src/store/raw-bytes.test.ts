// Looks at the database as a thief of the disk would: every file of the data directory, write-ahead log included.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { consentGiven, onePixel, readyPractitioner, sendConsent, sendSession } from '../../test/submission.ts'
import { readChildEnvironment } from '../env.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../outside/embedded-postgres.ts'
import { withClient } from './postgres-databases.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'attune-raw-'))
let server: EmbeddedPostgres
let attune: TestAttune

beforeAll(async () => {
  chmodSync(folder, 0o711)
  server = await startEmbeddedPostgres({
    directory: path.join(folder, 'postgres'),
    settings: { fsync: 'off', wal_compression: 'off' },
    environment: readChildEnvironment(),
  })
  attune = await startAttune({ server: server.superuser })
})
afterAll(async () => {
  await attune.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Those of the texts whose bytes are anywhere in the cluster's files. */
async function findOnDisk(texts: readonly string[]): Promise<string[]> {
  await withClient(server.superuser, (client) => client.query('checkpoint'))
  const found = new Set<string>()
  for (const entry of readdirSync(path.join(folder, 'postgres', 'cluster'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = readFileSync(path.join(entry.parentPath, entry.name))
    for (const text of texts) if (bytes.includes(text)) found.add(text)
  }
  return [...found]
}

/** All rows of all databases as text: what a logical backup holds. */
async function rowsAsText(): Promise<string> {
  const texts: string[] = []
  for (const connection of Object.values(attune.databases.admin)) {
    await withClient(connection, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `select oid::regclass::text as name from pg_class where relkind = 'r' and pg_get_userbyid(relowner) = 'attune_owner'`,
      )
      for (const { name } of tables) {
        const { rows } = await client.query(`select * from ${name}`)
        for (const value of rows.flatMap((row) => Object.values(row as object)))
          texts.push(Buffer.isBuffer(value) ? value.toString('latin1') : typeof value === 'string' ? value : JSON.stringify(value))
      }
    })
  }
  return texts.join('\n')
}

describe('a stolen disk', () => {
  it('DCS-097: a practitioner’s e-mail address and name are nowhere in the raw database or in a copy of its rows', async () => {
    const person = { email: 'planted.practitioner@planted.example', firstName: 'Plantedfirst', surname: 'Plantedsurname' }
    const practitioner = await readyPractitioner(attune, 'north', person)
    expect((await sendSession(attune, practitioner)).status).toBe(201)
    await attune.stranger().post('/api/session', { email: person.email, password: 'not the right one' })

    // What is stored in the clear is found: the search works.
    await attune.addService('plantedservice')
    const secrets = [person.email, person.email.split('@')[0]!, person.firstName, person.surname]
    const spellings = secrets.flatMap((secret) => [
      secret,
      secret.toUpperCase(),
      Buffer.from(secret).toString('base64').slice(0, -4),
      Buffer.from(secret).toString('hex'),
    ])
    expect(await findOnDisk(['plantedservice', ...spellings])).toEqual(['plantedservice'])
    const rows = await rowsAsText()
    expect(['plantedservice', ...spellings].filter((spelling) => rows.includes(spelling))).toEqual(['plantedservice'])
  })

  it('DCS-028: a sentence of a family, its goals, its code and a mark in a signature are in no file of the database and in no copy of its rows', async () => {
    const practitioner = await readyPractitioner(attune, 'north')
    const marks = ['The otter marker sentence of the living room', 'Plantedgoal of crocodile', 'MK-7712-QQ', 'Stroke of a planted hand']
    await withClient(server.superuser, (client) => client.query('checkpoint'))
    const sent = await sendSession(attune, practitioner, {
      narrative_child: marks[0],
      goal_1: marks[1],
      code_source: 'service',
      client_code: marks[2],
    })
    expect(sent.status).toBe(201)
    // Where the mark begins so that base64 of the whole would hold base64 of it.
    const drawn = Buffer.concat([onePixel, Buffer.alloc(2 - ((onePixel.length + 2) % 3)), Buffer.from(marks[3]!)])
    const email = 'signs@north.example.org'
    const signing = await attune.as('practitioner', { serviceId: 'north', email })
    const consent = consentGiven({ email, serviceName: 'Service north' })
    expect((await sendConsent(signing, attune.attune.programme, consent, { file: drawn })).status).toBe(201)
    // A refused one must leave no trace either: neither in the tables nor in the server's own log.
    expect((await sendSession(attune, practitioner, { narrative_child: marks[0], session_on: 'not a day' })).status).toBe(422)
    const spellings = marks.flatMap((mark) => [
      mark,
      Buffer.from(mark).toString('hex'),
      Buffer.from(mark).toString('base64').slice(0, -4),
      Buffer.from(mark, 'utf16le').toString('latin1'),
    ])
    expect(await findOnDisk(spellings)).toEqual([])
    const rows = await rowsAsText()
    expect(spellings.filter((spelling) => rows.includes(spelling))).toEqual([])
    const support = await attune.as('data-support', { serviceId: 'north' })
    expect((await support.get('/api/records', { purpose: 'retrieve' })).text).toContain(marks[2])
    expect((await support.get(`/api/records/${sent.body.instanceId}`, { purpose: 'retrieve' })).text).toContain(marks[0])
  })
})
