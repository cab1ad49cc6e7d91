// What decisions of the rights desk do, watched from outside: the API, the raw database, bytes of packages, letters.
import { randomUUID } from 'node:crypto'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { Compile } from 'typebox/compile'
import { PortableBundle } from '@attune/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import type { Client, TestAttune } from '../../test/attune.ts'
import { openDesk, type Desk } from '../../test/rights-desk.ts'
import { newCode, onePixel, readyPractitioner, sendParts, sendSession, sessionGiven, toXml, xmlPart } from '../../test/submission.ts'
import { unzip, unzipReply } from '../../test/unzip.ts'
import { databaseNames } from '../store/postgres-databases.ts'

let desk: Desk
let test: TestAttune
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
  test = desk.test
})
afterAll(() => test.stop())

/** Every row of every table of the three databases as text: what a copy of the disk would tell. */
async function everything(): Promise<string> {
  const texts: string[] = []
  for (const database of databaseNames) {
    const tables = await askDatabase<{ name: string }>(
      test,
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      [],
      database,
    )
    for (const { name } of tables)
      texts.push(
        ...(await askDatabase<{ row: string }>(test, `select t::text as row from ${name} t`, [], database)).map(({ row }) => `${name} ${row}`),
      )
  }
  return texts.join('\n')
}
const sums = () =>
  askDatabase(
    test,
    'select measure, scale, pair, period, sum(n)::text n, sum(sx)::text sx from sums.changes_now group by 1, 2, 3, 4 having sum(n) <> 0 or sum(sx) <> 0 order by 1, 2, 3, 4',
  )

