// Sums against the rows they come from, worked out in plain TypeScript and independently of the database's functions.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sumPairs } from '@attune/measures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { withActor } from '../with-actor.ts'
import { changeScores, type ScoresChange } from './change-scores.ts'
import { foldSums, rebuildSums } from './fold-sums.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

const ask = <T>(question: string, values: unknown[] = []) => askDatabase<T>(test, question, values)
const fold = () => foldSums(test.attune.databases.attune)
const change = (asked: ScoresChange) => withActor(test.attune.databases.attune, { role: 'system' }, 'fold', (trx) => changeScores(trx, asked))
const empty = () =>
  ask('truncate scores.record_scores, sums.arrived, sums.pending, sums.change_sums, sums.change_counts, sums.episode_counts, sums.choice_counts')

type Row = {
  service: string
  record: string
  client: string
  day: string
  received: number
  point: 'before' | 'during' | 'after'
  age: string
  scores: Record<string, number>
  choices: string[]
  counted: boolean
}
const services = ['north', 'south'] as const
const clients = Array.from({ length: 4 }, () => randomUUID())

/** Every cell as one line of text with its numbers; cells of nobody are left out. */
function expected(rows: readonly Row[]): Record<string, string> {
  const quarter = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
  const pairs: Record<string, [number, number][]> = {}
  const counts: Record<string, number> = {}
  const one = (cell: string) => (counts[cell] = (counts[cell] ?? 0) + 1)
  for (const service of services)
    for (const client of clients) {
      const mine = rows
        .filter((row) => row.service === service && row.client === client && row.counted)
        .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.received - b.received))
      const [first] = mine
      if (first === undefined) continue
      const choices = [...new Set(mine.flatMap((row) => row.choices))].sort()
      const modes = choices.filter((choice) => choice.startsWith('mode/')).map((choice) => choice.slice(5))
      const support = choices.filter((choice) => choice.startsWith('support/')).map((choice) => choice.slice(8))
      const where = [first.age, modes.length > 1 ? 'mixed' : (modes[0] ?? ''), support.join(' ')].join('|')
      one(`episode|${service}|${quarter(first.day)}|${where}|${mine.length}`)
      for (const choice of choices) one(`choice|${service}|${choice}|${quarter(first.day)}|${where}`)
      for (const scale of new Set(mine.flatMap((row) => Object.keys(row.scores)))) {
        const scored = mine.filter((row) => row.scores[scale] !== undefined)
        const before = scored.find((row) => row.point === 'before')
        if (before === undefined) continue
        const x = before.scores[scale]!
        const add = (pair: string, day: string, y: number) => (pairs[`${service}|${scale}|${pair}|${quarter(day)}|${where}`] ??= []).push([x, y])
        add('before', before.day, 0)
        for (const point of ['during', 'after'] as const) {
          const later = scored.findLast((row) => row.point === point)
          if (later === undefined) continue
          add(`before-${point}`, later.day, later.scores[scale]!)
          if (point === 'after') add('kept', before.day, later.scores[scale]!)
        }
      }
    }
  const cells: Record<string, string> = Object.fromEntries(Object.entries(counts).map(([cell, n]) => [cell, String(n)]))
  for (const [cell, list] of Object.entries(pairs)) {
    const { n, sx, sy, sxx, syy, sxy, histogram } = sumPairs(list)
    cells[`sums|${cell}`] = [n, sx, sy, sxx, syy, sxy].join(' ')
    if (cell.includes('|before-')) for (const [by, many] of Object.entries(histogram)) cells[`counts|${cell}|${by}`] = String(many)
  }
  return cells
}

