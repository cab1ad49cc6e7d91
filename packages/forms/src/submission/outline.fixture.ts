import type { Choice, FormOutline, GroupOutline, OutlineNode, QuestionOutline, QuestionType, RepeatOutline, ValueType } from '../outline.ts'
import type { XmlElement } from '../xml-element.ts'

// Small outlines and submissions for tests, written as a person would say them.

const valueTypeOf: { readonly [type in QuestionType]?: ValueType } = {
  integer: 'int',
  decimal: 'decimal',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  range: 'int',
  rank: 'odk:rank',
  image: 'binary',
  audio: 'binary',
  video: 'binary',
  file: 'binary',
  barcode: 'barcode',
  geopoint: 'geopoint',
  geotrace: 'geotrace',
  geoshape: 'geoshape',
}
const bare = { label: {}, hint: {}, guidance: {}, media: {}, appearance: [], row: 2 }

export function question(name: string, type: QuestionType, more: Partial<QuestionOutline> = {}): QuestionOutline {
  return {
    ...bare,
    kind: 'question',
    name,
    path: '',
    type,
    valueType: valueTypeOf[type] ?? 'string',
    required: false,
    requiredMessage: {},
    readonly: false,
    constraintMessage: {},
    parameters: {},
    ...more,
  }
}

export function group(name: string, children: OutlineNode[], more: Partial<GroupOutline> = {}): GroupOutline {
  return { ...bare, kind: 'group', name, path: '', children, ...more }
}

export function repeat(name: string, children: OutlineNode[], more: Partial<RepeatOutline> = {}): RepeatOutline {
  return { ...bare, kind: 'repeat', name, path: '', children, ...more }
}

export function form(children: OutlineNode[], choices: { [list: string]: readonly (string | Choice)[] } = {}): FormOutline {
  return {
    formId: 'a-form',
    version: '1',
    title: 'A form',
    rootName: 'data',
    languages: [],
    defaultLanguage: 'default',
    style: [],
    children,
    choices: Object.fromEntries(
      Object.entries(choices).map(([list, names]) => [
        list,
        names.map((name) => (typeof name === 'string' ? { name, label: {}, extra: {}, media: {} } : name)),
      ]),
    ),
  }
}

type Filled = string | { readonly [name: string]: Filled | readonly Filled[] }

/** `{ goals: { goal_1: 'sleep' }, child: [{…}, {…}] }` as the elements that a device would send. */
export function element(name: string, filled: Filled, attributes: { [name: string]: string } = {}): XmlElement {
  if (typeof filled === 'string') return { name, attributes, children: [], text: filled }
  const children = Object.entries(filled).flatMap(([child, value]) =>
    Array.isArray(value) ? value.map((each: Filled) => element(child, each)) : [element(child, value as Filled)],
  )
  return { name, attributes, children, text: '' }
}

export function submission(filled: { readonly [name: string]: Filled | readonly Filled[] }): XmlElement {
  return element('data', { ...filled, meta: { instanceID: 'uuid:1' } }, { id: 'a-form', version: '1' })
}
