import { describe, expect, it } from 'vitest'
import { findMomentary } from './moment.ts'
import type { GroupOutline, OutlineNode, QuestionOutline } from './outline.ts'

const words = { label: {}, hint: {}, guidance: {}, media: {}, appearance: [], row: 1 }
const question = (name: string, more: Partial<QuestionOutline> = {}): QuestionOutline => ({
  kind: 'question',
  name,
  path: `/data/${name}`,
  type: 'text',
  valueType: 'string',
  required: false,
  requiredMessage: {},
  readonly: false,
  constraintMessage: {},
  parameters: {},
  ...words,
  ...more,
})
const group = (name: string, relevant: string, children: readonly OutlineNode[]): GroupOutline => ({
  kind: 'group',
  name,
  path: `/data/${name}`,
  relevant,
  children,
  ...words,
})

describe('what depends on the moment', () => {
  it('timestamps, calculations with the clock or with chance, and what is made of them, before and after', () => {
    const children = [
      question('uses', { calculation: '${age} + 1' }),
      question('start', { type: 'preload' }),
      question('age', { calculation: 'int((today() - ${born}) div 365)' }),
      question('ticket', { calculation: 'once( random() )' }),
      question('sum', { calculation: '${a} + ${b}' }),
      question('born'),
    ]
    expect([...findMomentary({ children }).values].sort()).toEqual(['age', 'start', 'ticket', 'uses'])
  })

  it('questions that are asked only at some moments, with all that lies in their group', () => {
    const children = [group('adult', "today() > '2030-01-01'", [group('inner', 'true()', [question('vote')])]), question('other')]
    expect(findMomentary({ children }).values).toEqual(['vote'])
  })

  it('rules apart from values: a day that may not lie in the future is still compared', () => {
    const children = [question('day', { constraint: '. <= today()' }), question('todays_mood', { calculation: "concat('to', 'day')" })]
    expect(findMomentary({ children })).toEqual({ values: [], rules: ['day'] })
  })
})
