// Jobs by the clock, watched from outside: what they did, the schedule's rows and the log. Two servers on one database are two runners.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import type { Job, Timing } from './job.ts'
import { toNextDue } from './next-due.ts'
import { makeJobRunner, startJobs } from './run-jobs.ts'
import { jobs } from './table.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())
beforeEach(async () => {
  await askDatabase(test, 'delete from jobs.schedules')
  test.clock.set('2025-11-21T10:00:00Z')
})

const events = (job: string) =>
  askDatabase<{ outcome: string; detail: Record<string, unknown> }>(
    test,
    `select outcome, detail from log.events where action = 'job.run' and detail ->> 'job' = $1 order by event_id`,
    [job],
  )
const schedule = async (job: string) =>
  (await askDatabase<{ due_at: Date; held_by: string | null; failures: number }>(test, 'select * from jobs.schedules where job = $1', [job]))[0]!

/** A job whose runs the test counts and ends. */
function makeJob(name: string, timing: Timing = { everySeconds: 60 }, run: Job['run'] = async () => ({ done: 1 })) {
  const runs: Date[] = []
  const job: Job = {
    name,
    timing,
    run: async (attune, signal) => {
      runs.push(attune.clock.now())
      return run(attune, signal)
    },
  }
  return { job, runs }
}

describe('when a job is due', () => {
  it.each([
    ['in winter London is UTC', '2025-11-21T10:00:00Z', '03:15', '2025-11-22T03:15:00Z'],
    ['before the hour it is today', '2025-11-21T01:00:00Z', '03:15', '2025-11-21T03:15:00Z'],
    ['in summer an hour earlier by UTC', '2025-07-01T10:00:00Z', '03:15', '2025-07-02T02:15:00Z'],
    ['late in a summer evening the day is London’s', '2025-07-01T23:30:00Z', '00:20', '2025-07-02T23:20:00Z'],
    ['on the day that the clocks go forward', '2025-03-30T00:30:00Z', '03:15', '2025-03-30T02:15:00Z'],
    ['in the hour that does not exist that day, all the same once', '2025-03-30T00:30:00Z', '01:30', '2025-03-30T01:30:00Z'],
    ['on the day that they go back', '2025-10-25T12:00:00Z', '03:15', '2025-10-26T03:15:00Z'],
  ])('%s', (_, now, dailyAt, due) => {
    expect(toNextDue({ dailyAt }, new Date(now)).toISOString()).toBe(new Date(due).toISOString())
  })
})

describe('a job', () => {
  it('runs when it is due and not before, and its run is an event', async () => {
    const { job, runs } = makeJob('count-things')
    const runner = await makeJobRunner(test.attune, [job])
    expect(await runner.runDue()).toEqual(['count-things'])
    expect(await runner.runDue()).toEqual([])
    test.clock.pass(59_000)
    expect(await runner.runDue()).toEqual([])
    test.clock.pass(1_000)
    expect(await runner.runDue()).toEqual(['count-things'])
    expect(runs).toHaveLength(2)
    expect(await events('count-things')).toEqual(Array(2).fill({ outcome: 'done', detail: { job: 'count-things', done: 1 } }))
  })

  it('that had nothing to do leaves no event, unless it is a daily one', async () => {
    const often = makeJob('often', { everySeconds: 5 }, async () => ({ done: 0 }))
    const daily = makeJob('daily', { dailyAt: '03:00' }, async () => ({ done: 0 }))
    const runner = await makeJobRunner(test.attune, [often.job, daily.job])
    await runner.runDue()
    expect(daily.runs).toHaveLength(0)
    test.clock.set('2025-11-22T03:00:00Z')
    expect((await runner.runDue()).sort()).toEqual(['daily', 'often'])
    expect(await events('often')).toEqual([])
    expect(await events('daily')).toEqual([{ outcome: 'done', detail: { job: 'daily', done: 0 } }])
  })

  it('missed while no server ran is made up for once', async () => {
    const { job, runs } = makeJob('missed', { dailyAt: '03:00' })
    await makeJobRunner(test.attune, [job])
    test.clock.set('2025-11-25T09:00:00Z')
    const later = await makeJobRunner(test.attune, [job])
    expect(await later.runDue()).toEqual(['missed'])
    expect(await later.runDue()).toEqual([])
    expect([runs.length, (await schedule('missed')).due_at.toISOString()]).toEqual([1, '2025-11-26T03:00:00.000Z'])
  })

  it('runs on one of several servers', async () => {
    const { job, runs } = makeJob('once', { everySeconds: 60 }, async () => {
      await pause(50)
      return { done: 1 }
    })
    const servers = await Promise.all([1, 2, 3, 4].map(() => makeJobRunner(test.attune, [job])))
    const names = (await Promise.all(servers.map((server) => server.runDue()))).flat()
    expect([names, runs.length]).toEqual([['once'], 1])
  })

  it('that a server died over is taken up by another when the hold has run out', async () => {
    const dead = makeJob('survivor', { everySeconds: 60 }, () => new Promise(() => {}))
    void (await makeJobRunner(test.attune, [dead.job])).runDue()
    while (dead.runs.length === 0) await pause(5)
    const alive = makeJob('survivor')
    const other = await makeJobRunner(test.attune, [alive.job])
    expect(await other.runDue()).toEqual([])
    test.clock.pass(61_000)
    expect(await other.runDue()).toEqual(['survivor'])
    expect(alive.runs).toHaveLength(1)
  })

  it('that fails is tried again after a pause that grows; the fault is in the log without what it said', async () => {
    let broken = true
    const { job, runs } = makeJob('fragile', { everySeconds: 10 }, async () => {
      if (broken) throw new Error('planted words')
      return { done: 3 }
    })
    const runner = await makeJobRunner(test.attune, [job])
    const pauses: number[] = []
    for (let tries = 0; tries < 3; tries++) {
      await runner.runDue()
      const due = (await schedule('fragile')).due_at
      pauses.push((due.getTime() - test.clock.now().getTime()) / 60_000)
      test.clock.set(due)
    }
    expect(pauses).toEqual([1, 2, 4])
    broken = false
    await runner.runDue()
    expect([runs.length, (await schedule('fragile')).failures]).toEqual([4, 0])
    const noted = await events('fragile')
    expect(noted.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'done'])
    expect(JSON.stringify(noted)).not.toContain('planted')
    expect(test.faults.some((line) => line.includes(String(noted[0]!.detail['fault'])) && !line.includes('planted'))).toBe(true)
  })

  it('is broken off when the server stops, and stays due for the next', async () => {
    const { job, runs } = makeJob(
      'long',
      { dailyAt: '03:00' },
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('broken off')))),
    )
    await makeJobRunner(test.attune, [job])
    test.clock.set('2025-11-22T04:00:00Z')
    const started = await startJobs(test.attune, [job])
    while (runs.length === 0) await pause(5)
    await started.stop()
    const { held_by, due_at } = await schedule('long')
    expect([held_by, due_at.toISOString()]).toEqual([null, '2025-11-22T03:00:00.000Z'])
    expect(await events('long')).toEqual([])
  })
})

it('every job of this server has a name of its own and runs on an empty installation', async () => {
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length)
  const runner = await makeJobRunner(test.attune, jobs)
  test.clock.pass(25 * 60 * 60_000)
  expect((await runner.runDue()).sort()).toEqual(jobs.map(({ name }) => name).sort())
  const rows = await askDatabase<{ outcome: string }>(test, 'select distinct outcome from jobs.schedules')
  expect(rows).toEqual([{ outcome: 'done' }])
})
