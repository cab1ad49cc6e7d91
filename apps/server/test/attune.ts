// A whole server for one test file: fresh databases, the real programme, a clock that the test moves, and clients that are signed in.
//   const attune = await startAttune()
//   const lead = await attune.as('service-lead', { serviceId: 'north' })
//   expect((await lead.get('/api/people')).status).toBe(200)
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { isServiceRole, type Role } from '@attune/policy'
import type { Programme } from '@attune/programme'
import { buildApp } from '../src/app.ts'
import type { BackupMeans } from '../src/actions/backup/make-backup.ts'
import type { Attune } from '../src/attune.ts'
import { readEnvironment } from '../src/env.ts'
import { openAttune } from '../src/open-attune.ts'
import type { ConnectionFacts } from '../src/outside/embedded-postgres.ts'
import { openFaultLog } from '../src/fault-log.ts'
import type { Scanner } from '../src/outside/clamd.ts'
import type { AnchorPlace } from '../src/outside/anchor-places.ts'
import type { Letter } from '../src/outside/mail.ts'
import { openFolderStorage } from '../src/outside/storage/folder-storage.ts'
import { getProgramme } from '../src/outside/programme-folder.ts'
import { addAccount } from '../src/store/accounts/accounts.ts'
import type { Assurance } from '../src/store/accounts/accounts-tables.ts'
import type { Root } from '../src/store/keyring/epochs.ts'
import { openSession } from '../src/store/accounts/sessions.ts'
import { giveGrant } from '../src/store/grants.ts'
import type { AdminConnections } from '../src/store/postgres-databases.ts'
import { withActor } from '../src/store/with-actor.ts'
import { makeRoot } from './root.ts'
import { createDatabases, loginPassword, type TestDatabases } from './databases.ts'

// A test looks into a body as it comes; its schema is checked by the server.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Reply = { status: number; headers: Record<string, string | string[] | undefined>; body: any; text: string; bytes: Buffer }

export type Client = {
  readonly accountId: string | undefined
  /** The cookies it holds, as a browser would. */
  cookies: Map<string, string>
  /** Sends a request from the app's own origin; JSON in, JSON out. `purpose` becomes the header `attune-purpose`. */
  request: (
    method: string,
    url: string,
    options?: { body?: unknown; purpose?: string; headers?: Record<string, string | undefined>; remoteAddress?: string },
  ) => Promise<Reply>
  get: (url: string, options?: { purpose?: string; headers?: Record<string, string | undefined> }) => Promise<Reply>
  post: (url: string, body?: unknown, options?: { purpose?: string; headers?: Record<string, string | undefined> }) => Promise<Reply>
}

export type TestClock = { now: () => Date; set: (at: string | Date) => void; pass: (milliseconds: number) => void }

export type TestAttune = {
  attune: Attune
  app: FastifyInstance
  clock: TestClock
  databases: TestDatabases
  /** Letters sent so far. */
  letters: Letter[]
  /** Lines of the fault log. */
  faults: string[]
  /** Somebody who is not signed in. */
  stranger: () => Client
  /** A new person with this role, signed in with both steps unless told otherwise. */
  as: (
    role: Role,
    options?: { serviceId?: string; assurance?: Assurance; email?: string; displayName?: string },
  ) => Promise<Client & { accountId: string }>
  addService: (serviceId: string, name?: string) => Promise<void>
  /** Every address that the server answers: the contract's, those of other protocols, and the files'. */
  routes: { method: string; url: string }[]
  /** Listens on a free port for tests that need real connections, and returns the address. */
  listen: () => Promise<string>
  stop: () => Promise<void>
}

const noStorage = openFolderStorage(path.join(tmpdir(), 'attune-test-home-unused', 'backups'))
const noBackups = { people: { data: [], keyring: [] }, storages: { platform: noStorage, keyring: noStorage } }
const programmeFolder = path.join(import.meta.dirname, '..', '..', '..', 'programmes', 'vig-dcs')
let programme: Programme | undefined

export type StartOptions = {
  mode?: 'demo' | 'real'
  origin?: string
  proxies?: string[]
  at?: string
  programme?: Programme
  webFolder?: string
  services?: string[]
  anchors?: readonly AnchorPlace[]
  root?: Root
  /** Databases that are there already, instead of fresh ones. */
  admin?: AdminConnections
  backups?: Pick<BackupMeans, 'people' | 'storages'>
  server?: ConnectionFacts
  scanner?: Scanner
  /** A folder of item packs. */
  itemPacks?: string
  /** Settings as an administrator writes them. */
  settings?: Readonly<Record<string, string>>
  /** Lines of requests go to `faults` as well. */
  logRequests?: boolean
}

