// The boundary machine of the database: every table of all three databases forces row security, the login owns nothing, and a matrix of table,
// acting role and operation says exactly what each role can do. A table that is missing from the matrix fails.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { runAuditClock } from '../actions/audit/audit-clock.ts'
import { recordBreach } from '../actions/breach/breaches.ts'
import { databaseNames, withClient, type DatabaseName } from './postgres-databases.ts'
import { actingRoleNames } from './with-actor.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
  for (const service of ['north', 'south']) {
    const lead = await test.as('service-lead', { serviceId: service })
    await lead.post('/api/rights', { type: 'pause', code: newCode(), identityCheck: 'known-in-person' })
    await sendSession(test, await readyPractitioner(test, service), { narrative_child: 'Smiles at Zebediah.' })
  }
  // An audit with a finding in each service: the consents are from after the records.
  await admin('attune', `update identity.practitioner_consents set signed_at = '2026-01-01'`)
  await runAuditClock(test.attune, new Date('2026-01-02T09:00:00Z'))
  for (const serviceId of ['north', 'south']) await test.as('service-lead', { serviceId })
  const acting = { role: 'administrator', serviceId: 'operator', accountId: '00000000-0000-4000-8000-000000000001' } as const
  const day = '2025-11-20'
  await recordBreach(test.attune, acting, {
    foundAt: '2025-11-21T09:00:00Z',
    happenedFrom: day,
    happenedUntil: '2025-11-21',
    kind: 'lost',
    what: 'A tablet was left on a bus.',
    services: ['north', 'south'],
    accounts: [],
  })
  await admin(
    'attune',
    `insert into identity.code_requests (service_id, request_id, reference, practitioner_id, account_id, session_on, asked_at, operator_on)
     select service_id, gen_random_uuid(), 'R-' || service_id, practitioner_id, account_id, '2025-07-10', now(), '2025-07-15' from identity.practitioners`,
  )
  for (const service of ['north', 'operator', 'south'])
    await admin(
      'attune',
      `insert into sums.releases (service_id, programme_id, edition, from_period, until_period, age_group, mode, support, outcome, figures, figures_hash, released_at)
       values ('${service}', 'p', '2025-Q4', '', '2025-Q3', '', '', '', 'released', '{}', '', now())`,
    )
})
afterAll(() => test.stop())

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg_%'`
const unforced = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and ${ours} and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`
const tables = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1`

const admin = <T extends pg.QueryResultRow>(database: DatabaseName, question: string) =>
  withClient(test.databases.admin[database], async (client) => (await client.query<T>(question)).rows)

