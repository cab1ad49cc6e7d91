// Report pages at ten thousand records and at a million: what one report costs the server, how long its first release takes, and how long the
// sums take to be made again. Records are scores rows of made-up families, put in past the application; the pages go through it.
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { signInDemo, type Caller } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'

const rounds = 200
const services = 20

// Three sessions a family over twelve quarters, five age groups, two modes, ten kinds of support; the first service is the demo lead's own.
const seed = (ownService: string) => `
  insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices)
  select case when c % ${services} = 0 then '${ownService}' else 'made-up-' || c % ${services} end, gen_random_uuid(), md5('client ' || c)::uuid, $3,
    date '2023-07-01' + (c * 7919 % 1000)::integer + 45 * s, now(), (array['before', 'during', 'after'])[s + 1], (array['pre-birth', '0-2', '2-4', '5-11', '11-18'])[1 + c % 5],
    array['gbo/goal1', 'gbo/goal2', 'gbo/total', 'phq-9/total', 'gad-7/total'],
    array[(c * 31 + s * 7) % 11, (c * 17 + s * 11) % 11, 6 * ((c * 13 + s * 5) % 11), (c * 37 + 27 - 5 * s) % 28, (c * 41 + 21 - 4 * s) % 22]::integer[],
    array['mode/' || (array['face-to-face', 'online'])[1 + (c / 5) % 2], 'support/' || (array['none', 'education', 'social-care', 'health-visiting', 'parenting-programme', 'other'])[1 + (c / 10) % 6], 'helped_by/having-goals']
  from generate_series($1::bigint, $2::bigint) c, generate_series(0, 2) s`

type Taken = { readonly p50: number; readonly p95: number; readonly first: number }

async function take(caller: Caller, path: string): Promise<Taken> {
  const ask = async () => {
    const began = performance.now()
    const { status } = await caller.call('GET', path)
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    return performance.now() - began
  }
  const first = await ask()
  for (let warm = 0; warm < 20; warm++) await ask()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await ask())
  times.sort((one, other) => one - other)
  return { first, p50: times[rounds / 2] ?? 0, p95: times[Math.floor(rounds * 0.95)] ?? 0 }
}

export async function measureReports(): Promise<Figure[]> {
  const server = await startServerProcess()
  const admin = new pg.Client({ ...(await superuserOf(server.home)), database: 'attune' })
  await admin.connect()
  try {
    const [analyst, lead] = [await signInDemo(server.url, 'analyst'), await signInDemo(server.url, 'service-lead')]
    const own = lead.session.grants.find((grant) => grant.role === 'service-lead')?.serviceId ?? ''
    const [programme] = (await admin.query<{ programme_id: string }>('select programme_id from scores.record_scores limit 1')).rows
    const figures: Figure[] = []
    const p95: Record<string, number> = {}
    let clients = 0
    for (const records of [10_000, 1_000_000]) {
      await admin.query('alter table scores.record_scores disable trigger user')
      await admin.query(seed(own), [clients + 1, Math.round(records / 3), programme?.programme_id])
      await admin.query('alter table scores.record_scores enable trigger user')
      clients = Math.round(records / 3)
      await admin.query('analyze scores.record_scores')
      const began = performance.now()
      await admin.query('select sums.rebuild()')
      const seconds = (performance.now() - began) / 1000
      await admin.query('delete from sums.releases')
      await admin.query('vacuum analyze sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts, sums.pending, sums.releases')
      const name = `${records.toLocaleString('en')} records`
      for (const [what, caller, path] of [
        ['national report', analyst, '/api/reports/national'],
        ['report of one service', lead, '/api/reports/service'],
      ] as const) {
        const taken = await take(caller, path)
        const before = p95[what]
        p95[what] = taken.p95
        figures.push({
          name: `${what}, ${name}`,
          value: `p95 ${taken.p95.toFixed(1)} ms`,
          beside: `goal 50 ms${before === undefined ? '' : `; ${(taken.p95 / before).toFixed(2)} x of that at 10,000, goal 1.2`}; p50 ${taken.p50.toFixed(1)} ms; first release ${taken.first.toFixed(0)} ms`,
        })
      }
      figures.push({
        name: `all sums made again from the scores, ${name}`,
        value: `${seconds.toFixed(1)} s`,
        beside: records === 1_000_000 ? 'goal 60 s' : '',
      })
    }
    return figures
  } finally {
    await admin.end()
    await server.stop()
    await server.remove()
  }
}
