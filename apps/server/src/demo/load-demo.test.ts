import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { withClient } from '../store/postgres-databases.ts'
import { loadDemo } from './load-demo.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune({ services: [] })
})
afterAll(() => test.stop())

it('fills an empty demo through the real actions, and a second start finds everything in place', async () => {
  const sent = await loadDemo(test.attune)
  expect(sent).toBeGreaterThan(300)
  expect(await loadDemo(test.attune)).toBe(0)
  const { rows } = await withClient(test.databases.admin.attune, (admin) =>
    admin.query('select count(*) as records, count(distinct client_id) as clients from answers.records'),
  )
  expect(rows[0]).toEqual({ records: String(sent), clients: '150' })
  const people = await test.stranger().get('/api/demo/people')
  expect(people.body.people.filter((person: { role: string }) => person.role === 'practitioner')).toHaveLength(13)
})