/** Starts a server in this process. In `real` mode it stands behind a proxy at https://attune.example.org and clients come through it. */
export async function startAttune(options: StartOptions = {}): Promise<TestAttune> {
  const { mode = 'demo', at = '2025-11-21T10:00:00Z' } = options
  const origin = options.origin ?? (mode === 'real' ? 'https://attune.example.org' : undefined)
  const proxies = options.proxies ?? (mode === 'real' ? ['127.0.0.1'] : [])
  const databases =
    options.admin === undefined ? await createDatabases(options.server) : { admin: options.admin, loginPassword, drop: async () => {} }
  const clock = makeClock(at)
  const letters: Letter[] = []
  const faults: string[] = []
  const environment = {
    ...readEnvironment({
      ATTUNE_HOME: path.join(tmpdir(), 'attune-test-home-unused'),
      ATTUNE_DEMO: mode === 'demo' ? '1' : '0',
      ...(origin && { ATTUNE_ORIGIN: origin }),
      ...options.settings,
      ...(options.itemPacks !== undefined && { ATTUNE_ITEM_PACKS: options.itemPacks }),
    }),
    proxies,
    poolSize: 6,
  }
  const attune = await openAttune({
    environment,
    admin: databases.admin,
    root: options.root ?? makeRoot(),
    programme: options.programme ?? (programme ??= getProgramme(programmeFolder)),
    clock,
    faults: openFaultLog(
      (line) => faults.push(line),
      clock.now,
      () => options.logRequests === true,
    ),
    version: '0.0.0-test',
    loginPassword: databases.loginPassword,
    anchors: options.anchors ?? [],
    ...(options.scanner && { scanner: options.scanner }),
    backups: { ...noBackups, admin: databases.admin, loginPassword: databases.loginPassword, ...options.backups },
    carrier: { carry: async (letter) => void letters.push(letter) },
  })
  const routes: TestAttune['routes'] = []
  const app = await buildApp(attune, {
    ...(options.webFolder !== undefined && { webFolder: options.webFolder }),
    routeAdded: (method, url) => routes.push({ method, url }),
  })
  await app.ready()

  const addService = async (serviceId: string, name = `Service ${serviceId}`) => {
    await withActor(attune.databases.attune, { role: 'system' }, 'set-up', (trx) =>
      trx
        .insertInto('policy.services')
        .values({ service_id: serviceId, name, status: 'live', processor_terms_version: '1', processor_terms_on: '2025-01-01' })
        .execute(),
    )
  }
  for (const serviceId of options.services ?? ['north', 'south']) await addService(serviceId)

  const stranger = (accountId?: string) => makeClient(app, mode === 'real' ? origin! : undefined, accountId)
  const as: TestAttune['as'] = async (role, { serviceId, assurance = 'second-factor', email, displayName = 'A Person' } = {}) => {
    const where = serviceId ?? (isServiceRole(role) ? 'north' : 'operator')
    const person = { email: email ?? `${randomUUID()}@example.org`, displayName, at: clock.now() }
    const accountId = await withActor(attune.databases.accounts, { role: 'door' }, 'set-up', (trx) => addAccount(trx, attune.keyring, person))
    const grantId = await withActor(attune.databases.attune, { role: 'door' }, 'set-up', (trx) =>
      giveGrant(trx, { accountId, role, serviceId: where, at: clock.now(), seats: attune.programme.policy.values.nomineesPerServiceMaximum }),
    )
    const token = await withActor(attune.databases.accounts, { role: 'door' }, 'set-up', (trx) =>
      openSession(trx, {
        accountId,
        assurance,
        grantId,
        grantService: where,
        at: clock.now(),
        ...(assurance === 'second-factor' && { factor: 'totp' as const }),
      }),
    )
    const client = stranger(accountId)
    client.cookies.set(mode === 'real' ? '__Host-attune' : 'attune-demo', token)
    return client as Client & { accountId: string }
  }
  const listen = () => app.listen({ port: 0, host: '127.0.0.1' }).then((url) => url.replace('127.0.0.1', 'localhost'))
  const stop = async () => {
    await app.close()
    await attune.databases.close()
    await databases.drop()
  }
  return { attune, app, routes, clock, databases, letters, faults, stranger, as, addService, listen, stop }
}

function makeClock(at: string): TestClock {
  let now = new Date(at)
  return { now: () => now, set: (to) => (now = new Date(to)), pass: (milliseconds) => (now = new Date(now.getTime() + milliseconds)) }
}

function makeClient(app: FastifyInstance, throughProxy: string | undefined, accountId: string | undefined): Client {
  const cookies = new Map<string, string>()
  const origin = throughProxy ?? 'http://localhost:4280'
  const request: Client['request'] = async (method, url, { body, purpose, headers = {}, remoteAddress } = {}) => {
    const given: Record<string, string | undefined> = {
      host: new URL(origin).host,
      origin,
      ...(throughProxy !== undefined && { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' }),
      ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(purpose !== undefined && { 'attune-purpose': purpose }),
      ...headers,
    }
    const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>
    const reply = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers: sent,
      ...(body !== undefined && { payload: body as object }),
      ...(remoteAddress !== undefined && { remoteAddress }),
    })
    for (const cookie of reply.cookies) {
      if (cookie.maxAge === 0) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    const json = /json/.test(String(reply.headers['content-type'] ?? '')) && reply.body !== ''
    return {
      status: reply.statusCode,
      headers: reply.headers as Reply['headers'],
      body: json ? reply.json() : undefined,
      text: reply.body,
      bytes: reply.rawPayload,
    }
  }
  return {
    accountId,
    cookies,
    request,
    get: (url, options) => request('GET', url, options),
    post: (url, body, options) => request('POST', url, { body, ...options }),
  }
}
