import type { AssurancePage, ClauseView } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { countStates, everyClause, filterClauses, toControlState } from './filter-clauses.ts'

const clause = (id: string, state: ClauseView['state'], priority: ClauseView['priority'] = 'must'): ClauseView => ({
  id,
  section: '',
  says: `${id} is said`,
  control: 'A control',
  proof: '',
  priority,
  kind: 'access',
  state,
  why: '',
  tests: [],
  live: [],
})
const programmes: AssurancePage['programmes'] = [
  {
    id: 'one',
    title: 'One',
    running: true,
    ledgers: [{ title: 'Policy', clauses: [clause('AAA-001', 'proven'), clause('AAA-002', 'attested', 'could')] }],
  },
  { id: 'two', title: 'Two', running: false, ledgers: [{ title: 'Notice', clauses: [clause('BBB-001', 'not-proven')] }] },
]
const idsOf = (filter: Partial<typeof everyClause>) =>
  filterClauses(programmes, { ...everyClause, ...filter }).flatMap((ledger) => ledger.clauses.map(({ id }) => id))

describe('the clauses that are shown', () => {
  it.each([
    [{}, ['AAA-001', 'AAA-002', 'BBB-001']],
    [{ programme: 'two' }, ['BBB-001']],
    [{ priority: 'could' }, ['AAA-002']],
    [{ state: 'proven' }, ['AAA-001']],
    [{ words: 'bbb-001' }, ['BBB-001']],
    [{ state: 'proven', programme: 'two' }, []],
  ])('%o', (filter, ids) => {
    expect(idsOf(filter)).toEqual(ids)
  })

  it('are counted by state, attested apart from proven', () => {
    expect(countStates(programmes.flatMap((one) => one.ledgers.flatMap((ledger) => ledger.clauses)))).toEqual({
      all: 3,
      proven: 1,
      attested: 1,
      notProven: 1,
    })
  })
})

describe('a control', () => {
  it('whose tests did not run is not shown, which is no failure; a proven one whose live check asks for a look is not in order now', () => {
    const of = (state: 'proven' | 'attested' | 'not-proven', passing = false) =>
      toControlState({ passing, clauses: [{ id: 'DCS-001', state, tests: 1 }] })
    expect([of('proven', true), of('not-proven'), of('proven'), of('attested')]).toEqual(['passing', 'notShown', 'notNow', 'notNow'])
    expect(toControlState({ passing: false, clauses: [] })).toBe('notShown')
  })
})