describe('deleting a client', () => {
  it('DCS-150: no row, key, file or sum of the client is left anywhere, only a keyed mark; the code is not taken in again; the service is told', async () => {
    const code = newCode()
    const before = await sums()
    const recordId = await desk.sent(code, { measures_used: 'kpcs', kpcs_total: '31' })
    const [client] = await askDatabase<{ client_id: string }>(test, 'select client_id from answers.records where record_id = $1', [recordId])
    const clientId = client!.client_id
    expect(await sums()).not.toEqual(before)
    const done = await desk.grant({ type: 'delete', code, words: 'Everything of this code, please.' })
    expect([done.state, done.code, done.words, done.records]).toEqual(['done', null, null, 0])
    expect(await desk.listed(code)).toEqual([])
    expect(await sums()).toEqual(before)
    for (const table of ['answers.clients', 'answers.records', 'scores.record_scores'])
      expect(await askDatabase(test, `select 1 from ${table} where client_id = $1`, [clientId]), table).toEqual([])
    expect(await askDatabase(test, 'select 1 from identity.record_authors where record_id = $1', [recordId])).toEqual([])
    expect(await askDatabase(test, 'select 1 from keyring.client_keys where client_id = $1', [clientId], 'keyring')).toEqual([])
    expect(await askDatabase(test, 'select 1 from sums.arrived union all select 1 from sums.pending')).toEqual([])
    const raw = await everything()
    expect(raw).not.toContain(code)
    const traces = raw.split('\n').filter((line) => line.includes(clientId))
    expect(traces.map((line) => line.split(' ')[0]).filter((table) => table !== 'rights.requests')).toEqual([])
    const [mark] = await askDatabase<{ hash: string; done: boolean }>(
      test,
      `select encode(keyed_hash, 'hex') as hash, outside_done_at is not null as done from rights.erasures where request_id = $1`,
      [done.requestId],
    )
    expect(mark!.done).toBe(true)
    const certificate = (await desk.lead.get(`/api/rights/${done.requestId}/letters/certificate`)).text
    expect(certificate).toContain('1 record and 0 files were erased')
    expect(certificate).toContain(mark!.hash.slice(0, 16))
    const letter = test.letters.findLast((one) => one.to === 'lead@example.org' && one.subject === 'Data of a client was deleted')
    expect([letter?.text]).toEqual([expect.stringContaining(done.reference)])
    expect(letter!.text).not.toContain(code)

    const again = await sendSession(test, desk.practitioner, { client_code: code, session_on: '2025-07-12', session_no: '2' })
    expect([again.status, again.body.code]).toEqual([403, 'client-erased'])
    const events = await askDatabase<{ action: string }>(test, `select action from log.events where detail ->> 'reference' = $1 order by event_id`, [
      done.reference,
    ])
    expect(events.map(({ action }) => action)).toEqual(['right.file', 'right.propose', 'right.decide'])
  })

  it('a picture goes with its record, and another client of the service stays as it was', async () => {
    const [code, other] = [newCode(), newCode()]
    const kept = await desk.sent(other)
    const instanceId = randomUUID()
    const form = test.attune.programme.forms.find((one) => one.kind === 'client-record')!
    const reply = await sendParts(desk.practitioner, [
      xmlPart(toXml(form, sessionGiven({ client_code: code }), { instanceId })),
      { name: 'a.png', fileName: 'a.png', type: 'image/png', content: onePixel },
    ])
    if (reply.status === 201) expect(await askDatabase(test, 'select 1 from answers.attachments where record_id = $1', [instanceId])).toHaveLength(1)
    else await desk.sent(code)
    await desk.grant({ type: 'delete', code })
    expect(await askDatabase(test, 'select 1 from answers.attachments where record_id = $1', [instanceId])).toEqual([])
    expect((await desk.listed(other)).map((record) => record.recordId)).toEqual([kept])
    expect((await desk.support.get(`/api/records/${kept}`, { purpose: 'retrieve' })).status).toBe(200)
  })

  it('DCS-150: a draft that waits on a device under a deleted code is refused, also when no record had come before', async () => {
    const code = newCode()
    await desk.grant({ type: 'delete', code })
    const late = await sendSession(test, desk.practitioner, { client_code: code })
    expect([late.status, late.body.code]).toEqual([403, 'client-erased'])
  })

  it('a request that was filed before the first record of its code is about the records that came since', async () => {
    const [code, paused] = [newCode(), newCode()]
    const filed = await desk.file({ type: 'delete', code, identityCheck: 'known-in-person' })
    const held = await desk.file({ type: 'pause', code: paused, identityCheck: 'known-in-person' })
    const recordId = await desk.sent(code)
    await desk.sent(paused)
    const linked = { purpose: 'delete-on-request', headers: { 'attune-request': filed.requestId } }
    expect((await desk.administrator.get('/api/records', linked)).body.records).toMatchObject([{ recordId }])
    expect((await desk.administrator.get(`/api/rights/${filed.requestId}`)).body.records).toBe(1)
    await desk.decide(filed.requestId)
    expect((await desk.agree(filed.requestId)).body.state).toBe('done')
    expect((await desk.lead.get(`/api/rights/${filed.requestId}/letters/certificate`)).text).toContain('1 record and 0 files were erased')
    expect(await askDatabase(test, 'select 1 from answers.records where record_id = $1', [recordId])).toEqual([])
    expect(await desk.listed(paused)).toEqual([])
    await desk.lead.post(`/api/rights/${held.requestId}/take-back`)
    expect(await desk.listed(paused)).toHaveLength(1)
  })

  it('DCS-154: the certificate lists the copy that the service took, by day and fingerprint, and sends the client there', async () => {
    test.clock.pass(60_000)
    const code = newCode()
    await desk.sent(code)
    const download = await desk.support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    const manifest = JSON.parse(unzipReply(download).get('manifest.json')!.toString('utf8')) as { sha256: string }
    const done = await desk.grant({ type: 'delete', code })
    const certificate = (await desk.lead.get(`/api/rights/${done.requestId}/letters/certificate`)).text
    expect(certificate).toContain(`Copy taken on 21 November 2025, fingerprint (SHA-256) ${manifest.sha256}`)
    expect(certificate).toContain('Please ask there as well')
    const home = (await desk.lead.get('/api/rights/summary')).body
    expect(home.notices).toContainEqual(expect.objectContaining({ kind: 'client-deleted', reference: done.reference }))
    const unheld = await desk.grant({ type: 'delete', code: newCode() })
    expect((await desk.lead.get(`/api/rights/${unheld.requestId}/letters/certificate`)).text).toContain('We know of no copy')
  })

  it('an interruption between the decision and the destruction of the key is taken up again', async () => {
    const code = newCode()
    const recordId = await desk.sent(code)
    const [{ client_id } = { client_id: '' }] = await askDatabase<{ client_id: string }>(
      test,
      'select client_id from answers.records where record_id = $1',
      [recordId],
    )
    const done = await desk.grant({ type: 'delete', code })
    // As it stands when the server stops right after the decision was kept.
    await askDatabase(test, 'update rights.erasures set outside_id = $2, outside_done_at = null where request_id = $1', [done.requestId, client_id])
    await desk.file({ type: 'complain', code: newCode() })
    expect(await askDatabase(test, 'select 1 from rights.erasures where outside_id is not null')).toEqual([])
    expect(await askDatabase(test, 'select 1 from keyring.client_keys where client_id = $1', [client_id], 'keyring')).toEqual([])
  })
})

