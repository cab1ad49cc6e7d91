// `npm run smoke`: the main job over HTTP against a fresh server on a free port, one line a step. Ends with 1 when a step does not hold.
import { randomBytes, randomUUID } from 'node:crypto'
import type { CodeSearchReply, FormSummary, FormView, Problem, RecordsPage, RecordView, Report, Standing } from '@attune/contract'
import { generateClientCode } from '@attune/policy'
import { signInDemo, type Caller } from './walk/caller.ts'
import { fillForm } from './walk/fill-form.ts'
import { startServerProcess } from './walk/server-process.ts'
import { sessionAnswers } from './walk/session-answers.ts'

const began = performance.now()
let at = began
let failed = 0

function step(says: string, holds: boolean, seen: unknown = ''): void {
  const now = performance.now()
  console.log(
    `${holds ? 'ok    ' : 'FAILED'} ${says} (${((now - at) / 1000).toFixed(2)} s)${holds ? '' : ` — saw ${JSON.stringify(seen).slice(0, 300)}`}`,
  )
  at = now
  if (!holds) failed++
}

const asPart = (xml: string) => [{ name: 'xml_submission_file', fileName: 'xml_submission_file', type: 'text/xml', content: xml }]
const code = (body: unknown) => (body as Problem).code

let server = await startServerProcess()
try {
  step(`a fresh server answers at ${server.url} with a demo in it`, true)

  const practitioner: Caller = await signInDemo(server.url, 'practitioner')
  const service = practitioner.session.grants.find((grant) => grant.grantId === practitioner.session.grantId)?.serviceName ?? ''
  step(`a practitioner of ${service} signs in`, service !== '', practitioner.session)

  const standing = (await practitioner.call<Standing>('GET', '/api/standing')).body
  step('consent, terms and training are in order', standing.ready, standing)

  const { forms } = (await practitioner.call<{ forms: FormSummary[] }>('GET', '/api/forms')).body
  const summary = forms.find((form) => form.kind === 'client-record')
  const form = (await practitioner.call<FormView>('GET', `/api/forms/${summary?.formId}/${summary?.version}`)).body
  step(`the form "${form.title}" version ${form.version} is on the device`, form.xml.includes('<instance'), form)

  const clientCode = generateClientCode((count) => randomBytes(count), { symbols: 10 })
  const today = new Date().toISOString().slice(0, 10)
  const marker = 'A quiet moment with the blue blanket.'
  const filled = await fillForm(
    form.xml,
    sessionAnswers({
      code: clientCode,
      codeSource: 'form',
      on: today,
      phq9: [2, 2, 1, 2, 1, 1, 1, 0, 0],
      gad7: [1, 2, 1, 1, 0, 1, 1],
      words: marker,
    }),
  )
  step('the form is filled in by the same engine as in the app', filled.xml.includes(clientCode))

  const sent = await practitioner.submit(asPart(filled.xml))
  step('it is sent: 201, and no answer comes back', sent.status === 201 && !sent.body.includes(marker), sent)
  const again = await practitioner.submit(asPart(filled.xml))
  step('sent twice it stays one: 202', again.status === 202, again)
  const changed = await practitioner.submit(asPart(filled.xml.replace(marker, 'Something else.')))
  step('the same id with other answers: 409', changed.status === 409, changed)
  const withoutConsent = await practitioner.submit(
    asPart(filled.xml.replace('<client_consented>yes<', '<client_consented>no<').replace(filled.instanceId.replace('uuid:', ''), randomUUID())),
  )
  step('without the client’s consent: 422', withoutConsent.status === 422, withoutConsent)
  const recordId = filled.instanceId.replace('uuid:', '')
  const readBack = await practitioner.call('GET', `/api/records/${recordId}`, { purpose: 'retrieve' })
  step('the practitioner cannot read it back', [403, 404].includes(readBack.status), readBack)

  const support = await signInDemo(server.url, 'data-support', service)
  const page = (await support.call<RecordsPage>('GET', '/api/records?limit=2000', { purpose: 'retrieve' })).body
  const row = page.records.find((record) => record.recordId === recordId)
  step(
    `data support of ${service} lists ${page.total} records, this one with PHQ-9 ${row?.scores['phq-9']} and GAD-7 ${row?.scores['gad-7']}`,
    row?.scores['phq-9'] === 10 && row.scores['gad-7'] === 7,
    row,
  )
  const record = (await support.call<RecordView>('GET', `/api/records/${recordId}`, { purpose: 'retrieve' })).body
  step(
    'opens it: the words and who ran the session are there',
    JSON.stringify(record.answers).includes(marker) && record.practitioner !== null,
    record,
  )
  const marketing = await support.call('GET', '/api/records', { purpose: 'marketing' })
  step('for another purpose than the policy’s: 403', marketing.status === 403 && code(marketing.body) === 'purpose-refused', marketing)
  const found = (
    await support.call<CodeSearchReply>('POST', '/api/records/find-code', {
      purpose: 'find-code',
      body: { practitionerId: row?.practitionerId, sessionOn: today },
    })
  ).body
  step(
    'finds the code by practitioner and day',
    found.found.some((one) => one.code === clientCode),
    found,
  )
  const careless = await support.call('POST', '/api/downloads', { purpose: 'download', body: { format: 'csv', acceptResponsibility: false } })
  step('a download without accepting responsibility: 422', careless.status === 422, careless)
  for (const format of ['csv', 'xlsx', 'json', 'sav'] as const) {
    const file = await support.call<Uint8Array>('POST', '/api/downloads', { purpose: 'download', body: { format, acceptResponsibility: true } })
    const names = Buffer.from(file.body).toString('latin1')
    step(
      `downloads ${format.toUpperCase()} with a manifest (${(file.body.length / 1024).toFixed(0)} kB)`,
      file.status === 200 && names.includes('manifest.json') && names.includes(`.${format}`),
      file.status,
    )
  }

  const other = (await (await fetch(`${server.url}/api/demo/people`)).json()) as { people: { role: string; serviceName: string }[] }
  const elsewhere = other.people.find((person) => person.role === 'data-support' && person.serviceName !== service)?.serviceName ?? ''
  const stranger = await signInDemo(server.url, 'data-support', elsewhere)
  const peek = await stranger.call('GET', `/api/records/${recordId}`, { purpose: 'retrieve' })
  step(`data support of ${elsewhere} finds nothing: 404`, peek.status === 404, peek)

  const analyst = await signInDemo(server.url, 'analyst')
  const report = (await analyst.call<Report>('GET', '/api/reports/national')).body
  const phq9 = report.measures.find((one) => one.measure === 'phq-9')
  step('an analyst sees national change with an interval', phq9 !== undefined && !phq9.meanChange.hidden && !phq9.low.hidden, phq9)
  const rows = await analyst.call('GET', '/api/records', { purpose: 'report' })
  step('and no row: 403', rows.status === 403, rows)

  await server.kill()
  server = await startServerProcess({ home: server.home, port: Number(new URL(server.url).port) })
  step('killed with -9 and started again', true)
  const later = await signInDemo(server.url, 'data-support', service)
  const still = await later.call('GET', `/api/records/${recordId}`, { purpose: 'retrieve' })
  step('the acknowledged record is there', still.status === 200, still)
} catch (failure) {
  step('the walk goes on to its end', false, String(failure))
} finally {
  await server.stop()
  await server.remove()
}
console.log(`${failed === 0 ? 'The main job works' : `${failed} steps failed`} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
process.exit(failed === 0 ? 0 : 1)
