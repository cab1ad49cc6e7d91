import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ProgrammeLedgers } from '@attune/programme'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countClauses } from './count-clauses.ts'
import { clausesIn, expectedFailures } from './expected-failures.ts'
import { checkFreshness } from './freshness.ts'
import { toJson, toPage } from './print-clauses.ts'
import { readResults } from './read-results.ts'

const clause = (id: string, more: object = {}) => ({
  id,
  section: 'S',
  says: `What ${id} says.`,
  kind: 'storage',
  actors: [],
  control: 'C',
  proof: 'P',
  priority: 'must' as const,
  ...more,
})
const programme: ProgrammeLedgers = {
  id: 'small',
  title: 'Small',
  status: 'running',
  ledgers: [
    {
      file: 'clauses.yaml',
      title: 'One',
      clauses: [clause('AAA-001'), clause('AAA-002'), clause('AAA-003', { priority: 'should', kind: 'access' })],
    },
    { file: 'more.yaml', title: 'Two', clauses: [clause('AAA-004', { attestedBy: 'the hosting provider' })] },
  ],
}

let folder = ''
const today = '2026-01-01'
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'attune-clauses-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Line = readonly [name: string, status: string]
function writeRun(project: string, lines: readonly Line[], startTime = 1000): void {
  const assertionResults = lines.map(([fullName, status]) => ({ fullName, status, ancestorTitles: [], title: fullName }))
  writeFileSync(
    path.join(folder, `${project}.json`),
    JSON.stringify({ startTime, numTotalTests: lines.length, testResults: [{ name: path.join(folder, 'a.test.ts'), assertionResults }] }),
  )
}
const states = (marked: readonly string[] = [], assertionsRequired = true) => {
  const counts = countClauses([programme], { tests: readResults(folder).tests, marked: new Set(marked), assertionsRequired, today })
  return Object.fromEntries(counts.flatMap((one) => one.ledgers.flatMap((ledger) => ledger.clauses.map(({ clause: { id }, state }) => [id, state]))))
}

describe('a clause', () => {
  it('is proven by a test that passed and carries its id in its own name or in that of its group', () => {
    writeRun('pure', [['records AAA-001: are sealed', 'passed']])
    writeRun('server', [['AAA-002 the backup is late', 'passed']])
    expect(states()).toEqual({ 'AAA-001': 'proven', 'AAA-002': 'proven', 'AAA-003': 'unproven', 'AAA-004': 'attested' })
  })

  it('is attested to the last day that was given, and not a day longer', () => {
    writeRun('pure', [])
    const attested = clause('AAA-005', { attestedBy: 'the host', attestedUntil: '2026-06-01' })
    const count = (on: string) => {
      const evidence = { tests: readResults(folder).tests, marked: new Set<string>(), assertionsRequired: true, today: on }
      return countClauses([{ ...programme, ledgers: [{ file: 'a.yaml', title: 'A', clauses: [attested] }] }], evidence)[0]!.ledgers[0]!.clauses[0]!
    }
    expect(count('2026-06-01')).toMatchObject({ state: 'attested', why: 'attested by the host until 2026-06-01' })
    expect(count('2026-06-02')).toMatchObject({ state: 'unproven', why: 'the word of the host ran out on 2026-06-01' })
  })

  it.each(['failed', 'skipped', 'pending', 'todo', 'disabled'])('is unproven again by one test that is %s, in whichever run', (status) => {
    writeRun('pure', [['AAA-001: are sealed', 'passed']])
    writeRun('browser', [['AAA-001: are sealed there too', status]])
    expect(states()['AAA-001']).toBe('unproven')
  })

  it('is not proven by a test that carries a longer or a shorter id', () => {
    writeRun('pure', [
      ['AAA-0011: something else', 'passed'],
      ['XAAA-002: something else', 'passed'],
      ['AAA-00', 'passed'],
    ])
    expect(states()).toMatchObject({ 'AAA-001': 'unproven', 'AAA-002': 'unproven' })
  })

  it('is not proven by a test that is marked as expected to fail, nor when runs do not require assertions', () => {
    writeRun('pure', [['AAA-001: are sealed', 'passed']])
    expect(states(['AAA-001'])['AAA-001']).toBe('unproven')
    expect(states([], false)['AAA-001']).toBe('unproven')
  })

  it('that is attested is never counted as proven, even when a test carries its id', () => {
    writeRun('pure', [['AAA-004: is hosted well', 'passed']])
    expect(states()['AAA-004']).toBe('attested')
  })

  it('several of one name are all proven', () => {
    expect(clausesIn('AAA-001 AAA-002: both at once, AAA-001 again')).toEqual(['AAA-001', 'AAA-002'])
  })
})

