// The forms' desk from outside: what is refused, who may publish, and what becomes of records that are there already.
import { randomUUID } from 'node:crypto'
import { compile, readXlsx } from '@attune/xlsform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { changedClientForm, findTodaysForm, handIn, publishForm, sendWith, toSurveyRow } from '../../test/handing-in.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'
import { unzip, unzipReply } from '../../test/unzip.ts'

let test: TestAttune
let one: Client & { accountId: string }
let other: Client & { accountId: string }
beforeAll(async () => {
  test = await startAttune()
  one = await test.as('administrator', { displayName: 'Ada First' })
  other = await test.as('administrator', { displayName: 'Ben Second' })
  await one.get('/api/form-desk')
})
afterAll(() => test.stop())

const kept = async () => {
  const [row] = await askDatabase<{ drafts: string; versions: string }>(
    test,
    'select (select count(*) from policy.form_drafts) as drafts, (select count(*) from policy.form_versions) as versions',
  )
  return row
}
type Issue = { code: string; severity: string; sheet: string; row: number; message: string }
const question = (cells: object) =>
  toSurveyRow({ type: 'select_one yes_no', name: 'new_thing', label: 'Did it start on time?', welsh: 'A ddechreuodd ar amser?', ...cells })
const declared = `| fields | | | | | |
| | name | label | purposes | sensitivity | justification |
| | new_thing | New thing | guide-practice | ordinary | Needed to plan visits. |`
const asking = (cells: object, sheets = declared) => changedClientForm({ addAfter: ['age_group', question(cells)], sheets })
/** Hands in what has to be refused: nothing may be kept of it. */
const refusedIssues = async (content: string): Promise<Issue[]> => {
  const before = await kept()
  const { status, body } = await handIn(one, content)
  expect([status, body.draft, body.form]).toEqual([200, null, null])
  expect(await kept()).toEqual(before)
  return body.issues.filter(({ severity }: Issue) => severity === 'error')
}

describe('handing a form in', () => {
  it('DCS-032: a question without a declared purpose is refused and named at its row; nothing can be published', async () => {
    const [issue] = await refusedIssues(asking({}, ''))
    expect(issue).toMatchObject({ code: 'question-without-field', sheet: 'survey', message: expect.stringContaining('"new_thing"') })
    const [purposeless] = await refusedIssues(asking({}, declared.replace('guide-practice', '')))
    expect([purposeless?.code, purposeless?.message]).toEqual(['question-without-purpose', expect.stringContaining('new_thing')])
  })

  it.each([
    ['Date of birth', 'date'],
    ['What is the child’s full name?', 'text'],
    ['Postcode', 'text'],
    ['NHS number', 'text'],
  ])('DCS-039: a form with the question “%s” is refused, with the rule named', async (label, type) => {
    const issues = await refusedIssues(asking({ type, label, guidance: 'g', welshGuidance: 'g' }))
    expect(issues.map(({ code }) => code)).toContain('question-asks-identity')
    expect(issues.find(({ code }) => code === 'question-asks-identity')?.message).toContain('new_thing')
  })

  it('DCS-040: a question labelled “Ethnicity”, or a list of faiths, is refused even with a purpose declared for it', async () => {
    expect((await refusedIssues(asking({ label: 'Ethnicity' }))).map(({ code }) => code)).toContain('question-asks-special-category')
    const faiths = ['Christian', 'Muslim', 'Hindu', 'Jewish'].map((faith, at) => `| | faiths | f${at} | ${faith} | ${faith} | |`).join('\n')
    const text = asking({ type: 'select_one faiths', label: 'Which of these?' }).replace('| | yes_no | yes |', `${faiths}\n| | yes_no | yes |`)
    expect((await refusedIssues(text)).map(({ code }) => code)).toContain('question-asks-special-category')
  })

  it('DCS-119: a form whose code or free text has lost its guidance, in one of its languages, is refused with the question named', async () => {
    const guidance = 'Leave out names, places, schools, dates of birth, addresses and phone numbers.'
    for (const [name, from] of [
      ['client_code', 'The code stands for the client and must not say who they are.'],
      ['narrative_child', guidance],
    ] as const) {
      const text = changedClientForm({ version: '2025-06.bare' })
      const row = text.split('\n').find((line) => line.includes(`| ${name} |`)) ?? ''
      const cell = row.split('|').find((one) => one.includes(from)) ?? 'none'
      const issues = await refusedIssues(text.replace(row, row.replace(cell, ' ')))
      expect(issues.map(({ code }) => code)).toContain('guidance-missing')
      expect(issues.find(({ code }) => code === 'guidance-missing')?.message).toContain(`"${name}"`)
    }
  })

  it('a question that splits families into ever smaller groups is flagged for whoever publishes, with how much', async () => {
    const { body } = await handIn(one, asking({ type: 'select_one helped' }).replace('2025-06.2', '2025-06.flag'))
    const flagged = body.issues.filter(({ code }: Issue) => code === 'combination-singles-out')
    expect(flagged).toHaveLength(1)
    expect(flagged[0].message).toMatch(/"new_thing" can describe .* times as many/)
    const seen = await other.get(`/api/form-drafts/${body.draft.draftId}`)
    expect(seen.body.issues).toEqual(body.issues)
    expect((await one.request('DELETE', `/api/form-drafts/${body.draft.draftId}`)).status).toBe(200)
    expect((await other.post(`/api/form-drafts/${body.draft.draftId}/publish`)).body.code).toBe('form-draft-decided')
  })

  it('shows every cell that was sent, what changes, and what runs on the version before it', async () => {
    const text = changedClientForm({ version: '2025-06.look', replace: ['On which day was the session?', 'On what day was the session?'] })
    const { body } = await handIn(one, text)
    const cells = body.sheets.flatMap(({ rows }: { rows: { cells: { text: string }[] }[] }) =>
      rows.flatMap((row) => row.cells.map((cell) => cell.text)),
    )
    expect(cells).toContain('On what day was the session?')
    expect(body.difference).toMatchObject({ against: '2025-06.2', added: [], removed: [], changed: [{ name: 'session_on', parts: ['words'] }] })
    expect(body.running).toEqual({ records: { hidden: true, because: expect.any(String) }, versions: ['2025-06.2'] })
    expect(body.form.xml).toContain('On what day was the session?')
    expect(body.draft).toMatchObject({ proposedBy: 'Ada First', own: true, state: 'draft' })
    expect((await other.get(`/api/form-drafts/${body.draft.draftId}`)).body.draft).toMatchObject({ own: false })
    await one.request('DELETE', `/api/form-drafts/${body.draft.draftId}`)
  })
})

