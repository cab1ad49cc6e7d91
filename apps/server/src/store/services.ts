// Services that deliver VIG. The id never changes; names may.
import { sql } from 'kysely'
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

type Trx = Transaction<AttuneTables>

export type Service = {
  readonly serviceId: string
  readonly name: string
  readonly formerNames: readonly string[]
  readonly status: 'operator' | 'draft' | 'live' | 'closed'
  readonly codePattern: string | null
  readonly emailDomains: readonly string[]
  readonly processorTermsOn: string | null
  /** Where the list that links codes to people is, and who keeps it: labels. */
  readonly linkList: { readonly place: string; readonly keeper: string } | null
}

const columns = [
  'service_id',
  'name',
  'former_names',
  'status',
  'code_pattern',
  'email_domains',
  'processor_terms_on',
  'link_list_place',
  'link_list_keeper',
] as const
type Row = {
  service_id: string
  name: string
  former_names: string[]
  status: Service['status']
  code_pattern: string | null
  email_domains: string[]
  processor_terms_on: string | null
  link_list_place: string | null
  link_list_keeper: string | null
}

const toService = (row: Row): Service => ({
  serviceId: row.service_id,
  name: row.name,
  formerNames: row.former_names,
  status: row.status,
  codePattern: row.code_pattern,
  emailDomains: row.email_domains,
  processorTermsOn: row.processor_terms_on,
  linkList: row.link_list_place === null || row.link_list_keeper === null ? null : { place: row.link_list_place, keeper: row.link_list_keeper },
})

/** The services that row security lets the actor see, without the operator's own. */
export async function findServices(trx: Pick<Trx, 'selectFrom'>): Promise<Service[]> {
  return (
    await trx.selectFrom('policy.services').select(columns).where('status', '<>', 'operator').orderBy('name').orderBy('service_id').execute()
  ).map(toService)
}

export async function findService(trx: Pick<Trx, 'selectFrom'>, serviceId: string): Promise<Service | undefined> {
  const row = await trx.selectFrom('policy.services').select(columns).where('service_id', '=', serviceId).executeTakeFirst()
  return row && toService(row)
}

export async function addService(
  trx: Trx,
  { serviceId, name, codePattern, emailDomains = [] }: Pick<Service, 'serviceId' | 'name' | 'codePattern'> & Partial<Pick<Service, 'emailDomains'>>,
): Promise<void> {
  await trx
    .insertInto('policy.services')
    .values({
      service_id: serviceId,
      name,
      code_pattern: codePattern,
      email_domains: [...emailDomains],
      processor_terms_version: null,
      processor_terms_on: null,
      processor_terms_by: null,
      link_list_place: null,
      link_list_keeper: null,
    })
    .execute()
}

export type ServiceChange = {
  readonly name?: string | undefined
  readonly codePattern?: string | null | undefined
  readonly emailDomains?: readonly string[] | undefined
  readonly status?: 'live' | 'closed' | undefined
}

/** A new name keeps the old one among the former names, so that people find the service again. */
export async function changeService(trx: Trx, serviceId: string, { name, codePattern, emailDomains, status }: ServiceChange): Promise<void> {
  await trx
    .updateTable('policy.services')
    .set({
      ...(name !== undefined && {
        name,
        former_names: sql<string[]>`case when name = ${name} or name = any (former_names) then former_names else former_names || name end`,
      }),
      ...(codePattern !== undefined && { code_pattern: codePattern }),
      ...(emailDomains !== undefined && { email_domains: [...emailDomains] }),
      ...(status !== undefined && { status }),
    })
    .where('service_id', '=', serviceId)
    .execute()
}

export type AcceptedTerms = {
  readonly version: string
  readonly on: string
  readonly by: string
  readonly linkList: NonNullable<Service['linkList']>
}

/** Notes that the service's lead accepted the processor terms and said where the link list is. A draft service is live from then on. */
export async function acceptTerms(trx: Trx, serviceId: string, { version, on, by, linkList }: AcceptedTerms): Promise<void> {
  await trx
    .updateTable('policy.services')
    .set({
      processor_terms_version: version,
      processor_terms_on: on,
      processor_terms_by: by,
      link_list_place: linkList.place,
      link_list_keeper: linkList.keeper,
      status: sql<'live'>`case when status = 'draft' then 'live' else status end`,
    })
    .where('service_id', '=', serviceId)
    .execute()
}

export type ServicePeople = { readonly dataSupports: number; readonly practitioners: number }

/** How many people hold a running grant of a kind, by service. */
export async function countPeople(trx: Pick<Trx, 'selectFrom'>): Promise<ReadonlyMap<string, ServicePeople>> {
  const { rows } = await sql<{ service_id: string; supports: number; practitioners: number }>`
    select service_id, count(*) filter (where role = 'data-support') as supports, count(*) filter (where role = 'practitioner') as practitioners
    from policy.access_grants where ended_at is null group by service_id`.execute(trx as never)
  return new Map(rows.map((row) => [row.service_id, { dataSupports: row.supports, practitioners: row.practitioners }]))
}
