import type { ProgrammeLedgers } from '@attune/programme'
import { describe, expect, it } from 'vitest'
import { digestLedgers, toReleaseProofs } from './release-proofs.ts'

const clause = (id: string, more: object = {}) => ({
  id,
  section: 'S',
  says: `${id} says`,
  kind: 'storage',
  actors: [],
  control: 'C',
  proof: 'P',
  priority: 'must' as const,
  ...more,
})
const ledgers = (clauses: ReturnType<typeof clause>[]): ProgrammeLedgers[] => [
  { id: 'small', title: 'Small', status: 'running', ledgers: [{ file: 'c.yaml', title: 'One', clauses }] },
]
const programmes = ledgers([clause('AAA-001'), clause('AAA-002'), clause('AAA-003', { attestedBy: 'the host' })])
const facts = { madeAt: '2025-11-21T10:00:00Z', commit: 'abc', remarks: ['Older.'], top: '/top' }

describe('the proofs of a release', () => {
  it('name the tests of each clause, and never call an attested or a failed one proven', () => {
    const tests = [
      { name: 'desk AAA-001: opens', file: '/top/apps/a.test.ts', status: 'passed' as const },
      { name: 'AAA-002: closes', file: '/top/apps/b.test.ts', status: 'failed' as const },
      { name: 'AAA-003: is hosted', file: '/top/apps/c.test.ts', status: 'passed' as const },
    ]
    const proofs = toReleaseProofs(programmes, { tests, marked: new Set(), assertionsRequired: true, today: '2026-01-01' }, facts)
    expect(proofs).toMatchObject({ commit: 'abc', remarks: ['Older.'], ledgers: digestLedgers(programmes) })
    expect(proofs.clauses).toEqual({
      'AAA-001': { state: 'proven', tests: [{ name: 'desk AAA-001: opens', file: 'apps/a.test.ts', passed: true }] },
      'AAA-002': { state: 'unproven', why: '1 of 1 tests did not pass', tests: [{ name: 'AAA-002: closes', file: 'apps/b.test.ts', passed: false }] },
      'AAA-003': { state: 'attested', why: 'attested by the host', tests: [{ name: 'AAA-003: is hosted', file: 'apps/c.test.ts', passed: true }] },
    })
  })

  it('belong to one text of the ledgers, whatever the order', () => {
    expect(digestLedgers(ledgers([clause('AAA-002'), clause('AAA-001')]))).toBe(digestLedgers(ledgers([clause('AAA-001'), clause('AAA-002')])))
    expect(digestLedgers(ledgers([clause('AAA-001', { says: 'other' })]))).not.toBe(digestLedgers(ledgers([clause('AAA-001')])))
  })
})
