import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
let analyst: Client
const sentence = 'He hums the porridge song and waits for my smile.'
const texts = (client: Client, query = 'question=narrative_child') => client.get(`/api/themes/texts?${query}`, { purpose: 'analyse' })

beforeAll(async () => {
  test = await startAttune()
  analyst = await test.as('analyst')
  for (const [service, count] of [
    ['north', 40],
    ['south', 20],
  ] as const) {
    const practitioner = await readyPractitioner(test, service, { firstName: 'Planted', surname: `Zebedee${service}` })
    for (let client = 0; client < count; client++)
      await sendSession(test, practitioner, {
        // The first name is a word like any other: only who knows whose record it is takes it for a name.
        narrative_child:
          client === 0
            ? `${sentence} Zebedee${service} rang Ffion on 07700 900 222. He showed Planted the tower.`
            : `Session ${client + 1}: a warm one.`,
        ...(client === 1 && { session_on: '2025-10-20' }),
      })
  }
}, 120_000)
afterAll(() => test.stop())

describe('reading for themes', () => {
  it('DCS-095: the stream of words holds no practitioner’s name, no other name and no number, nor an id of a record or the name of a service', async () => {
    const first = await texts(analyst)
    expect([first.status, first.headers['cache-control']]).toEqual([200, expect.stringContaining('no-store')])
    const second = await texts(analyst, `question=narrative_child&after=${first.body.next}`)
    const all = [...first.body.texts, ...second.body.texts] as string[]
    expect([all.length, second.body.next]).toEqual([58, null])
    expect(all.filter((text) => text.includes('porridge'))).toHaveLength(2)
    expect(first.text + second.text).not.toMatch(/Zebedee|Planted|Ffion|07700|north|south/i)
    const ids = await askDatabase<{ record_id: string; client_id: string }>(test, 'select record_id, client_id from answers.records')
    for (const { record_id, client_id } of ids) expect(first.text.includes(record_id) || first.text.includes(client_id)).toBe(false)
  })

  it('DCS-094: after a session of coding only counts of themes are kept, under labels too short for a quotation', async () => {
    const counts = { question: 'narrative_child', from: '2025-Q2', until: '2025-Q3', textsRead: 58 }
    const themes = [
      { theme: 'shared delight', count: 34 },
      { theme: 'waiting', count: 3 },
    ]
    const saved = await analyst.post('/api/themes', { ...counts, themes }, { purpose: 'analyse' })
    expect(saved.status).toBe(201)
    expect(await askDatabase(test, 'select theme, n, texts_read from sums.theme_counts order by n desc')).toEqual([
      { theme: 'shared delight', n: 34, texts_read: 58 },
      { theme: 'waiting', n: 3, texts_read: 58 },
    ])
    for (const table of ['sums.theme_counts', 'log.events', 'sums.releases'])
      expect(await askDatabase(test, `select 1 from ${table} t where t::text like '%porridge%'`), table).toEqual([])
    const { body } = await analyst.get('/api/themes', { purpose: 'analyse' })
    expect(body.codings[0].themes).toEqual([
      { theme: 'shared delight', count: { hidden: false, value: 35 } },
      { theme: 'waiting', count: { hidden: true, because: expect.stringMatching(/hidden/) } },
    ])
    for (const theme of ['He hums the porridge song and waits', 'Ffion', 'x'.repeat(41)])
      expect((await analyst.post('/api/themes', { ...counts, themes: [{ theme, count: 1 }] }, { purpose: 'analyse' })).status, theme).toBe(400)
    expect(await askDatabase(test, 'select count(*)::int as rows from sums.theme_counts')).toEqual([{ rows: 2 }])
  })

  it('each page is an event with who, why and how many; without the purpose, for a quarter that is not released and for others there is nothing', async () => {
    const events = await askDatabase<{ purpose: string; detail: { records: number }; account_id: string | null }>(
      test,
      `select purpose, detail, account_id from log.events where action = 'text.code' and outcome = 'done' order by event_id`,
    )
    expect(events.map(({ purpose, detail }) => [purpose, detail.records])).toEqual([
      ['analyse', 50],
      ['analyse', 8],
    ])
    for (const { account_id } of events) expect(account_id).not.toBeNull()
    expect((await analyst.get('/api/themes/texts?question=narrative_child')).status).toBeGreaterThanOrEqual(400)
    expect((await texts(analyst, 'question=narrative_child&until=2025-Q4')).body.code).toBe('slice-refused')
    expect((await texts(analyst, 'question=goal_1')).status).toBe(400)
    expect((await texts(analyst, 'question=narrative_child&after=abc')).status).toBe(400)
    for (const role of ['practitioner', 'service-lead', 'data-support', 'administrator', 'auditor'] as const)
      expect((await texts(await test.as(role))).status, role).toBe(403)
  })
})
