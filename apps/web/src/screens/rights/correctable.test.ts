import type { FormOutline, OutlineNode, QuestionOutline } from '@attune/forms'
import { describe, expect, it } from 'vitest'
import { parseNewValue, sayValue, toCorrectable } from './correctable.ts'
import { isOpenable } from './request-purpose.ts'

const words = (text: string) => ({ 'English (en)': text })
const question = (name: string, type: QuestionOutline['type'], more: Partial<QuestionOutline> = {}): QuestionOutline => ({
  kind: 'question',
  name,
  path: `/data/${name}`,
  label: words(name),
  hint: {},
  guidance: {},
  media: {},
  appearance: [],
  row: 2,
  type,
  valueType: 'string',
  required: false,
  requiredMessage: {},
  readonly: false,
  constraintMessage: {},
  parameters: {},
  ...more,
})
const around = (kind: 'group' | 'repeat', name: string, children: readonly OutlineNode[]): OutlineNode => ({
  kind,
  name,
  path: `/data/${name}`,
  label: words(name),
  hint: {},
  guidance: {},
  media: {},
  appearance: [],
  row: 1,
  children,
})
const choice = (name: string, label: string) => ({ name, label: words(label), extra: {}, media: {} })
const outline: FormOutline = {
  formId: 'f',
  version: '1',
  title: 'F',
  rootName: 'data',
  languages: ['English (en)'],
  defaultLanguage: 'English (en)',
  style: [],
  children: [
    around('group', 'session', [
      question('session_on', 'date'),
      question('session_no', 'integer'),
      question('mode', 'select-one', { list: 'modes' }),
      question('support', 'select-multiple', { list: 'supports' }),
      question('total', 'calculate'),
      question('code', 'text'),
      question('copy', 'select-one', { list: 'modes' }),
      question('shown', 'text', { readonly: true }),
    ]),
    around('repeat', 'goals', [question('goal', 'text')]),
  ],
  choices: {
    modes: [choice('online', 'Online'), choice('f2f', 'Face to face')],
    supports: [choice('a', 'Health visitor, weekly'), choice('b', 'Nursery')],
  },
}
const line = (name: string, value: string) => ({ name, label: name, section: '', value, kind: 'x' })

describe('what can be put right on the screen', () => {
  const found = toCorrectable(outline, { clientCode: 'code', serviceCopy: 'copy' }, [
    line('session_on', '2026-03-03'),
    line('session_no', '2'),
    line('mode', 'Online'),
    line('support', 'Health visitor, weekly, Nursery'),
    line('total', '9'),
    line('code', 'K4CX'),
    line('copy', 'Online'),
    line('shown', 'x'),
    line('goal', 'Play'),
  ])

  it('is what is answered once and typed: not who the client is or what they agreed to, not what is worked out, not one of several', () => {
    expect([...found.keys()]).toEqual(['session_on', 'session_no', 'mode', 'support'])
  })
  it('is known by the names of the form, also where a label holds a comma', () => {
    expect(found.get('mode')).toMatchObject({ kind: 'choice', value: 'online' })
    expect(found.get('support')).toMatchObject({ kind: 'choices', value: 'a b' })
    expect(sayValue(found.get('support')!, 'b')).toBe('Nursery')
  })
  it('is refused while it is missing, the same, or of another kind', () => {
    expect(parseNewValue({ kind: 'whole', value: '2' }, '3')).toEqual({ value: '3' })
    expect(parseNewValue({ kind: 'whole', value: '2' }, '2.5')).toEqual({ problem: 'whole' })
    expect(parseNewValue({ kind: 'whole', value: '2' }, ' 2 ')).toEqual({ problem: 'same' })
    expect(parseNewValue({ kind: 'number', value: '' }, 'three')).toEqual({ problem: 'number' })
    expect(parseNewValue({ kind: 'words', value: 'x' }, '  ')).toEqual({ problem: 'missing' })
    expect(parseNewValue({ kind: 'day', value: '2026-03-03' }, '')).toEqual({ problem: 'day' })
  })
})

describe('records of a request', () => {
  it('are opened when it is about a client, somebody made sure who asks, and the policy has a purpose for it', () => {
    expect(isOpenable({ type: 'rectify', subject: 'client', state: 'confirmed' })).toBe(true)
    expect(isOpenable({ type: 'rectify', subject: 'client', state: 'received' })).toBe(false)
    expect(isOpenable({ type: 'access', subject: 'practitioner', state: 'confirmed' })).toBe(false)
    expect(isOpenable({ type: 'complain', subject: 'client', state: 'confirmed' })).toBe(false)
    expect(isOpenable({ type: 'delete', subject: 'client', state: 'done' })).toBe(false)
  })
})