describe('taking it along', () => {
  const unseal = async (sealed: Buffer, identity: string) => {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return unzip(Buffer.from(await decrypter.decrypt(sealed)))
  }

  it('DCS-149: the package holds every session of the code and none of another, fits the published schema, and nobody here can open it', async () => {
    const [code, other] = [newCode(), newCode()]
    const mine = [
      await desk.sent(code),
      await desk.sent(code, { session_on: '2025-08-10', session_no: '2', narrative_child: 'Waits for an answer now.' }),
    ]
    await desk.sent(other)
    const identity = await generateIdentity()
    const request = await desk.file({ type: 'port', code, identityCheck: 'known-in-person' })
    expect((await desk.decide(request.requestId)).body.code).toBe('request-incomplete')
    expect((await desk.decide(request.requestId, { recipient: { name: 'Another clinic', ageKey: `age1${'q'.repeat(58)}` } })).body.code).toBe(
      'recipient-key-refused',
    )
    const done = (await desk.decide(request.requestId, { recipient: { name: 'Another clinic', ageKey: await identityToRecipient(identity) } })).body
    expect([done.state, done.recipient, done.packages]).toEqual([
      'done',
      'Another clinic',
      [expect.objectContaining({ records: 2, withheld: 0, takenAt: null })],
    ])
    const file = await desk.administrator.get(`/api/rights/${request.requestId}/package`)
    expect([file.status, file.bytes.subarray(0, 21).toString()]).toEqual([200, 'age-encryption.org/v1'])
    expect(file.bytes.includes('Waits for an answer')).toBe(false)
    expect((await desk.practitioner.get(`/api/rights/${request.requestId}/package`)).status).toBe(404)
    const files = await unseal(file.bytes, identity)
    const bundle = JSON.parse(files.get('data.json')!.toString('utf8')) as PortableBundle
    expect([...Compile(PortableBundle).Errors(bundle)]).toEqual([])
    expect(bundle.clients.map((client) => [client.code, client.sessions.map((session) => session.recordId)])).toEqual([[code, mine]])
    expect(JSON.stringify(bundle)).not.toContain(other)
    expect(files.get('sessions.csv')!.toString('utf8')).toContain('Waits for an answer now.')
    expect(JSON.parse(files.get('schema.json')!.toString('utf8')).properties.schema.const).toBe('attune-portable/1')
    expect((await desk.lead.get(`/api/rights/${request.requestId}/letters/certificate`)).text).toContain(done.packages[0].sha256)
  })

  it('DCS-149: a practitioner gets what is held about them: consent, training and stamps', async () => {
    const identity = await generateIdentity()
    const person = await readyPractitioner(test, 'north', { firstName: 'Wren', surname: 'Aldous' })
    const recordId = await desk.sent(newCode(), {}, person)
    const own = await desk.file({ type: 'port' }, person)
    await desk.decide(own.requestId, { recipient: { name: 'The person', ageKey: await identityToRecipient(identity) } })
    const bundle = JSON.parse(
      (await unseal((await desk.administrator.get(`/api/rights/${own.requestId}/package`)).bytes, identity)).get('data.json')!.toString('utf8'),
    ) as PortableBundle
    expect([...Compile(PortableBundle).Errors(bundle)]).toEqual([])
    expect(bundle.practitioner!.consents[0]!.fields).toMatchObject({ firstName: 'Wren', surname: 'Aldous' })
    expect(bundle.practitioner!.records).toEqual([expect.objectContaining({ recordId, name: 'Wren Aldous' })])
    expect(bundle.clients).toEqual([])
  })

  it('COM-060: a service gets every row that is not held and that its clients agreed to, cleared and sealed; its first request in a year cannot be refused', async () => {
    const person = await readyPractitioner(test, 'south')
    const [open, held, withheld] = [newCode(), newCode(), newCode()]
    const given = await desk.sent(open, {}, person)
    await desk.sent(held, {}, person)
    await desk.sent(withheld, { service_copy: 'no' }, person)
    await desk.sent(newCode())
    await desk.file({ type: 'pause', code: held }, desk.southLead)
    const request = await desk.file({ type: 'whole-service' }, desk.southLead)
    expect([request.subject, request.dueOn, request.state]).toEqual(['service', '2025-12-22', 'confirmed'])
    const refusal = await desk.decide(request.requestId, { outcome: 'refuse' })
    expect([refusal.status, refusal.body.detail]).toEqual([409, expect.stringContaining('cannot be refused')])
    const identity = await generateIdentity()
    const done = (await desk.decide(request.requestId, { recipient: { name: 'Service south', ageKey: await identityToRecipient(identity) } })).body
    expect(done.packages[0]).toMatchObject({ records: 1, withheld: 2 })
    const file = await desk.southLead.get(`/api/rights/${request.requestId}/package`)
    const bundle = JSON.parse((await unseal(file.bytes, identity)).get('data.json')!.toString('utf8')) as PortableBundle
    expect(bundle.clients).toEqual([expect.objectContaining({ code: open, sessions: [expect.objectContaining({ recordId: given })] })])
    expect((await desk.lead.get(`/api/rights/${request.requestId}/package`)).status).toBe(404)
    const second = await desk.file({ type: 'whole-service' }, desk.southLead)
    expect(
      (await desk.decide(second.requestId, { outcome: 'refuse', reasons: 'The package of this month holds the same records.' })).body.state,
    ).toBe('refused')
  })
})

