// How old the newest backups are that were put back for a test, and whether they can be made at all. Of a demo nothing is asked.
import type pg from 'pg'
import type { Environment } from '../../apps/server/src/env.ts'
import { checkPeople } from '../../apps/server/src/open-backups.ts'
import { getProgramme } from '../../apps/server/src/outside/programme-folder.ts'
import { well, wrong, type Finding } from './finding.ts'

const hour = 60 * 60_000
type Row = { kind: 'data' | 'accounts' | 'keyring'; cycle: 'platform' | 'offsite'; verified: Date | null; failed: Date | null; now: Date }
const words = { data: 'backup of the records', accounts: 'backup of the accounts', keyring: 'backup of the keys' } as const

export async function checkBackups(client: pg.Client, { backup, programme }: Environment): Promise<Finding[]> {
  const made = await client.query<{ made: boolean }>(`select to_regclass('policy.backups') is not null as made`)
  if (made.rows[0]?.made !== true) return []
  const mode = await client.query<{ mode: string; since: Date }>('select mode, opened_at as since from policy.installation')
  if (mode.rows[0]?.mode !== 'real') return []
  const missing = checkPeople({ data: backup.people, keyring: backup.keyPeople })
  if (missing !== undefined) return [wrong('backups made', missing, 'docs/guides/operations.md says how backups are set up.')]
  const { values } = getProgramme(programme).policy
  const plans = [
    ...(['data', 'accounts', 'keyring'] as const).map((kind) => ({ kind, cycle: 'platform' as const, days: values.platformBackupEveryDays })),
    ...(backup.offsite === undefined ? [] : [{ kind: 'data' as const, cycle: 'offsite' as const, days: values.offsiteBackupEveryDays }]),
  ]
  const { rows } = await client.query<Row>(
    `select kind, cycle, max(made_at) filter (where state = 'verified') as verified, max(made_at) filter (where state = 'failed') as failed, clock_timestamp() as now
     from policy.backups group by kind, cycle`,
  )
  return plans.map(({ kind, cycle, days }) => {
    const row = rows.find((each) => each.kind === kind && each.cycle === cycle)
    return toFinding(
      `${words[kind]}${cycle === 'offsite' ? ' away from the server' : ''}`,
      row,
      days * 24 + values.backupLateHours,
      mode.rows[0]!.since,
    )
  })
}

function toFinding(about: string, row: Row | undefined, hours: number, since: Date): Finding {
  const now = row?.now.getTime() ?? Date.now()
  const last = row?.verified
  const broken = row?.failed != null && (last == null || row.failed > last)
  const remedy = 'Run "npx attune backup" and read what it says; look at the space and the rights of the place that it goes to.'
  if (last == null)
    return now - since.getTime() > hours * hour || broken
      ? wrong(about, 'none has been made yet', remedy)
      : well(about, 'none yet; the first is made within minutes of the start')
  const age = Math.floor((now - last.getTime()) / hour)
  if (age > hours) return wrong(about, `the newest one that was put back for a test is ${age} hours old`, remedy)
  if (broken) return wrong(about, `the last try failed; the newest good one is ${age} hours old`, remedy)
  return well(about, `${age} hours old, put back for a test`)
}
