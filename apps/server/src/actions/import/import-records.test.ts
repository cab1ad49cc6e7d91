// Taking records over: from the read API of a second Attune in the manner of KoboToolbox, from exports, and from a server that answers as ODK
// Central documents it (https://docs.getodk.org/central-api-odata-endpoints/).
import { createServer } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCommand } from '../../../../../tools/import.ts'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { agreeWithKobo } from '../../../test/kobo-agreement.ts'
import { readyPractitioner, sendSession, sessionGiven } from '../../../test/submission.ts'
import { verifySums } from '../sums/verify-sums.ts'

let from: TestAttune
let to: TestAttune
let folder = ''
let address = ''
let token = ''
const email = 'ana@example.org'
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attune-import-'))
  ;[from, to] = await Promise.all([startAttune(), startAttune()])
  const sender = await readyPractitioner(from)
  const goals = { goal_2: 'Read & rest <together>', goal_2_rating: '3', goals_order: ['goal_2', 'goal_1'] }
  for (const day of ['2025-08-01', '2025-08-02', '2025-08-03']) await sendSession(from, sender, { session_on: day, ...(day.endsWith('2') && goals) })
  await sendSession(from, sender, { session_on: '2025-08-04', narrative_child: 'Ffion Prosser rang from 07700 900222.' })
  const support = await from.as('data-support')
  token = (await support.post('/api/read-tokens', { name: 'Move', acceptResponsibility: true }, { purpose: 'download' })).body.token
  address = await from.listen()
  await readyPractitioner(to, 'north', { email })
})
afterAll(async () => {
  await Promise.all([from.stop(), to.stop()])
  await rm(folder, { recursive: true, force: true })
})

async function run(args: string[], env: Record<string, string> = { ATTUNE_IMPORT_TOKEN: token }) {
  const said = { out: '', err: '' }
  const code = await importCommand(
    [...args, '--service', 'north'],
    { write: (text: string) => (said.out += text) },
    { write: (text: string) => (said.err += text) },
    { env, lend: (work) => work(to.attune) },
  )
  return { code, ...said }
}
const live = (...more: string[]) => run(['kobo', '--url', address, '--asset', 'client-session', '--practitioner', email, ...more])
const held = async () => Number((await askDatabase<{ n: string }>(to, 'select count(*) as n from answers.records'))[0]!.n)
/** Every record as the service's data support reads it. */
const readAll = async () => {
  const support = await to.as('data-support', { serviceId: 'north' })
  const { records } = (await support.get('/api/records', { purpose: 'retrieve' })).body as { records: { recordId: string }[] }
  const read = await Promise.all(records.map(({ recordId }) => support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })))
  return read.map(({ text }) => text).join('\n')
}
const write = async (name: string, text: string) => {
  await writeFile(path.join(folder, name), text)
  return path.join(folder, name)
}

describe('an import that may not be', () => {
  const reads = async () =>
    Number((await askDatabase<{ n: string }>(from, `select count(*) as n from log.events where action = 'record.download'`))[0]!.n)

  it('DCS-061: without an agreement in force with whoever runs the Kobo server nothing is asked there and nothing is kept, and the sentence says why', async () => {
    const before = await reads()
    expect(await live()).toMatchObject({ code: 2, out: '', err: expect.stringContaining('No recipient of the policy stands behind "kobo"') })
    agreeWithKobo(to, '2025-11-20')
    expect(await live('--dry-run')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('DPA-KOBO with Kobo ran out on 2025-11-20') })
    expect([await reads(), await held()]).toEqual([before, 0])
    agreeWithKobo(to, '2026-11-20')
  })

  it('DCS-010: for a service that has not accepted the processor terms, or is closed, nothing is read and nothing is kept', async () => {
    const before = await reads()
    const terms = (on: string | null, status: string) =>
      askDatabase(to, `update policy.services set processor_terms_on = $1, status = $2 where service_id = 'north'`, [on, status])
    await terms(null, 'draft')
    for (const refused of [await live(), await run(['kobo', '--data', await write('early.json', '[]')])])
      expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Service north has not accepted the processor terms') })
    await terms('2025-01-01', 'closed')
    expect(await live()).toMatchObject({ code: 2, err: expect.stringContaining('Service north is closed here') })
    await terms('2025-01-01', 'live')
    expect([await reads(), await held()]).toEqual([before, 0])
  })
})