async function kept(now: boolean): Promise<Record<string, string>> {
  const of = (name: string, table: string) => `sums.${now ? name : table}`
  const place = `age_group || '|' || mode || '|' || support`
  const rows = await ask<{ cell: string; numbers: string }>(`
    select 'sums|' || service_id || '|' || measure || '/' || scale || '|' || pair || '|' || period || '|' || ${place} as cell,
      concat_ws(' ', sum(n), sum(sx), sum(sy), sum(sxx), sum(syy), sum(sxy)) as numbers
    from ${of('changes_now', 'change_sums')} group by 1 having sum(n) <> 0 or sum(sxx) <> 0 or sum(syy) <> 0
    union all select 'counts|' || service_id || '|' || measure || '/' || scale || '|' || pair || '|' || period || '|' || ${place} || '|' || change, sum(n)::text
    from ${of('change_counts_now', 'change_counts')} group by 1 having sum(n) <> 0
    union all select 'episode|' || service_id || '|' || period || '|' || ${place} || '|' || sessions, sum(clients)::text
    from ${of('episodes_now', 'episode_counts')} group by 1 having sum(clients) <> 0
    union all select 'choice|' || service_id || '|' || question || '/' || choice || '|' || period || '|' || ${place}, sum(clients)::text
    from ${of('choices_now', 'choice_counts')} group by 1 having sum(clients) <> 0`)
  return Object.fromEntries(rows.map(({ cell, numbers }) => [cell, numbers]))
}

async function insert(row: Row) {
  await ask(
    `insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices)
     values ($1, $2, $3, 'vig-dcs', $4, to_timestamp($5), $6, $7, $8, $9, $10)`,
    [row.service, row.record, row.client, row.day, row.received, row.point, row.age, Object.keys(row.scores), Object.values(row.scores), row.choices],
  )
}

const someFacts = fc.record({
  day: fc.constantFrom('2025-01-05', '2025-03-31', '2025-04-01', '2025-07-01', '2026-01-01'),
  point: fc.constantFrom('before', 'during', 'after'),
  age: fc.constantFrom('0-2', '2-4'),
  scores: fc.dictionary(fc.constantFrom('phq-9/total', 'mors-sf/warmth'), fc.integer({ min: -5, max: 3500 })),
  choices: fc.uniqueArray(fc.constantFrom('support/none', 'support/education', 'mode/online', 'mode/face-to-face', 'helped/other')),
})
const someService = fc.constantFrom(...services)
const someClient = fc.constantFrom(...clients)
const someStep = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), service: someService, client: someClient, facts: someFacts }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), at: fc.nat(), facts: someFacts }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restrict' as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), at: fc.nat(), service: someService, client: someClient }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), at: fc.nat(), many: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
)
type Step = typeof someStep extends fc.Arbitrary<infer T> ? T : never

async function take(step: Step, rows: Row[]): Promise<void> {
  if (step.kind === 'fold') return void (await fold())
  if (step.kind === 'add') {
    const { service, client } = step
    const row: Row = { ...(step.facts as Row), service, client, record: randomUUID(), received: 1_750_000_000 + rows.length, counted: true }
    rows.push(row)
    return insert(row)
  }
  const row = rows[step.at % rows.length]
  if (row === undefined) return
  const record = { serviceId: row.service, recordId: row.record }
  if (step.kind === 'correct') {
    const { day, point, age, scores, choices } = step.facts as Row
    Object.assign(row, { day, point, age, scores, choices })
    await change({
      kind: 'change',
      record,
      to: { sessionOn: day, timePoint: point, ageGroup: age, scales: Object.keys(scores), scores: Object.values(scores), choices },
    })
  } else if (step.kind === 'restrict') {
    row.counted = !row.counted
    await change({ kind: 'count', record, counted: row.counted })
  } else if (step.kind === 'move') {
    Object.assign(row, { service: step.service, client: step.client })
    await change({ kind: 'move', record, toServiceId: step.service, toClientId: step.client })
  } else {
    const gone = rows.filter((each) => each.service === row.service).slice(0, step.many)
    await change({ kind: 'vanish', serviceId: row.service, recordIds: gone.map((each) => each.record) })
    for (const each of gone) rows.splice(rows.indexOf(each), 1)
  }
}

