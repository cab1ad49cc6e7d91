import { describe, expect, it } from 'vitest'
import type { FormOutline } from '../outline.ts'
import type { XmlElement } from '../xml-element.ts'
import { element, form, group, question, repeat, submission } from './outline.fixture.ts'
import { readSubmission } from './read-submission.ts'

const found = (outline: FormOutline, tree: XmlElement, latestDay = '2026-11-23') =>
  readSubmission(outline, tree, { latestDay }).issues.map((issue) => `${issue.code} ${issue.path}`)

const ageGroups = ['pre-birth', '0-2', '2-4', '5-11', '11-18']
const support = ['none', 'camhs', 'social_care', 'other']
const session = form(
  [
    group('consent', [question('client_consented', 'select-one', { list: 'yes_no', required: true })]),
    group(
      'child',
      [
        question('client_code', 'text', { required: true }),
        question('age_group', 'select-one', { list: 'ages', required: true }),
        question('other_support', 'select-multiple', { list: 'support' }),
        question('goal_1', 'text'),
        question('goal_1_rating', 'range', {
          relevant: "/data/child/goal_1 != ''",
          required: true,
          parameters: { start: '0', end: '10', step: '1' },
        }),
      ],
      { relevant: "/data/consent/client_consented = 'yes'" },
    ),
  ],
  { yes_no: ['yes', 'no'], ages: ageGroups, support },
)
const honest = { consent: { client_consented: 'yes' }, child: { client_code: 'K7M4', age_group: '2-4', other_support: 'camhs other' } }
const withChild = (child: { [name: string]: string }) => submission({ ...honest, child: { ...honest.child, ...child } })

