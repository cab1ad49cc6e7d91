// Kobo's read API as robotoolbox uses it: the package itself where this machine has R with it (ATTUNE_RSCRIPT, or Rscript), and everywhere the same calls,
// checks and tables as its source has. Records have repeats inside repeats, files, several choices and a place.
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { getFormOfKind, type Programme } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAsRobotoolbox } from '../../test/robotoolbox-client.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { onePixel, readyPractitioner, sendParts, sendSession, sessionGiven, toXml, xmlPart, type Part } from '../../test/submission.ts'
import { getVisitsProgramme } from '../../test/visits-programme.ts'

let test: TestAttune
let address = ''
let token = ''
let sender: Awaited<ReturnType<typeof readyPractitioner>>
const picture = (name: string, end: string): Part => ({
  name,
  fileName: name,
  type: 'image/png',
  content: Buffer.concat([onePixel, Buffer.from(end)]),
})

/** The programme with repeats and files, and with a place. */
function getPlaceProgramme(): Programme {
  const programme = getVisitsProgramme()
  const forms = programme.forms.map((form) => {
    const photo = form.outline.children.find(({ name }) => name === 'photo')
    if (photo?.kind !== 'question') return form
    const place = { ...photo, name: 'door_at', path: '/data/door_at', type: 'geopoint', valueType: 'geopoint' } as const
    return { ...form, outline: { ...form.outline, children: [...form.outline.children, place] } }
  })
  return { ...programme, forms }
}

beforeAll(async () => {
  test = await startAttune({ programme: getPlaceProgramme() })
  sender = await readyPractitioner(test)
  const form = getFormOfKind(test.attune.programme, 'client-record')
  const given = sessionGiven({ photo: 'door.png', door_at: '51.5 -3.2 20.0 5.0', other_support: ['health-visiting', 'education'] })
  const visits = [
    ['2025-07-01', 'First & best.', 'v1.png', ['They waited.', 'They laughed.']],
    ['2025-07-02', 'Second.', '', []],
  ] as const
  const inXml = visits.map(
    ([on, note, photo, steps]) =>
      `<visits><visit_on>${on}</visit_on><visit_note>${note.replace('&', '&amp;')}</visit_note><visit_photo>${photo}</visit_photo>${steps.map((step) => `<steps><step_note>${step}</step_note></steps>`).join('')}</visits>`,
  )
  const xml = toXml(form, given, { instanceId: randomUUID() }).replace(/<home>.*<\/home>/, `<home>${inXml.join('')}</home>`)
  const sent = await sendParts(sender, [xmlPart(xml), picture('door.png', ' door'), picture('v1.png', 'visit')])
  expect(sent.status, sent.text).toBe(201)
  for (let day = 10; day < 20; day++)
    expect((await sendSession(test, sender, { session_on: `2025-08-${day}`, ...(day > 17 && { time_point: 'after' }) })).status).toBe(201)
  const support = await test.as('data-support')
  token = (await support.post('/api/read-tokens', { name: 'Script', acceptResponsibility: true }, { purpose: 'download' })).body.token
  address = await test.listen()
})
afterAll(() => test.stop())

const found = {
  assets: 1,
  name: 'Client session',
  submissions: 11,
  versions: 1,
  deployed: true,
  languages: ['English (en)', 'Cymraeg (cy)'],
  tables: ['main', 'visits', 'steps'],
  keys: ['visits main', 'steps visits'],
  rows: [11, 2, 2],
  classes: ['Date', 'POSIXct', 'Date'],
  label: 'Ar ba ddiwrnod oedd y sesiwn?',
  choices: ['cyn y gwaith fideo cyntaf', 'yn ystod y gwaith', 'ar ol y sesiwn olaf'],
  chosen: 'before',
  support: [
    {
      other_support: 'health-visiting education',
      'other_support_health-visiting': 1,
      other_support_education: 1,
      other_support_none: 0,
    },
  ],
  place: [{ door_at_latitude: 51.5, door_at_longitude: -3.2, door_at_altitude: 20, door_at_precision: 5, door_at_wkt: 'POINT (-3.2 51.5 20.0)' }],
  validation: true,
  visits: [
    { visit_on: '2025-07-01', visit_note: 'First & best.' },
    { visit_on: '2025-07-02', visit_note: 'Second.' },
  ],
  steps: ['They waited.', 'They laughed.'],
  filtered: 2,
  few: ['_id', 'photo'],
  paged: 11,
  files: ['door.png', 'v1.png'],
  contents: [' door', 'visit'],
}

const rscript = process.env['ATTUNE_RSCRIPT'] ?? 'Rscript'
const isInstalled = spawnSync(rscript, ['-e', 'library(robotoolbox); library(dm); library(jsonlite)']).status === 0
const runR = () =>
  new Promise<unknown>((resolve, reject) => {
    const child = spawn(rscript, [`${import.meta.dirname}/../../test/robotoolbox.R`, address, token])
    let [out, err] = ['', '']
    child.stdout.on('data', (text: Buffer) => (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => (err += text.toString()))
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(out.trim().split('\n').at(-1)!)) : reject(new Error(err.slice(-2_000)))))
  })

describe('a script that was written for Kobo with robotoolbox', () => {
  it('finds the form, tables of records and repeats with their keys, labels, choices, places and files', async () => {
    expect(await runAsRobotoolbox(address, token)).toEqual(found)
  })

  it.runIf(isInstalled)('finds the same with the package itself', { timeout: 120_000 }, async () => {
    expect(await runR()).toEqual(found)
  })

  it('gets a page of more than 500, because it works out where each begins before it asks', async () => {
    for (let sent = 0; sent < 500; sent += 50)
      await Promise.all(Array.from({ length: 50 }, () => sendSession(test, sender, { session_on: '2025-09-01' })))
    const reply = await fetch(`${address}/api/v2/assets/client-session/data.json?limit=1000`, { headers: { authorization: `Token ${token}` } })
    const { count, next, results } = (await reply.json()) as { count: number; next: string | null; results: { _id: number }[] }
    expect([count, next, new Set(results.map(({ _id }) => _id)).size]).toEqual([511, null, 511])
  })
})