describe('publishing', () => {
  it('takes two people: whoever handed it in is refused with a sentence, and the database says the same', async () => {
    const { draft } = (await handIn(one, changedClientForm({ version: '2025-06.two' }))).body
    const before = await kept()
    const refused = await one.post(`/api/form-drafts/${draft.draftId}/publish`)
    expect([refused.status, refused.body.code]).toEqual([403, 'second-person-same'])
    expect(refused.body.detail).toMatch(/cannot also/)
    expect(await kept()).toEqual(before)
    await expect(
      askDatabase(test, `update policy.form_drafts set state = 'published', decided_by = proposed_by, decided_at = now() where draft_id = $1`, [
        draft.draftId,
      ]),
    ).rejects.toThrow(/second_person/)
    expect((await other.post(`/api/form-drafts/${draft.draftId}/publish`)).body.state).toBe('published')
    const events = (await one.get('/api/events')).body.events as { action: string; outcome: string }[]
    for (const entry of [
      { action: 'form.propose', outcome: 'done' },
      { action: 'form.publish', outcome: 'refused' },
      { action: 'form.publish', outcome: 'done' },
    ])
      expect(events).toContainEqual(expect.objectContaining(entry))
  })

  it('a published version never changes, and the same version cannot be handed in again', async () => {
    await publishForm([one, other], changedClientForm({ version: '2025-06.once' }))
    const issues = await refusedIssues(changedClientForm({ version: '2025-06.once', replace: ['On which day', 'On what day'] }))
    expect(issues[0]).toMatchObject({ code: 'version-taken', sheet: 'settings', row: 2 })
  })
})

