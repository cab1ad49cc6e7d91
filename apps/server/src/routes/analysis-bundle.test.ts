// An analysis bundle of a release from outside: invented people of the released size, the figures, and first lines of an analysis that run.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { synthetic } from '../../../../tools/synthetic.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
let analyst: Client
const codes: string[] = []
const phq = (total: number) =>
  itemsGiven(
    'phq9',
    Array.from({ length: 9 }, (_, at) => Math.min(3, Math.max(0, total - at * 3))),
  )

/** 16 families with a before and an after in the north, 14 in the south. */
beforeAll(async () => {
  test = await startAttune()
  analyst = await test.as('analyst')
  for (const [service, families] of [
    ['north', 16],
    ['south', 14],
  ] as const) {
    const practitioner = await readyPractitioner(test, service)
    for (let family = 0; family < families; family++) {
      const code = newCode()
      codes.push(code)
      const always = { client_code: code, age_group: '5-11', measures_used: ['phq-9'] }
      const before = { session_on: '2025-04-02', signed_on: '2025-04-01', ...phq(20 - (family % 9)) }
      const after = { session_on: '2025-08-02', session_no: '2', time_point: 'after', helped_by: ['having-goals'] }
      expect((await sendSession(test, practitioner, { ...always, ...before })).status).toBe(201)
      const later = await sendSession(test, practitioner, { ...always, ...after, ...phq(Math.max(0, 14 - ((family * 5) % 13))) })
      expect(later.status, later.text).toBe(201)
    }
  }
}, 120_000)
afterAll(() => test.stop())

describe('an analysis bundle of a release', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-bundle-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const run = async (args: string[]) => {
    const said = { out: '', err: '' }
    const code = await synthetic(args, { write: (text: string) => (said.out += text) }, { write: (text: string) => (said.err += text) }, (work) =>
      work(test.attune),
    )
    return { code, ...said }
  }
  const linesOf = (name: string) =>
    readFileSync(path.join(folder, name), 'utf8')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))

  it('holds invented people of the released size and means, the figures as the report shows them, and no record', async () => {
    const report = (await analyst.get('/api/reports/national')).body
    const [, number] = new RegExp(`^(\\d+) {2}national {2}from the beginning to ${report.period.until} {2}`, 'm').exec((await run([])).out) ?? []
    expect(await run(['--release', number!, '--out', folder])).toMatchObject({ code: 0, out: expect.stringContaining('synthetic.csv') })
    const measure = report.measures.find((one: { measure: string }) => one.measure === 'phq-9')
    const invented = linesOf('synthetic.csv').filter(([, , , name]) => name === 'phq-9')
    expect(invented).toHaveLength(measure.nPaired.value)
    const mean = (at: number) => invented.reduce((sum, row) => sum + Number(row[at]), 0) / invented.length
    expect(Math.abs(mean(5) - measure.meanBefore.value)).toBeLessThan(0.5)
    expect(Math.abs(mean(6) - measure.meanAfter.value)).toBeLessThan(1)
    const [heads, ...figures] = linesOf('release.csv')
    expect(figures.find(([name]) => name === 'phq-9')![heads!.indexOf('mean_change')]).toBe(String(measure.meanChange.value))
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).toContain('There is no comparison group')
    for (const name of readdirSync(folder)) for (const code of codes) expect(readFileSync(path.join(folder, name), 'utf8')).not.toContain(code)
    const first = readFileSync(path.join(folder, 'synthetic.csv'), 'utf8')
    await run(['--release', number!, '--out', folder])
    expect(readFileSync(path.join(folder, 'synthetic.csv'), 'utf8')).toBe(first)
    expect((await run(['--release', '999999', '--out', folder])).code).toBe(1)
  })

  it.each([
    ['python3', 'start.py'],
    ['Rscript', 'start.R'],
  ])('starts in %s, where there is one, with the released change beside the invented one', (program, file) => {
    const ran = spawnSync(program, [path.join(folder, file)], { encoding: 'utf8' })
    if (ran.error !== undefined) return expect(ran.error).toMatchObject({ code: 'ENOENT' })
    const line = ran.stdout.split('\n').find((one) => one.startsWith('phq-9,total,')) ?? ran.stderr
    const [, , , invented, , released] = line.trim().split(',')
    expect(Math.abs(Number(invented) - Number(released))).toBeLessThan(1)
  })
})