describe('an import from a running server in the manner of KoboToolbox', () => {
  it('says in a dry run what would happen and keeps nothing', async () => {
    const { code, out } = await live('--dry-run')
    expect(out).toContain('4 records read: 3 would be taken over')
    expect(out).toContain('1 × a personal fact is seen in narrative_child')
    expect(out).not.toContain('Prosser')
    expect([code, await held()]).toEqual([1, 0])
  })

  it('takes each record over once, with scores, sums and events, and leaves it where a fact is seen', async () => {
    expect((await live()).out).toContain('4 records read: 3 taken over, 0 were here already')
    expect((await live()).out).toContain('4 records read: 0 taken over, 3 were here already')
    expect(await held()).toBe(3)
    const events = await askDatabase<{ action: string; n: string }>(
      to,
      `select action, count(*) as n from log.events where action in ('record.submit', 'record.import') and outcome = 'done' group by action order by action`,
    )
    expect(events).toEqual([
      { action: 'record.import', n: '2' },
      { action: 'record.submit', n: '3' },
    ])
    expect(await verifySums(to.attune)).toMatchObject({ records: 3, differing: [] })
    expect(await readAll()).toContain('Read & rest <together>')
  })

  it('strips the fact when told to, and nothing of it reaches the store', async () => {
    const { code, out } = await live('--facts', 'strip')
    expect([code, out]).toEqual([0, expect.stringContaining('1 taken over, 3 were here already')])
    expect(out).toMatch(/narrative_child: 1 × PERSON/)
    const all = await readAll()
    expect(all).toMatch(/\[[a-z ]+\] rang from \[[a-z ]+\]/i)
    expect(all).not.toMatch(/Prosser|07700/)
  })

  it('tells what the server says about a wrong token, and sends it to no other host', async () => {
    expect(await run(['kobo', '--url', address, '--asset', 'client-session'], { ATTUNE_IMPORT_TOKEN: 'x' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('does not take this token'),
    })
    expect(await run(['kobo', '--url', 'http://kf.example.org', '--asset', 'a'])).toMatchObject({ code: 2, err: expect.stringContaining('https') })
  })
})

describe('an import of an export', () => {
  const heading = 'visit/day;visit/stage;kind/tools;kind/tools/letter;_submitted_by;_uuid;_validation_status;weather'
  const given = Object.fromEntries(Object.entries(sessionGiven()).filter(([, value]) => typeof value === 'string')) as Record<string, string>
  const set = Object.entries({ ...given, measures_used: 'none', other_support: 'none' }).filter(
    ([name]) => !['session_on', 'time_point'].includes(name),
  )
  const mapping = `
questions: { session_on: visit/day, time_point: visit/stage }
choices: { time_point: { endline: after } }
people: { field3: ${email} }
set:
${set.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`).join('\n')}
`
  const form =
    '| survey |\n| | type | name | label |\n| | select_one st | stage | When? |\n| choices |\n| | list_name | name | label |\n| | st | s1 | Before the first video work |\n| | st | endline | End |'

  it('reads semicolons and the labels of the XLSForm, and says what has no place here', async () => {
    const rows = [
      '2025-09-01;s1;letter;1;field3;2a1f0b6e-0000-4000-8000-000000000001;;"wet; cold"',
      '2025-09-02;endline;;0;field3;2a1f0b6e-0000-4000-8000-000000000002;;',
      '2025-09-03;s1;;0;nobody;2a1f0b6e-0000-4000-8000-000000000003;;',
      '2025-09-04;s1;;0;field3;2a1f0b6e-0000-4000-8000-000000000004;Not approved;',
      '2025-13-05;s1;;0;field3;2a1f0b6e-0000-4000-8000-000000000005;;',
    ]
    const report = path.join(folder, 'report.json')
    const { code, out } = await run([
      'kobo',
      ...['--data', await write('kobo.csv', `${heading}\n${rows.join('\n')}\n`)],
      ...['--form', await write('form.md', form), '--mapping', await write('mapping.yaml', mapping), '--report', report],
    ])
    expect([code, out]).toEqual([1, expect.stringContaining('5 records read: 2 taken over')])
    expect(out).toContain('1 × nobody here is its practitioner')
    expect(out).toContain('1 × it was rejected there')
    expect(out).toMatch(/1 × \S*session_on: /)
    expect(out).toContain('time_point: s1 -> before')
    expect(out).toContain('time_point: endline -> after')
    expect(out).toContain('weather (1)')
    expect(
      await askDatabase(to, `select time_point from scores.record_scores where session_on between '2025-09-01' and '2025-09-30' order by session_on`),
    ).toEqual([{ time_point: 'before' }, { time_point: 'after' }])
  })

  it('names every mistake of a mapping, and leaves a record that changed there as it is here', async () => {
    const file = await write('wrong.yaml', 'questions: { sesion_on: a }\nsets: {}\nchoices: { time_point: x }')
    const { code, err } = await run(['kobo', '--data', await write('one.csv', `${heading}\n`), '--mapping', file])
    expect(code).toBe(2)
    expect(err).toMatch(/"sets" is no part[\s\S]*"time_point": is a list[\s\S]*"sesion_on": the form asks no such question/)
    const changed = `${heading}\n2025-09-01;endline;;;field3;2a1f0b6e-0000-4000-8000-000000000001;;\n`
    const again = await run(['kobo', '--data', await write('changed.csv', changed), '--mapping', await write('mapping.yaml', mapping)])
    expect(again.out).toContain('0 taken over, 0 were here already, 1 changed there since')
  })
})

describe('an import from ODK Central', () => {
  it('follows the pages of the feed with the groups of the form, through a busy moment', async () => {
    const groups = await odkGroups()
    let busy = 1
    const asked: string[] = []
    const server = createServer((request, reply) => {
      asked.push(`${request.headers.authorization} ${request.url}`)
      if (busy-- > 0) return reply.writeHead(429, { 'retry-after': '0' }).end()
      const second = request.url!.includes('skiptoken')
      const value = {
        __id: second ? 'form:two' : 'uuid:2a1f0b6e-0000-4000-8000-00000000000a',
        __system: { submitterName: 'Ana' },
        ...groups(second ? 2 : 1),
      }
      const next = { '@odata.nextLink': `http://elsewhere.example.org/other?$skiptoken=01&$top=1` }
      reply.setHeader('content-type', 'application/json')
      reply.end(JSON.stringify({ '@odata.count': 2, value: [value], ...(!second && next) }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/v1/projects/1/forms/sessions`
    const { code, out } = await run(['odk', '--url', url, '--practitioner', email])
    server.close()
    expect([code, out]).toEqual([0, expect.stringContaining('2 records read: 2 taken over')])
    expect(asked.at(-1)).toBe(`Bearer ${token} /v1/projects/1/forms/sessions.svc/Submissions?$skiptoken=01&$top=1`)
  })

  it('reads the CSV, where groups are joined by hyphens', async () => {
    const [row] = [(await odkGroups())(3)]
    const flat = Object.entries(row).flatMap(([group, answers]) =>
      Object.entries(answers).map(([name, value]) => [`${group}-${name}`, value] as const),
    )
    const csv = `KEY,SubmitterName,${flat.map(([key]) => key).join(',')}\nuuid:2a1f0b6e-0000-4000-8000-00000000000b,Ana,${flat.map(([, value]) => `"${value}"`).join(',')}\n`
    const { code, out } = await run(['odk', '--data', await write('odk.csv', csv), '--practitioner', email])
    expect([code, out]).toEqual([0, expect.stringContaining('1 record read: 1 taken over')])
  })
})

/** A session as ODK Central nests it: answers in their groups. */
async function odkGroups() {
  const { outline } = to.attune.programme.forms.find(({ kind }) => kind === 'client-record')!
  return (day: number) => {
    const given = sessionGiven({ session_on: `2025-10-0${day}`, measures_used: 'none', other_support: 'none' })
    const groups: Record<string, Record<string, string>> = {}
    for (const group of outline.children)
      if (group.kind === 'group')
        for (const { name } of group.children) if (given[name] !== undefined) (groups[group.name] ??= {})[name] = String(given[name])
    return groups
  }
}