describe('a submission against its form', () => {
  it('an honest submission gives its answers, with the types of the form', () => {
    const { answers, issues, meta } = readSubmission(session, withChild({ goal_1: 'sleep through', goal_1_rating: '3' }))
    expect(issues).toEqual([])
    expect(meta).toEqual({ instanceId: 'uuid:1' })
    expect(answers).toEqual({
      client_consented: 'yes',
      client_code: 'K7M4',
      age_group: '2-4',
      other_support: ['camhs', 'other'],
      goal_1: 'sleep through',
      goal_1_rating: 3,
    })
  })

  it('DCS-003: an extra property or a missing required answer is an issue, wherever it stands', () => {
    expect(found(session, submission({ ...honest, extra: 'x' }))).toEqual(['unknown-element /data'])
    expect(found(session, withChild({ surname: 'Jones' }))).toEqual(['unknown-element /data/child'])
    expect(found(session, withChild({ client_code: '' }))).toEqual(['missing-answer /data/child/client_code'])
    expect(found(session, submission({ consent: honest.consent }))).toEqual([
      'missing-answer /data/child/client_code',
      'missing-answer /data/child/age_group',
    ])
    expect(found(session, element('data', { ...honest, meta: { instanceID: 'uuid:1', surname: 'Jones' } }, { id: 'a-form', version: '1' }))).toEqual([
      'unknown-element /data',
    ])
  })

  it('DCS-033: an exact age or a date of birth is refused, and the five labels are the only accepted values', () => {
    for (const label of ageGroups) expect(found(session, withChild({ age_group: label }))).toEqual([])
    for (const exact of ['3', '03/04/2021', '2021-04-03', '0 - 2', '5-11 '])
      expect(found(session, withChild({ age_group: exact }))).toEqual(['unknown-choice /data/child/age_group'])
  })

  it('DCS-034: an uncoded kind of support is refused', () => {
    expect(found(session, withChild({ other_support: 'camhs grandmother' }))).toEqual(['unknown-choice /data/child/other_support'])
    expect(found(session, withChild({ other_support: 'camhs camhs' }))).toEqual(['repeated-choice /data/child/other_support'])
  })

  it('a required question that is not asked needs no answer', () => {
    expect(found(session, submission({ consent: { client_consented: 'no' } }))).toEqual([])
    expect(found(session, withChild({ goal_1: 'sleep' }))).toEqual(['missing-answer /data/child/goal_1_rating'])
  })

  it('an answer below a "no" to consent is refused', () => {
    expect(found(session, submission({ consent: { client_consented: 'no' }, child: { client_code: 'K7M4' } }))).toEqual([
      'answer-not-asked /data/child/client_code',
    ])
  })

  it('another form, another version or a submission without an identifier is refused before anything is read', () => {
    const asked = (attributes: { [name: string]: string }, meta = { instanceID: 'uuid:1' }) =>
      found(session, element('data', { ...honest, meta }, attributes))
    expect(asked({ id: 'b-form', version: '1' })).toEqual(['wrong-form /data'])
    expect(asked({ id: 'a-form' })).toEqual(['wrong-version /data'])
    expect(asked({ id: 'a-form', version: '1' }, { instanceID: '' })).toEqual(['missing-instance-id /data/meta/instanceID'])
    expect(readSubmission(session, element('other', honest, { id: 'a-form', version: '1' })).answers).toEqual({})
  })

  it('nothing rides along in attributes, stray text, second copies or elements inside an answer', () => {
    const root = submission(honest)
    expect(found(session, { ...root, attributes: { ...root.attributes, note: 'x' } })).toEqual(['unknown-attribute /data'])
    expect(found(session, { ...root, text: 'Jones' })).toEqual(['stray-text /data'])
    expect(found(session, { ...root, children: [...root.children, element('consent', { client_consented: 'yes' })] })).toEqual([
      'repeated-element /data/consent',
    ])
    expect(found(session, submission({ ...honest, consent: { client_consented: { surname: 'Jones' } } }))).toContain(
      'unknown-element /data/consent/client_consented',
    )
    const namespaced = { ...root, attributes: { ...root.attributes, 'xmlns:orx': 'http://openrosa.org/xforms', 'orx:version': '2' } }
    expect(found(session, namespaced)).toEqual([])
  })

  it('no message or path repeats what was answered', () => {
    const planted = 'Planted Surname'
    const { issues } = readSubmission(
      session,
      submission({ ...honest, [planted]: planted, child: { client_code: 'K', age_group: planted, other_support: planted, goal_1_rating: planted } }),
    )
    expect(issues.length).toBeGreaterThan(2)
    expect(JSON.stringify(issues)).not.toContain('Planted')
  })

  it('a flood of strangers is answered with at most fifty issues', () => {
    const root = submission(honest)
    const flood = Array.from({ length: 10_000 }, () => element('stranger', 'x'))
    expect(readSubmission(session, { ...root, children: [...root.children, ...flood] }).issues).toHaveLength(50)
  })
})

describe('repeats', () => {
  const families = form([
    repeat('child', [
      question('nickname', 'text', { required: true }),
      question('weight', 'decimal'),
      question('why', 'text', { relevant: '../weight > 20', required: true }),
    ]),
    question('children', 'calculate', { valueType: 'int', constraint: '. = count(/data/child)' }),
  ])

  it('each instance is read on its own, with rules that look at its own answers', () => {
    const tree = submission({
      child: [
        { nickname: 'A', weight: '12.5' },
        { nickname: 'B', weight: '21', why: 'tall' },
      ],
      children: '2',
    })
    expect(readSubmission(families, tree)).toMatchObject({
      issues: [],
      answers: {
        children: 2,
        child: [
          { nickname: 'A', weight: 12.5 },
          { nickname: 'B', weight: 21, why: 'tall' },
        ],
      },
    })
    expect(found(families, submission({ child: [{ nickname: 'A' }, { weight: '30' }], children: '3' }))).toEqual([
      'missing-answer /data/child[2]/nickname',
      'missing-answer /data/child[2]/why',
      'constraint-broken /data/children',
    ])
  })

  it('a repeat may have no instance at all', () => {
    expect(readSubmission(families, submission({ children: '0' }))).toMatchObject({ issues: [], answers: { children: 0 } })
  })
})

