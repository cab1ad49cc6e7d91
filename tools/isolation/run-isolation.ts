// Random requests of everybody for everything, by the contract's own table: ids of one's own service, of others and of nobody, purposes of the policy's
// list and others, queries that fit and that do not. Whatever comes back may hold nothing of another service and no field that the contract does
// not declare; and the database, asked directly as the application's login, gives no acting role a row of another service.
import { randomUUID } from 'node:crypto'
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { routeNames, routes, type Route } from '@attune/contract'
import { isServiceRole, type Role } from '@attune/policy'
import pg from 'pg'
import { superuserOf } from '../walk/superuser.ts'
import { chances } from '../faults/chances.ts'
import { demoPeople, signInDemo, type Caller } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'

export type IsolationOrder = { readonly requests: number; readonly questions: number; readonly seed: number; readonly told?: (done: number) => void }
export type IsolationReport = {
  readonly requests: number
  readonly questions: number
  readonly people: number
  readonly routes: number
  /** How many replies there were of each status class: '2xx', '4xx'. */
  readonly statuses: ReadonlyMap<string, number>
  /** What should not have been: one sentence each. */
  readonly leaks: readonly string[]
  readonly undeclared: readonly string[]
  readonly faults: readonly string[]
}

type Person = { readonly role: Role; readonly serviceId: string; readonly caller: Caller }
/** Whose each thing is: ids of rows, client codes, e-mail addresses. */
type Owners = {
  readonly byId: ReadonlyMap<string, string>
  readonly byCode: ReadonlyMap<string, string>
  readonly byEmail: ReadonlyMap<string, string>
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const codes = /[A-Z0-9-]{3,} ?[A-Z0-9]{2,} ?[A-Z0-9]*/g
const emails = /[\w.+-]+@[\w.-]+/g
const odd = ['', '0', '-1', '%00', "' or 1=1 --", '../../etc', '2026-13-45', '\u202e', 'x'.repeat(300)]

export async function runIsolation({ requests, questions, seed, told }: IsolationOrder): Promise<IsolationReport> {
  const server = await startServerProcess()
  const admin = new pg.Client({ ...(await superuserOf(server.home)), database: 'attune' })
  await admin.connect()
  const statuses = new Map<string, number>()
  const leaks: string[] = []
  const undeclared: string[] = []
  const faults: string[] = []
  try {
    const chance = chances(seed)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!
    const people = await signEverybodyIn(server.url)
    const owners = await readOwners(admin, people)
    const ids = [...owners.byId.keys()]
    const services = [...new Set([...owners.byId.values()])]
    const table = routeNames.map((name) => toEntry(name)).filter(({ route }) => route.door === 'second-factor')
    const purposes = ['retrieve', 'download', 'report', 'find-uid', 'audit', 'correct', 'analyse', '']
    let done = 0

    const one = async (): Promise<void> => {
      const person = pick(people)
      const entry = pick(table)
      // Acts are tried on what belongs to others only: were they to succeed, that would be the finding.
      const acts = entry.method !== 'GET' && !entry.asksOnly
      if (acts && (entry.params.length === 0 || !isServiceRole(person.role))) return
      const notMine = (id: string) => owners.byId.get(id) !== person.serviceId
      const url = entry.params.reduce((so, name) => {
        const value =
          name === ':serviceId'
            ? pick(acts ? services.filter((service) => service !== person.serviceId) : services)
            : chance() < 0.8
              ? pick(acts ? ids.filter(notMine) : ids)
              : chance() < 0.5
                ? randomUUID()
                : pick(odd)
        return so.replace(name, encodeURIComponent(value))
      }, entry.pattern)
      const query = entry.method === 'GET' && chance() < 0.5 ? toQuery(entry.route.query, pick, chance, services) : ''
      const options = {
        ...(chance() < 0.9 && { purpose: pick(purposes) || `p${Math.floor(chance() * 9)}` }),
        ...(entry.route.body !== undefined && { body: toBody(entry.route.body, pick, chance, [...ids, ...owners.byCode.keys(), ...services]) }),
      }
      const reply = await person.caller.call<unknown>(entry.method, url + query, options)
      if (++done % 5_000 === 0) told?.(done)
      const kind = `${Math.floor(reply.status / 100)}xx`
      statuses.set(kind, (statuses.get(kind) ?? 0) + 1)
      const where = `${person.role} of ${person.serviceId}: ${entry.name} (${reply.status})`
      if (reply.status >= 500) faults.push(where)
      if (acts && reply.status < 400) leaks.push(`${where} changed something of another service`)
      const text = reply.body instanceof Uint8Array ? Buffer.from(reply.body).toString('latin1') : JSON.stringify(reply.body ?? '')
      const foreign = findForeign(text, person, owners, `${url}${query}${JSON.stringify(options)}`)
      if (foreign !== undefined) leaks.push(`${where} shows ${foreign}`)
      if (reply.status < 300 && entry.check !== undefined && !entry.check.Check(reply.body)) undeclared.push(where)
    }

    const inTurn = async (): Promise<void> => {
      while (done < requests) await one()
    }
    await Promise.all(Array.from({ length: 8 }, inTurn))
    const asked = await askDirectly(admin, server.home, questions, services, pick, leaks)
    return { requests: done, questions: asked, people: people.length, routes: table.length, statuses, leaks, undeclared, faults }
  } finally {
    await admin.end()
    await server.stop()
    await server.remove()
  }
}

type Entry = {
  readonly name: string
  readonly method: string
  readonly pattern: string
  readonly params: readonly string[]
  readonly route: Route
  readonly asksOnly: boolean
  readonly check: { Check(value: unknown): boolean } | undefined
}

/** Requests that are written with POST for the length of their question and change nothing that another request could see. */
const asking = new Set(['POST /api/records/find-code', 'POST /api/downloads', 'POST /api/client-codes/seen'])

function toEntry(name: (typeof routeNames)[number]): Entry {
  const [method, pattern] = name.split(' ') as [string, string]
  const route = routes[name] as Route
  const check = typeof route.reply === 'string' ? undefined : Compile(route.reply as TSchema)
  return { name, method, pattern, params: pattern.match(/:[A-Za-z]+/g) ?? [], route, asksOnly: asking.has(name), check }
}

type Pick = <T>(from: readonly T[]) => T

function toQuery(schema: TSchema | undefined, pick: Pick, chance: () => number, services: readonly string[]): string {
  const names = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {})
  const pairs = names
    .filter(() => chance() < 0.5)
    .map((name) => [name, name === 'serviceId' ? pick(services) : pick(['1', '50', '2026-01-01', 'before', 'phq-9', ...odd])])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function toBody(schema: TSchema, pick: Pick, chance: () => number, things: readonly string[]): Record<string, unknown> {
  const names = Object.keys((schema as { properties?: object }).properties ?? {})
  return Object.fromEntries(names.filter(() => chance() < 0.9).map((name) => [name, pick([pick(things), '2026-01-01', true, 'csv', 1, ...odd])]))
}

async function signEverybodyIn(url: string): Promise<Person[]> {
  const people: Person[] = []
  for (const { role, serviceName } of await demoPeople(url)) {
    const caller = await signInDemo(url, role, serviceName)
    const grant = caller.session.grants.find(({ grantId }) => grantId === caller.session.grantId)
    if (grant !== undefined) people.push({ role, serviceId: grant.serviceId, caller })
  }
  return people
}

async function readOwners(admin: pg.Client, people: readonly Person[]): Promise<Owners> {
  const { rows } = await admin.query<{ id: string; service_id: string }>(
    `select record_id::text as id, service_id from answers.records union select client_id::text, service_id from answers.clients
     union select practitioner_id::text, service_id from identity.practitioners union select grant_id::text, service_id from policy.access_grants where service_id <> 'operator'`,
  )
  const byCode = new Map<string, string>()
  const byEmail = new Map<string, string>()
  for (const { role, serviceId, caller } of people) {
    if (role === 'data-support') {
      const { body } = await caller.call<{ records: { code: string }[] }>('GET', '/api/records?limit=2000', { purpose: 'retrieve' })
      for (const { code } of body.records) byCode.set(plain(code), serviceId)
    }
    if (role === 'service-lead') {
      const { body } = await caller.call<object>('GET', '/api/people')
      for (const email of JSON.stringify(body).match(emails) ?? []) byEmail.set(email, serviceId)
    }
  }
  return { byId: new Map(rows.map((row) => [row.id, row.service_id])), byCode, byEmail }
}

const plain = (code: string) => code.replaceAll(/[\s-]/g, '')

/** Something in the reply that belongs to another service and was not in the question. Operator roles may see services, but analysts never a row. */
function findForeign(text: string, { role, serviceId }: Person, { byId, byCode, byEmail }: Owners, asked: string): string | undefined {
  const mayBe = (owner: string | undefined) => owner === undefined || (isServiceRole(role) ? owner === serviceId : role !== 'analyst')
  const found = [
    ...(text.match(uuids) ?? []).filter((id) => !mayBe(byId.get(id)) && !asked.includes(id)).map(() => 'an id'),
    ...(text.match(codes) ?? []).filter((code) => !mayBe(byCode.get(plain(code))) && !plain(asked).includes(plain(code))).map(() => 'a client code'),
    ...(text.match(emails) ?? []).filter((email) => !mayBe(byEmail.get(email)) && !asked.includes(email)).map(() => 'an e-mail address'),
  ]
  return found.length === 0 ? undefined : `${found[0]} of another service`
}

/** The same question without the server: every table, as every acting role of a service, straight from the application's login. */
async function askDirectly(
  admin: pg.Client,
  home: string,
  questions: number,
  services: readonly string[],
  pick: Pick,
  leaks: string[],
): Promise<number> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p', 'v') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and a.attname = 'service_id'`,
  )
  // Reads as the login would: stepped into from the superuser, because the login's password is the server's own secret.
  const client = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
  await client.connect()
  await client.query('set session authorization attune_app')
  const roles = ['practitioner', 'service_lead', 'data_support', 'intake']
  try {
    for (let question = 0; question < questions; question++) {
      const [role, service, { name }] = [pick(roles), pick(services.filter((one) => one !== 'operator')), pick(tables)]
      await client.query(
        `begin read only; set local role acting_${role}; set local app.service = '${service}'; set local app.account = '${randomUUID()}'; set local app.purpose = 'retrieve'`,
      )
      try {
        const { rows } = await client.query<{ service_id: string }>(`select distinct service_id from ${name} where service_id <> $1`, [service])
        // What concerns everybody is marked with the operator's own name and is meant to be read.
        const others = rows.filter((row) => row.service_id !== 'operator')
        if (others.length > 0) leaks.push(`acting_${role} of ${service} reads ${name} of ${others[0]!.service_id}`)
      } catch (error) {
        if ((error as { code?: string }).code !== '42501') throw error
      }
      await client.query('rollback')
    }
    return questions
  } finally {
    await client.end()
  }
}