describe('the source of a test', () => {
  it('says which tests are expected to fail, skipped or waiting', () => {
    const fails = ['it', 'fails'].join('.')
    const skip = ['describe', 'skip'].join('.')
    const source = `
      ${fails}('AAA-001: not yet', () => {})
      ${fails}.each([1, 2])("AAA-002: nor this", () => {})
      ${skip}(\`AAA-003: off\`, () => {})
      it('AAA-004: is fine and mentions it.fails nowhere near a name', () => {})`
    expect(expectedFailures(source)).toEqual(['AAA-001', 'AAA-002', 'AAA-003'])
  })
})

describe('results', () => {
  it('that are missing, broken or of another kind prove nothing and are named', () => {
    writeFileSync(path.join(folder, 'pure.json'), '{"testResults": [')
    writeFileSync(path.join(folder, 'server.json'), '{"other": true}')
    const results = readResults(folder)
    expect(results).toEqual({ tests: [], runs: [], missing: ['pure', 'server', 'browser'] })
    expect(checkFreshness(results, undefined, undefined)).toEqual([expect.stringContaining('Run npm test first')])
    expect(readResults(path.join(folder, 'nowhere')).missing).toHaveLength(3)
  })

  it('older than the newest commit, or than a change in the tree, say so plainly', () => {
    for (const project of ['pure', 'server', 'browser']) writeRun(project, [], 5000)
    const results = readResults(folder)
    expect(checkFreshness(results, 4000, 4500)).toEqual([])
    expect(checkFreshness(results, 6000, undefined)).toEqual([expect.stringContaining('older than the newest commit')])
    expect(checkFreshness(results, 4000, 6000)).toEqual([expect.stringContaining('Files have changed')])
  })

  it('of one project only name those that are missing', () => {
    writeRun('pure', [], 5000)
    expect(checkFreshness(readResults(folder), 4000, undefined)).toEqual([expect.stringContaining('server and browser')])
  })
})

describe('what is printed', () => {
  const counts = () => countClauses([programme], { tests: readResults(folder).tests, marked: new Set(), assertionsRequired: true, today })

  it('as JSON is one object with programmes and the three lists', () => {
    writeRun('pure', [['AAA-001: are sealed', 'passed']])
    expect(JSON.parse(JSON.stringify(toJson(counts())))).toEqual({
      programmes: [
        {
          id: 'small',
          title: 'Small',
          proven: 1,
          attested: 1,
          total: 4,
          ledgers: [
            {
              file: 'clauses.yaml',
              title: 'One',
              proven: 1,
              attested: 0,
              total: 3,
              byPriority: { must: { proven: 1, attested: 0, total: 2 }, should: { proven: 0, attested: 0, total: 1 } },
            },
            { file: 'more.yaml', title: 'Two', proven: 0, attested: 1, total: 1, byPriority: { must: { proven: 0, attested: 1, total: 1 } } },
          ],
        },
      ],
      proven: ['AAA-001'],
      unproven: ['AAA-002', 'AAA-003'],
      attested: ['AAA-004'],
    })
  })

  it('for people shows proven of total by programme, priority and kind, and every unproven must with its reason', () => {
    writeRun('pure', [
      ['AAA-001: are sealed', 'passed'],
      ['AAA-002: are late', 'failed'],
    ])
    const page = toPage(counts(), ['A remark.'])
    expect(page).toContain('Small (small): 1 / 4 proven, 1 attested')
    expect(page).toContain('must 1/2, should 0/1')
    expect(page).toContain('access 0/1, storage 1/2')
    expect(page).toContain('Unproven musts (1):\n  AAA-002  What AAA-002 says. (1 of 1 tests did not pass)')
    expect(page).toContain('AAA-004  What AAA-004 says. (attested by the hosting provider)')
    expect(page).toContain('A remark.')
  })
})
