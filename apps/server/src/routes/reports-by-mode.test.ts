// Work held online, apart from work face to face: the figures of each are those of its own families and of nobody else.
import { pairedChange } from '@attune/measures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
let lead: Client
const modes = ['face-to-face', 'online'] as const
const pairs: { [mode in (typeof modes)[number]]: [number, number][] } = { 'face-to-face': [], online: [] }
const phq = (total: number) =>
  itemsGiven(
    'phq9',
    Array.from({ length: 9 }, (_, at) => Math.min(3, Math.max(0, total - at * 3))),
  )

beforeAll(async () => {
  test = await startAttune()
  lead = await test.as('service-lead', { serviceId: 'north' })
  const practitioner = await readyPractitioner(test, 'north')
  for (const [nth, mode] of modes.entries())
    for (let family = 0; family < 12; family++) {
      const [before, after] = [18 - (family % 5), 12 - nth * 5 - (family % 7)]
      pairs[mode].push([before, Math.max(0, after)])
      const always = { client_code: newCode(), age_group: '5-11', session_mode: mode, measures_used: ['phq-9'] }
      await sendSession(test, practitioner, { ...always, session_on: '2025-04-02', signed_on: '2025-04-01', ...phq(before) })
      const later = { ...always, session_on: '2025-08-02', session_no: '2', time_point: 'after', helped_by: ['having-goals'] }
      await sendSession(test, practitioner, { ...later, ...phq(Math.max(0, after)) })
    }
}, 240_000)
afterAll(() => test.stop())

type Cell = { hidden: boolean; value?: number }
type Measure = { measure: string } & { [name in 'nPaired' | 'meanBefore' | 'meanAfter' | 'meanChange' | 'low' | 'high']: Cell }
const phqOf = (body: { measures: Measure[] }) => body.measures.find((each) => each.measure === 'phq-9')!

describe('reports by how sessions were held', () => {
  it.each(modes)('COM-034: the figures of %s sessions are those of its own families', async (mode) => {
    const { body } = await lead.get(`/api/reports/service?mode=${mode}`)
    const truth = pairedChange(
      pairs[mode].map(([x]) => x),
      pairs[mode].map(([, y]) => y),
      { direction: 'lower' },
    )
    const measure = phqOf(body)
    expect(body.mode).toBe(mode)
    expect([measure.nPaired, body.clients]).toEqual([
      { hidden: false, value: 10 },
      { hidden: false, value: 10 },
    ])
    expect([measure.meanChange, measure.low, measure.high].map(({ value }) => value)).toEqual(
      [truth.meanChange!, truth.ciLow!, truth.ciHigh!].map((value) => Number(value.toFixed(1))),
    )
  })

  it('COM-034: the whole report counts both kinds and keeps them apart', async () => {
    const { body } = await lead.get('/api/reports/service')
    const counts = Object.fromEntries(body.modes.map(({ choice, count }: { choice: string; count: Cell }) => [choice, count.value]))
    expect(counts).toMatchObject({ 'face-to-face': 10, online: 10 })
    expect(phqOf(body).nPaired).toEqual({ hidden: false, value: 25 })
  })
})