describe('sums', () => {
  it('are those of the rows after every single step, whatever is added, corrected, restricted, moved, erased or folded, and so after rebuilding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 3, maxLength: 20 }), async (steps) => {
        await empty()
        const rows: Row[] = []
        for (const step of steps) {
          await take(step, rows)
          expect(await kept(true), step.kind).toEqual(expected(rows))
        }
        await fold()
        expect(await kept(false)).toEqual(expected(rows))
        await rebuildSums(test.attune.databases.attune)
        expect(await kept(false)).toEqual(expected(rows))
      }),
      { seed: 20_251_122, numRuns: 12 },
    )
  }, 120_000)

  it('two sessions of one client that arrive at the same moment, folds between them, are in no sum twice and in none never', async () => {
    await empty()
    const rows = Array.from({ length: 120 }, (_, at): Row => ({
      service: 'north',
      record: randomUUID(),
      client: clients[at % clients.length]!,
      day: at % 2 === 0 ? '2025-02-03' : '2025-05-06',
      received: 1_750_000_000 + at,
      point: at % 3 === 0 ? 'before' : 'after',
      age: '0-2',
      scores: { 'phq-9/total': at % 27 },
      choices: at % 2 === 0 ? ['mode/online'] : [],
      counted: true,
    }))
    await Promise.all([...rows.map(insert), ...Array.from({ length: 12 }, fold)])
    expect(await kept(true)).toEqual(expected(rows))
    await fold()
    expect(await kept(false)).toEqual(expected(rows))
    // What arrived lay nowhere in between: what folds leave behind is read by each fold after them, until vacuum comes.
    expect(await ask(`select pg_relation_size('sums.pending')::integer as bytes`)).toEqual([{ bytes: 0 }])
    // And while more arrive, what is there is restricted, corrected and erased.
    const more = rows.map((row): Row => ({ ...row, record: randomUUID(), received: row.received + 1_000, day: '2025-07-01' }))
    const of = ({ service, record }: Row) => ({ serviceId: service, recordId: record })
    const [restricted, corrected, erased] = [rows.slice(0, 20), rows.slice(20, 40), rows.slice(40, 60)]
    await Promise.all([
      ...more.map(insert),
      ...restricted.map((row) => change({ kind: 'count', record: of(row), counted: false })),
      ...corrected.map((row) => change({ kind: 'change', record: of(row), to: { ageGroup: '2-4', choices: ['support/none'] } })),
      ...erased.map((row) => change({ kind: 'vanish', serviceId: row.service, recordIds: [row.record] })),
      ...Array.from({ length: 12 }, fold),
    ])
    for (const row of restricted) row.counted = false
    for (const row of corrected) Object.assign(row, { age: '2-4', choices: ['support/none'] })
    const left = [...rows.filter((row) => !erased.includes(row)), ...more]
    expect(await kept(true)).toEqual(expected(left))
    await fold()
    expect(await kept(false)).toEqual(expected(left))
  })

  it('a fold that begins while a correction is under way waits for it: what it settles is what the correction left', async () => {
    await empty()
    const row: Row = {
      service: 'north',
      record: randomUUID(),
      client: clients[0]!,
      day: '2025-02-03',
      received: 1_750_000_000,
      point: 'before',
      age: '0-2',
      scores: { 'phq-9/total': 9 },
      choices: [],
      counted: true,
    }
    const later: Row = { ...row, record: randomUUID(), received: 1_750_000_001, day: '2025-05-06', point: 'after', scores: { 'phq-9/total': 4 } }
    await insert(row)
    await fold()
    let folding: Promise<number> | undefined
    await withActor(test.attune.databases.attune, { role: 'system' }, 'fold', async (trx) => {
      await changeScores(trx, { kind: 'change', record: { serviceId: 'north', recordId: row.record }, to: { ageGroup: '2-4' } })
      await insert(later)
      folding = fold()
      await Promise.race([folding, new Promise((resolve) => setTimeout(resolve, 300))])
    })
    await folding
    const rows = [{ ...row, age: '2-4' }, later]
    expect(await kept(true)).toEqual(expected(rows))
    await fold()
    expect(await kept(false)).toEqual(expected(rows))
  })

  it('a change that is rolled back leaves the sums as they were', async () => {
    await empty()
    const row: Row = {
      service: 'north',
      record: randomUUID(),
      client: clients[0]!,
      day: '2025-02-03',
      received: 1_750_000_000,
      point: 'before',
      age: '0-2',
      scores: { 'phq-9/total': 9 },
      choices: [],
      counted: true,
    }
    await insert(row)
    await expect(
      withActor(test.attune.databases.attune, { role: 'system' }, 'fold', async (trx) => {
        await changeScores(trx, { kind: 'vanish', serviceId: 'north', recordIds: [row.record] })
        throw new Error('something else went wrong')
      }),
    ).rejects.toThrow('something else')
    expect(await kept(true)).toEqual(expected([row]))
  })
})