describe('passing records on', () => {
  it('DCS-073: moved from north to south, north sees nothing of it any more, south does, and the trail shows the request', async () => {
    const code = newCode()
    const recordId = await desk.sent(code, { narrative_child: 'Looks up and smiles.' })
    const transfer = await desk.grant({ type: 'port', code }, { toServiceId: 'south' })
    expect(transfer.state).toBe('done')
    expect(await desk.listed(code)).toEqual([])
    expect((await desk.listed(code, desk.southSupport)).map((record) => record.recordId)).toEqual([recordId])
    const record = await desk.southSupport.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
    expect([record.status, record.text]).toEqual([200, expect.stringContaining('Looks up and smiles.')])
    expect((await desk.support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).status).toBe(404)
    expect(
      await askDatabase(test, `select 1 from log.events where action = 'right.decide' and detail ->> 'reference' = $1`, [transfer.reference]),
    ).toHaveLength(1)
    expect(test.letters.map((letter) => [letter.to, letter.subject])).toContainEqual([
      'south.lead@example.org',
      'Records of a client have come to you',
    ])
    const [mine] = await askDatabase<{ service: string; enrolled: boolean }>(
      test,
      `select a.service_id as service, p.practitioner_id is not null as enrolled from identity.record_authors a left join identity.practitioners p using (service_id, practitioner_id) where a.record_id = $1`,
      [recordId],
    )
    expect(mine).toEqual({ service: 'south', enrolled: true })
  })

  it('to a service that is not live, or that uses the code for somebody else, nothing is moved', async () => {
    const code = newCode()
    const recordId = await desk.sent(code)
    await desk.sent(code, {}, await readyPractitioner(test, 'south'))
    const request = await desk.file({ type: 'port', code, identityCheck: 'known-in-person' })
    for (const toServiceId of ['south', 'north', 'nowhere'])
      expect((await desk.decide(request.requestId, { toServiceId })).status, toServiceId).toBe(409)
    expect((await desk.listed(code)).map((record) => record.recordId)).toEqual([recordId])
  })
})

