// Counts of what was seen in free text and left in: they reach the log as kinds and numbers, and nothing else is believed.
import { factKinds } from '@attune/contract'
import { findingTypes } from '@attune/detector'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { readyPractitioner, sendParts, sessionGiven, toXml, xmlPart } from '../../../test/submission.ts'

let test: TestAttune
let practitioner: Awaited<ReturnType<typeof readyPractitioner>>
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test)
})
afterAll(() => test.stop())

const xml = () =>
  xmlPart(toXml(getFormOfKind(test.attune.programme, 'client-record'), sessionGiven({ narrative_child: 'Ffion hid behind the chair.' })))
const send = (parts: Parameters<typeof sendParts>[1]) => sendParts(practitioner, parts)
const noted = () =>
  askDatabase<{ detail: Record<string, unknown>; outcome: string }>(
    test,
    "select detail, outcome from log.events where action = 'text.keep' order by event_id",
  )

it('the kinds on the wire are the kinds that the detector knows', () => {
  expect([...factKinds].sort()).toEqual([...findingTypes].sort())
})

describe('what was left in', () => {
  it('is one event of the record with a number for each kind; the log never holds the words', async () => {
    const parcel = [xml(), { name: 'attune-kept-facts', content: '{"PERSON":2,"POSTCODE":1}' }]
    const reply = await send(parcel)
    expect(reply.status).toBe(201)
    expect(await noted()).toEqual([{ detail: { recordId: reply.body.instanceId, PERSON: 2, POSTCODE: 1 }, outcome: 'done' }])
    expect((await send(parcel)).status).toBe(202)
    expect(await noted()).toHaveLength(1)
    const all = await askDatabase<{ line: string }>(test, 'select e::text as line from log.events e')
    expect(all.filter(({ line }) => line.includes('Ffion'))).toEqual([])
  })

  it('is written with its record or not at all: where the log takes no such event, no record is kept', async () => {
    const count = async () => (await askDatabase<{ n: number }>(test, 'select count(*)::int as n from answers.records'))[0]!.n
    const before = await count()
    await askDatabase(test, `alter table log.events add constraint no_kept check (action <> 'text.keep') not valid`)
    const parcel = [xml(), { name: 'attune-kept-facts', content: '{"PERSON":1}' }]
    expect((await send(parcel)).status).toBe(500)
    expect(await count()).toBe(before)
    await askDatabase(test, 'alter table log.events drop constraint no_kept')
    expect((await send(parcel)).status).toBe(201)
    expect(await count()).toBe(before + 1)
  })

  it('a record from an app that does not say leaves no such event', async () => {
    const before = (await noted()).length
    expect((await send([xml()])).status).toBe(201)
    expect(await noted()).toHaveLength(before)
  })

  it.each(['{"PERSON":"Ffion"}', '{"PERSON":0}', '{"PERSON":1.5}', '{"PERSON":10000}', '{"NAME":1}', '["PERSON"]', 'Ffion', 'null', ''])(
    'anything but kinds and whole numbers is refused, so that no words can come in that way: %s',
    async (content) => {
      const before = (await noted()).length
      const reply = await send([xml(), { name: 'attune-kept-facts', content }])
      expect([reply.status, reply.body.code]).toEqual([400, 'submission-malformed'])
      expect(await noted()).toHaveLength(before)
    },
  )

  it('twice in one parcel is refused', async () => {
    const part = { name: 'attune-kept-facts', content: '{"PERSON":1}' }
    expect((await send([xml(), part, part])).status).toBe(400)
  })
})