describe('row security', () => {
  it.each(databaseNames)('every table of %s has forced row security (ASVS 8.4.1)', async (database) => {
    expect((await admin<{ name: string }>(database, tables)).length).toBeGreaterThan(2)
    expect(await admin(database, unforced)).toEqual([])
  })

  it('a table planted without it is found', async () => {
    await admin('attune', 'create table answers.planted (service_id text)')
    try {
      expect(await admin('attune', unforced)).toEqual([{ name: 'answers.planted' }])
      await admin('attune', 'alter table answers.planted enable row level security')
      expect(await admin('attune', unforced)).toEqual([{ name: 'answers.planted' }])
    } finally {
      await admin('attune', 'drop table answers.planted')
    }
  })

  it.each(databaseNames)('the login of %s owns nothing, inherits nothing and is no superuser (ASVS 13.2.2)', async (database) => {
    const [login] = await admin<{ rolsuper: boolean; rolinherit: boolean; rolbypassrls: boolean; rolcreaterole: boolean; rolcreatedb: boolean }>(
      database,
      `select rolsuper, rolinherit, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'attune_app'`,
    )
    expect(login).toEqual({ rolsuper: false, rolinherit: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
    expect(
      await admin(
        database,
        `select relname from pg_class where relowner in (select oid from pg_roles where rolname = 'attune_app' or rolname like 'acting\\_%') and relname not like 'pg_%'`,
      ),
    ).toEqual([])
    const direct = await asApp(database, '', (await admin<{ name: string }>(database, tables))[0]!.name, 'select')
    expect(direct).toBe('-')
  })
})

type Right = 'select' | 'insert' | 'update' | 'delete'
const rights: readonly Right[] = ['select', 'insert', 'update', 'delete']

/** Tries one operation as an acting role of the service north, for real and rolled back: "-" = refused, otherwise which services' rows it reaches. */
async function asApp(database: DatabaseName, role: string, table: string, right: Right): Promise<string> {
  const client = new pg.Client({ ...test.databases.admin[database], user: 'attune_app', password: test.databases.loginPassword })
  await client.connect()
  try {
    await client.query('begin')
    if (role !== '')
      await client.query(
        `set local role ${role}; set local app.service = 'north'; set local app.purpose = 'retrieve'; set local app.account = '00000000-0000-4000-8000-000000000000'`,
      )
    const { rows } = await client.query<{ column: string }>(
      `select a.attname as column from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and has_column_privilege($2, a.attrelid, a.attnum, $3) order by a.attnum`,
      [table, role === '' ? 'attune_app' : role, right === 'delete' ? 'select' : right],
    )
    const mayDelete = (
      await client.query<{ may: boolean }>(`select has_table_privilege($1, $2, 'delete') as may`, [role === '' ? 'attune_app' : role, table])
    ).rows[0]!.may
    if (right === 'delete' ? !mayDelete : rows.length === 0) return '-'
    if (right === 'select' || right === 'delete') {
      if (!rows.some((row) => row.column === 'service_id')) return 'yes'
      const found = await client.query<{ service_id: string }>(
        right === 'select' ? `select service_id from ${table}` : `delete from ${table} returning service_id`,
      )
      return [...new Set(found.rows.map((row) => row.service_id))].sort().join('+') || 'none'
    }
    return 'yes'
  } catch (error) {
    return (error as { code?: string }).code === '42501'
      ? '-'
      : right === 'delete' && (error as { code?: string }).code === '23503'
        ? 'yes'
        : Promise.reject(error)
  } finally {
    await client.query('rollback').catch(() => {})
    await client.end()
  }
}

// What each role can reach from the service north, as select/insert/update/delete. Rows exist in north and south; the account is nobody's.
const all = 'north+operator+south'
const both = 'north+south'
/** Written with a version and never changed. */
const filesBesideForms = {
  practitioner: 'yes - - -',
  service_lead: 'yes - - -',
  data_support: 'yes - - -',
  administrator: 'yes yes - -',
  auditor: 'yes - - -',
  analyst: 'yes - - -',
  system: 'yes yes - -',
}

const matrix: { readonly [table: string]: { readonly [role: string]: string } } = {
  'answers.export_orders': { data_support: 'none yes yes none' },
  'answers.attachments': {
    practitioner: 'none yes - -',
    data_support: 'none - - -',
    administrator: 'none - - -',
    auditor: 'none - - -',
    system: 'none yes yes none',
  },
  'answers.clients': {
    intake: 'north yes - -',
    practitioner: 'north yes - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    auditor: `${both} - - -`,
    system: `${both} yes yes yes`,
  },
  'answers.corrections': { administrator: 'none - - -', system: 'none yes yes none' },
  'answers.records': {
    intake: 'north yes - -',
    practitioner: 'north yes - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    auditor: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'audit.audits': {
    service_lead: 'operator - - -',
    administrator: 'operator - - -',
    auditor: 'operator - - -',
    system: 'operator yes yes operator',
  },
  'audit.corrective_actions': {
    practitioner: 'none - yes -',
    service_lead: 'north - - -',
    administrator: `${both} - - -`,
    auditor: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'audit.findings': {
    service_lead: 'north - - -',
    administrator: `${both} - - -`,
    auditor: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'audit.service_counts': {
    service_lead: 'north - - -',
    administrator: `${both} - - -`,
    auditor: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'audit.texts': { administrator: `${both} - - -`, auditor: `${both} - - -`, system: `${both} yes yes ${both}` },
  'breach.affected_records': { administrator: `${both} - - -`, system: `${both} yes yes ${both}` },
  'breach.breaches': { administrator: 'operator - - -', system: 'operator yes yes operator' },
  'breach.notices': { administrator: `${both} - - -`, system: `${both} yes yes ${both}` },
  'hooks.deliveries': { administrator: 'none yes - -', system: 'none - yes none' },
  'hooks.webhooks': { administrator: 'none yes yes -', system: 'none - yes -' },
  'identity.code_requests': {
    practitioner: 'none - - -',
    data_support: 'north - yes -',
    administrator: `${both} - yes -`,
    system: `${both} yes yes ${both}`,
  },
  'identity.practitioner_consents': {
    practitioner: 'none yes - -',
    service_lead: 'north - - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    auditor: 'none - - -',
    system: `${both} yes yes -`,
  },
  'identity.practitioners': {
    intake: 'north - - -',
    practitioner: 'none yes yes -',
    service_lead: 'north yes yes -',
    data_support: 'north - - -',
    administrator: `${both} yes yes -`,
    system: `${both} yes yes -`,
  },
  'identity.record_authors': {
    intake: '- yes - -',
    practitioner: '- yes - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'identity.training_records': {
    practitioner: 'none yes - -',
    service_lead: 'north - - -',
    administrator: `${both} - - -`,
    system: `${both} yes - ${both}`,
  },
  'jobs.schedules': { administrator: 'yes - - -', system: 'yes yes yes -' },
  'log.anchors': { administrator: 'yes - - -', auditor: 'yes - - -' },
  'log.batches': { administrator: 'yes - - -', auditor: 'yes - - -' },
  'log.events': {
    intake: '- yes - -',
    practitioner: '- yes - -',
    service_lead: '- yes - -',
    data_support: '- yes - -',
    administrator: `${all} yes - -`,
    auditor: `${all} yes - -`,
    analyst: '- yes - -',
    system: `${all} yes - -`,
    door: '- yes - -',
  },
  'log.exports': { data_support: '- yes - -', system: 'none yes yes none' },
  'log.verifications': { administrator: 'yes - - -', auditor: 'yes - - -' },
  'migrations.applied': {},
  'policy.access_grants': {
    service_lead: 'north yes yes -',
    administrator: `${both} yes yes -`,
    system: `${both} yes yes -`,
    door: `${both} yes yes -`,
  },
  'policy.backups': { administrator: 'yes - - -', system: 'yes yes yes -' },
  'policy.file_contents': filesBesideForms,
  'policy.form_drafts': { service_lead: 'none yes yes -', administrator: 'none yes yes -', system: 'none yes - -' },
  'policy.form_files': filesBesideForms,
  'policy.form_versions': everybodyReads({ intake: 'yes - - -', administrator: 'yes yes yes -', system: 'yes yes yes -' }),
  'policy.installation': { system: 'yes yes - -', door: 'yes - - -' },
  'policy.policy_versions': everybodyReads({ system: 'yes yes - -' }),
  'policy.restorations': { administrator: 'yes - - -', system: 'yes yes yes -' },
  'policy.services': {
    intake: 'north - - -',
    practitioner: 'north - - -',
    service_lead: 'north - yes -',
    data_support: 'north - - -',
    administrator: `${all} yes yes -`,
    auditor: `${all} - - -`,
    analyst: `${all} - - -`,
    system: `${all} yes yes -`,
    door: `${all} - - -`,
  },
  'retention.day_counts': { administrator: 'yes - - -', system: 'yes yes yes yes' },
  'retention.decisions': { service_lead: 'none - - -', administrator: 'none - - -', system: 'none yes yes none' },
  'retention.runs': { administrator: 'yes - - -', system: 'yes yes yes yes' },
  'retention.warnings': { service_lead: 'none - - -', administrator: 'none - - -', system: 'none yes yes none' },
  'rights.erasures': {
    intake: 'none - - -',
    practitioner: 'none - - -',
    administrator: 'none - - -',
    system: 'none yes yes none',
  },
  'rights.notices': {
    practitioner: 'none - - -',
    service_lead: 'north - - -',
    data_support: 'north - - -',
    administrator: 'north+operator+south - - -',
    system: 'north+operator+south yes yes north+operator+south',
  },
  'rights.packages': {
    service_lead: 'none - - -',
    data_support: 'none - - -',
    administrator: 'none - - -',
    system: 'none yes yes none',
  },
  // Requests about clients are the service's to see; a practitioner's own ones are theirs and the operator's alone.
  'rights.requests': {
    intake: 'north - - -',
    practitioner: 'none - - -',
    service_lead: 'north - - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'scores.record_scores': {
    intake: '- yes - -',
    practitioner: '- yes - -',
    data_support: 'north - - -',
    administrator: `${both} - - -`,
    system: `${both} yes yes ${both}`,
  },
  'sums.aggregate_runs': { administrator: 'yes - - -', analyst: 'yes - - -', system: 'yes yes yes yes' },
  'sums.arrived': { intake: '- yes - -', system: 'none yes yes none' },
  'sums.change_counts': { system: 'none yes yes none' },
  'sums.change_sums': { system: `${both} yes yes ${both}` },
  'sums.choice_counts': { system: `${both} yes yes ${both}` },
  'sums.episode_counts': { system: `${both} yes yes ${both}` },
  'sums.pending': { system: 'none yes yes none' },
  'sums.report_layouts': { service_lead: 'none yes - none', data_support: 'none yes - none' },
  'sums.theme_counts': { administrator: 'none - - -', analyst: 'none yes - -' },
  'sums.releases': {
    service_lead: 'north - - -',
    data_support: 'north - - -',
    administrator: 'operator - - -',
    analyst: 'operator - - -',
    system: `${all} yes - -`,
  },
}

function everybodyReads(more: { readonly [role: string]: string }) {
  const readers = ['practitioner', 'service_lead', 'data_support', 'administrator', 'auditor', 'analyst', 'system', 'door']
  return { ...Object.fromEntries(readers.map((role) => [role, 'yes - - -'])), ...more }
}

describe('the matrix of table, role and operation', () => {
  it('holds every table of the main database', async () => {
    expect((await admin<{ name: string }>('attune', tables)).map((row) => row.name)).toEqual(Object.keys(matrix).sort())
  })

  it.each(Object.keys(matrix))('%s', async (table) => {
    await admin('attune', `select sums.fold(1000)`)
    const found: Record<string, string> = {}
    for (const role of actingRoleNames) {
      const words = []
      for (const right of rights) words.push(await asApp('attune', role, table, right))
      if (words.some((word) => word !== '-')) found[role.replace('acting_', '')] = words.join(' ')
    }
    expect(found).toEqual(matrix[table])
  })

  it('without a purpose data support and operator see no record, and without a service nobody of a service sees anything', async () => {
    const client = new pg.Client({ ...test.databases.admin.attune, user: 'attune_app', password: test.databases.loginPassword })
    await client.connect()
    const count = async (settings: string, table: string) => {
      await client.query(`begin; ${settings}`)
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`)
      await client.query('rollback')
      return rows[0]!.count
    }
    expect(await count(`set local role acting_data_support; set local app.service = 'north'`, 'answers.records')).toBe('0')
    expect(
      await count(`set local role acting_data_support; set local app.service = 'north'; set local app.purpose = ''`, 'scores.record_scores'),
    ).toBe('0')
    expect(await count('set local role acting_administrator', 'answers.records')).toBe('0')
    expect(await count(`set local role acting_auditor; set local app.purpose = ''`, 'answers.records')).toBe('0')
    for (const table of ['answers.records', 'answers.clients', 'identity.practitioners', 'policy.services'])
      expect(await count(`set local role acting_data_support; set local app.purpose = 'retrieve'`, table), table).toBe('0')
    await client.end()
  })

  it('nobody of one service can write into another', async () => {
    const client = new pg.Client({ ...test.databases.admin.attune, user: 'attune_app', password: test.databases.loginPassword })
    await client.connect()
    const south = `'south', gen_random_uuid()`
    for (const statement of [
      `insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source) values (${south}, 'h', 's', 'form')`,
      `insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices) values (${south}, gen_random_uuid(), 'p', '2025-01-01', now(), 'before', '0-2', '{}', '{}', '{}')`,
      `insert into identity.practitioners (service_id, practitioner_id, account_id, sealed) values (${south}, '00000000-0000-4000-8000-000000000000', 's')`,
      `insert into identity.practitioners (service_id, practitioner_id, account_id, sealed) values ('north', gen_random_uuid(), gen_random_uuid(), 's')`,
    ]) {
      await client.query(
        `begin; set local role acting_practitioner; set local app.service = 'north'; set local app.account = '00000000-0000-4000-8000-000000000000'`,
      )
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    }
    await client.end()
  })
})