describe('opening records for a request', () => {
  const open = (url: string, purpose: string | undefined, requestId?: string, who: Client = desk.administrator) =>
    who.get(url, { ...(purpose !== undefined && { purpose }), ...(requestId !== undefined && { headers: { 'attune-request': requestId } }) })

  it('DCS-071: an administrator opens a record only with a listed reason and, to correct, delete or pass on, with an open request about that client', async () => {
    const [code, other] = [newCode(), newCode()]
    const [recordId, otherId] = [await desk.sent(code), await desk.sent(other)]
    const request = await desk.file({ type: 'rectify', code, identityCheck: 'known-in-person' })
    const url = `/api/records/${recordId}`
    expect((await open(url, undefined)).status).toBe(403)
    expect((await open(url, 'marketing')).status).toBe(403)
    expect((await open(url, 'delete-on-request')).status).toBe(403)
    expect((await open(url, 'correct', randomUUID())).status).toBe(403)
    const opened = await open(url, 'correct', request.requestId)
    expect([opened.status, opened.body.record?.recordId ?? Object.keys(opened.body)]).toEqual([200, recordId])
    expect((await open(`/api/records/${otherId}`, 'correct', request.requestId)).status).toBe(404)
    expect((await open('/api/records', 'correct', request.requestId)).body.records.map((one: { recordId: string }) => one.recordId)).toEqual([
      recordId,
    ])
    // The code is one of the service's; whoever asks is the operator's.
    for (const [asked, found] of [
      [code, 1],
      [other, 0],
    ] as const)
      expect((await open(`/api/records?code=${asked}`, 'correct', request.requestId)).body.records).toHaveLength(found)
    const [{ practitioner_id: practitionerId } = { practitioner_id: '' }] = await askDatabase<{ practitioner_id: string }>(
      test,
      'select practitioner_id from identity.record_authors where record_id = $1',
      [recordId],
    )
    const ofThatDay = await desk.administrator.post(
      '/api/records/find-code',
      { practitionerId, sessionOn: opened.body.record?.sessionOn ?? opened.body.sessionOn },
      { purpose: 'find-code', headers: { 'attune-request': request.requestId } },
    )
    expect(ofThatDay.body.found.map((one: { code: string }) => one.code)).toEqual([code])
    expect(
      await askDatabase(
        test,
        `select 1 from log.events where action = 'record.read' and purpose = 'correct' and outcome = 'done' and detail ->> 'reference' = $1`,
        [request.reference],
      ),
    ).toHaveLength(1)
    await desk.lead.post(`/api/rights/${request.requestId}/take-back`)
    expect((await open(url, 'correct', request.requestId)).status).toBe(403)
  })

  it('DCS-072: a corrected score is served and counted; the trail names field and actor and keeps hashes in place of the words', async () => {
    const code = newCode()
    const before = await sums()
    const recordId = await desk.sent(code, { measures_used: 'kpcs', kpcs_total: '31', narrative_child: 'Cries at every planted goodbye.' })
    const request = await desk.file({ type: 'rectify', code, identityCheck: 'known-in-person' })
    const correct = (answers: object, more: object = {}) =>
      desk.administrator.post(`/api/records/${recordId}/correction`, {
        requestId: request.requestId,
        reason: 'The service found a slip of the pen.',
        answers,
        ...more,
      })
    expect((await desk.decide(request.requestId)).body.detail).toContain('Correct the record first')
    for (const [answers, status] of [
      [{ kpcs_total: '99' }, 422],
      [{ client_code: newCode() }, 422],
      [{ planted: 'x' }, 422],
      [{}, 422],
      [{ narrative_child: 'Sarah Thompson cries.' }, 422],
    ] as const)
      expect((await correct(answers)).status, JSON.stringify(answers)).toBe(status)
    // What the client agreed to is no answer: not even beside one that may be corrected, and nothing of both is kept.
    for (const [question, value] of [
      ['service_copy', 'no'],
      ['client_consented', 'no'],
      ['signed_on', '2025-06-30'],
      ['held_by_service', ''],
    ] as const) {
      const refused = await correct({ kpcs_total: '25', [question]: value })
      expect([refused.status, refused.body.code, refused.body.detail], question).toEqual([
        422,
        'request-incomplete',
        expect.stringContaining('changes only when consent is given anew'),
      ])
      expect(refused.body.fields).toEqual([{ place: '/answers/1', why: 'says what the client agreed to, and cannot be corrected here' }])
    }
    expect(await askDatabase(test, 'select 1 from answers.corrections where record_id = $1', [recordId])).toEqual([])
    expect((await correct({ kpcs_total: '32' }, { reason: '' })).status).toBe(400)
    expect(
      (
        await desk.lead.post(`/api/records/${recordId}/correction`, {
          requestId: request.requestId,
          reason: 'The service found a slip.',
          answers: { kpcs_total: '32' },
        })
      ).status,
    ).toBe(403)
    const done = await correct({ kpcs_total: '24', narrative_child: 'Settles after a while.' })
    expect([done.status, done.body.fields, test.faults]).toEqual([200, ['kpcs_total', 'narrative_child'], []])
    const shown = (await desk.support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).text
    expect(shown).toContain('Settles after a while.')
    expect(shown).not.toContain('planted goodbye')
    expect(await sums()).not.toEqual(before)
    const [score] = await askDatabase<{ scores: number[] }>(test, 'select scores from scores.record_scores where record_id = $1', [recordId])
    expect(score!.scores).toContain(24)
    const [event] = await askDatabase<{ account_id: string; detail: { fields: string[] } }>(
      test,
      `select account_id, detail from log.events where action = 'record.correct'`,
    )
    expect([event!.account_id, event!.detail.fields]).toEqual([desk.administrator.accountId, ['kpcs_total', 'narrative_child']])
    const trail = await askDatabase<{ field: string; hashed: boolean }>(
      test,
      `select field, length(before_hash) = 32 and length(after_hash) = 32 and before_hash <> after_hash as hashed from answers.corrections where record_id = $1 order by 1`,
      [recordId],
    )
    expect(trail).toEqual([
      { field: 'kpcs_total', hashed: true },
      { field: 'narrative_child', hashed: true },
    ])
    const history = (who: Client) => who.get(`/api/rights/${request.requestId}/corrections`)
    const told = await history(desk.administrator)
    expect(told.body.corrections.map((one: { label: string; mine: boolean; reason: string }) => [one.label !== '', one.mine, one.reason])).toEqual([
      [true, true, 'The service found a slip of the pen.'],
      [true, true, 'The service found a slip of the pen.'],
    ])
    expect(told.text).not.toMatch(/planted goodbye|Settles after/)
    expect((await history(desk.lead)).body.corrections.map((one: { madeBy: string | null }) => one.madeBy)).toEqual([null, null])
    expect((await history(desk.southLead)).status).toBe(404)
    expect(await everything()).not.toMatch(/planted goodbye|Settles after/)
    expect((await desk.decide(request.requestId)).body.state).toBe('done')
  })
})

it('DCS-101: a record whose author is no enrolment of its service is refused by the database', async () => {
  const recordId = await desk.sent(newCode())
  const orphans = await askDatabase(
    test,
    `select 1 from answers.records r left join identity.record_authors a using (service_id, record_id) left join identity.practitioners p on p.service_id = a.service_id and p.practitioner_id = a.practitioner_id where p.practitioner_id is null`,
  )
  expect(orphans).toEqual([])
  await expect(
    askDatabase(test, `update identity.record_authors set practitioner_id = gen_random_uuid() where record_id = $1`, [recordId]),
  ).rejects.toMatchObject({ code: '23503' })
})