describe('kinds of answer', () => {
  const kinds: [Parameters<typeof question>[1], string[], string[]][] = [
    ['integer', ['0', '-3', '007'], ['1.5', 'three', '1e3', '99999999999999999']],
    ['decimal', ['1', '-0.5', '.5', '1e-3'], ['1,5', '1.2.3', 'NaN', 'Infinity']],
    ['date', ['2024-02-29', '1999-12-31'], ['2023-02-29', '2024-13-01', '2024-00-10', '12/03/2019', '2024-1-1']],
    ['time', ['09:05:00', '23:59:59.999+01:00', '10:00:00Z'], ['24:00:00', '9.30', '10:61:00']],
    ['dateTime', ['2024-05-01T10:00:00.000+01:00'], ['2024-05-01', '2024-02-30T10:00:00Z']],
    ['acknowledge', ['OK'], ['yes']],
    ['image', ['signature-1.png'], ['../keys/root.key', 'a\\b.png']],
    ['geopoint', ['51.5 -3.2 0 0', '51.4779 -5.0E-4 45.0 4.2'], ['91 0 0 0', '51.5', 'home']],
    ['rank', ['b a'], ['a a', 'c']],
    ['range', ['0', '10'], ['11', '-1', 'ten']],
  ]
  it.each(kinds)('%s takes what belongs to it and nothing else', (type, good, bad) => {
    const outline = form([question('it', type, { list: 'ab', parameters: { start: '0', end: '10', step: '1' } })], { ab: ['a', 'b'] })
    for (const text of good) expect([text, found(outline, submission({ it: text }))]).toEqual([text, []])
    for (const text of bad) expect([text, found(outline, submission({ it: text })).length]).toEqual([text, 1])
  })

  it('files that the answers name are listed', () => {
    const outline = form([question('signature', 'image'), question('note', 'text')])
    expect(readSubmission(outline, submission({ signature: 's.png', note: 'x.png' })).attachments).toEqual(['s.png'])
  })
})

describe('rules of the form', () => {
  it('a day after the latest possible today breaks "not in the future", an earlier one never does', () => {
    const outline = form([question('session_on', 'date', { constraint: '. <= today()' })])
    expect(found(outline, submission({ session_on: '2026-11-23' }))).toEqual([])
    expect(found(outline, submission({ session_on: '2026-11-24' }))).toEqual(['constraint-broken /data/session_on'])
    expect(readSubmission(outline, submission({ session_on: '2999-01-01' })).issues).toEqual([])
  })

  it('a rule that only the full engine can decide never refuses anything', () => {
    for (const rule of ['pulldata("x", "y", "z", .) = 1', 'random() > 2', '//goal = 1', 'count(', '. = now() - 1', 'instance("x")/root/item = 2']) {
      expect([rule, found(form([question('goal', 'text', { constraint: rule })]), submission({ goal: 'x' }))]).toEqual([rule, []])
    }
  })

  it('a choice that the filter leaves out is refused', () => {
    const outline = form(
      [question('area', 'select-one', { list: 'areas' }), question('town', 'select-one', { list: 'towns', choiceFilter: 'area = ${area}' })],
      {
        areas: ['n', 's'],
        towns: [
          { name: 'x', label: {}, media: {}, extra: { area: 'n' } },
          { name: 'y', label: {}, media: {}, extra: { area: 's' } },
        ],
      },
    )
    expect(found(outline, submission({ area: 'n', town: 'x' }))).toEqual([])
    expect(found(outline, submission({ area: 'n', town: 'y' }))).toEqual(['unknown-choice /data/town'])
  })

  it('the same name in two groups keeps both answers', () => {
    const outline = form([group('a', [question('note', 'text')]), group('b', [question('note', 'text')])])
    expect(readSubmission(outline, submission({ a: { note: '1' }, b: { note: '2' } })).answers).toEqual({ 'a/note': '1', 'b/note': '2' })
  })
})