describe('records and versions', () => {
  it('each record keeps its version: older ones still open and leave under it, new ones are sent with the new one', async () => {
    const practitioner = await readyPractitioner(test)
    const support = await test.as('data-support', { serviceId: 'north' })
    const older = randomUUID()
    expect((await sendSession(test, practitioner, { session_on: '2025-09-01', signed_on: '2025-09-01' }, { instanceId: older })).status).toBe(201)

    const next = changedClientForm({
      version: '2026-01.1',
      addAfter: ['age_group', question({})],
      replace: ['On which day was the session?', 'On what day was the session?'],
      sheets: declared,
    })
    expect((await publishForm([one, other], next)).body.state).toBe('published')
    const today = await findTodaysForm(practitioner)
    expect(today.version).toBe('2026-01.1')
    const newer = randomUUID()
    const sent = await sendWith(practitioner, today, { session_on: '2025-09-02', signed_on: '2025-09-01', new_thing: 'yes' }, newer)
    expect(sent.status, sent.text).toBe(201)
    // A draft that was begun before can still be sent.
    expect((await sendSession(test, practitioner, { session_on: '2025-09-03', signed_on: '2025-09-01' })).status).toBe(201)

    const words = async (recordId: string) => {
      const { body } = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
      const labels = body.answers.map(({ name, label }: { name: string; label: string }) => [name, label])
      return { version: body.formVersion, labels: Object.fromEntries(labels) as Record<string, string> }
    }
    expect(await words(older)).toMatchObject({ version: '2025-06.2', labels: { session_on: 'On which day was the session?' } })
    expect((await words(older)).labels['new_thing']).toBeUndefined()
    expect(await words(newer)).toMatchObject({
      version: '2026-01.1',
      labels: { session_on: 'On what day was the session?', new_thing: 'Did it start on time?' },
    })
    const order = { acceptResponsibility: true, format: 'csv', from: '2025-09-01', until: '2025-09-02' }
    const csv = unzipReply(await support.post('/api/downloads', order, { purpose: 'download' })).get('records.csv')!
    const [head = '', ...lines] = csv.toString('utf8').slice(1).trim().split('\r\n')
    expect(head.split(',')).toContain('new_thing')
    const cell = (recordId: string, column: string) => lines.find((line) => line.includes(recordId))?.split(',')[head.split(',').indexOf(column)]
    expect([cell(older, 'new_thing'), cell(newer, 'new_thing')]).toEqual(['', 'yes'])
    expect([cell(older, 'form_version'), cell(newer, 'form_version')]).toEqual(['2025-06.2', '2026-01.1'])
  })

  it('a closed version takes no more answers and stays readable; the version in use cannot be closed', async () => {
    const practitioner = await readyPractitioner(test)
    expect((await one.post('/api/forms/client-session/2025-06.2/close')).status).toBe(200)
    const refused = await sendSession(test, practitioner, { session_on: '2025-09-04', signed_on: '2025-09-01' })
    expect([refused.status, refused.body.code]).toEqual([403, 'form-closed'])
    const closed = await other.get('/api/form-versions/client-session/2025-06.2')
    expect([closed.status, closed.body.row.status, closed.body.form.version]).toEqual([200, 'closed', '2025-06.2'])
    const today = await findTodaysForm(practitioner)
    expect((await one.post(`/api/forms/client-session/${today.version}/close`)).body.code).toBe('form-last-version')
    const support = await test.as('data-support', { serviceId: 'north' })
    const { records } = (await support.get('/api/records', { purpose: 'retrieve' })).body
    const { body } = await support.get(`/api/records/${records.at(-1).recordId}`, { purpose: 'retrieve' })
    expect([body.formVersion, body.answers.length > 5]).toEqual(['2025-06.2', true])
  })

  it('any version comes as a spreadsheet that compiles to the same questions', async () => {
    const reply = await one.get('/api/form-versions/client-session/2025-06.2/workbook')
    expect(reply.headers['content-disposition']).toBe('attachment; filename="client-session-2025-06.2.xlsx"')
    const texts = new Map([...unzip(reply.bytes)].map(([name, bytes]) => [name, bytes.toString('utf8')]))
    const compiled = compile(readXlsx(texts))
    const { outline } = (await one.get('/api/form-versions/client-session/2025-06.2')).body.form
    expect(compiled.ok ? [] : compiled.issues).toEqual([])
    expect(compiled.ok && { ...compiled.outline, children: [] }).toEqual({ ...outline, children: [] })
    const names = (nodes: { name: string; children?: [] }[]): string[] => nodes.flatMap((node) => [node.name, ...names(node.children ?? [])])
    expect(compiled.ok && names(compiled.outline.children as never)).toEqual(names(outline.children))
    // Handed in again it is what it was: only its version is taken.
    const again = await handIn(one, reply.bytes, 'client-session.xlsx')
    expect(again.body.issues.filter(({ severity }: Issue) => severity === 'error').map(({ code }: Issue) => code)).toEqual(['version-taken'])
  })
})
