import { getFormOfKind } from '@attune/programme'
import { describe, expect, it } from 'vitest'
import { getVisitsProgramme } from '../../test/visits-programme.ts'
import { toColumns } from './record-table.ts'
import { toVariables } from './record-variables.ts'
import type { RecordFacts } from './record.ts'

const programme = getVisitsProgramme()
const form = getFormOfKind(programme, 'client-record')
const visits = [
  { visit_on: '2025-07-01', visit_note: 'They waited.', steps: [{ step_note: 'A look.' }, { step_note: 'A smile.' }] },
  { visit_note: 'Second.' },
]
const cellsOf = (answers: object, labelled: boolean) => {
  const row = { answers, form } as unknown as RecordFacts
  return new Map(toColumns(toVariables(programme, [form]), labelled).map(({ head, cell }) => [head, () => cell(row)]))
}

describe('a form with repeats, as a table', () => {
  it('has one column for each repeat that holds all of its rows, and none for what is asked within it', () => {
    const cells = cellsOf({ visits }, false)
    expect(JSON.parse(String(cells.get('visits')!()))).toEqual(visits)
    expect(['visit_on', 'visit_note', 'steps', 'step_note'].filter((name) => cells.has(name))).toEqual([])
    expect(cells.has('session_on')).toBe(true)
  })

  it('shows people the rows numbered, in the words of the form, also those of a repeat within', () => {
    const [first, second] = String(cellsOf({ visits }, true).get('visits')!()).split('\n')
    expect(first).toMatch(/^1\. .*2025-07-01.*They waited\..*A look\..*A smile\./)
    expect(second).toMatch(/^2\. .*Second\.$/)
  })

  it('leaves the cell empty where nothing was added', () => {
    expect(cellsOf({}, false).get('visits')!()).toBeNull()
  })
})
