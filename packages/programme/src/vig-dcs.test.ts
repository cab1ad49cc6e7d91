import path from 'node:path'
import { questionsOf } from '@attune/forms'
import {
  acts,
  addYears,
  checkGates,
  consentNow,
  deletionDueOn,
  findRule,
  keepUntil,
  may,
  roles,
  valueRules,
  type Act,
  type Role,
} from '@attune/policy'
import { describe, expect, it } from 'vitest'
import { findForm, getFormOfKind, measuresOf } from './programme.ts'
import { readLedgers } from './read-ledger.ts'
import { filesOf, issuesAfter, readVigDcs, type Change } from '../test/vig-dcs.ts'
import { toListing } from '../test/listing.ts'

const programme = readVigDcs()
const { policy } = programme
const form = getFormOfKind(programme, 'client-record')
const consent = getFormOfKind(programme, 'practitioner-consent')
const find = (name: string) => questionsOf(form.outline).find((question) => question.name === name)
const choiceNames = (name: string) => (form.outline.choices[find(name)?.list ?? ''] ?? []).map((choice) => choice.name)

describe('the programme vig-dcs', () => {
  it.each(['client-session', 'practitioner-consent', 'practise-here'])('the form %s is as expected', async (id) => {
    const outline = findForm(programme, id)?.outline
    await expect(outline === undefined ? '' : toListing(outline)).toMatchFileSnapshot(
      path.resolve(import.meta.dirname, `../../../programmes/vig-dcs/expected/${id}.txt`),
    )
  })

  it('begins with the consent, and with "no" everything else falls away', () => {
    const [first, ...rest] = form.outline.children
    expect(first?.kind === 'group' ? first.children[0]?.name : undefined).toBe('client_consented')
    expect(first?.kind === 'group' ? first.children.slice(2).every((node) => node.relevant !== undefined) : false).toBe(true)
    for (const page of rest) expect(page.relevant ?? '').toMatch(/client_consented\}?\s*=\s*'yes'/)
    expect(find('service_copy')?.default).toBeUndefined()
  })

  it('offers the five age groups and nothing else, and no question takes an age or a date of birth', () => {
    expect(choiceNames(form.questions.ageGroup)).toEqual(['pre-birth', '0-2', '2-4', '5-11', '11-18'])
    expect((form.outline.choices['age_group'] ?? []).map((choice) => choice.label['English (en)'])).toEqual([
      'pre-birth',
      '0-2',
      '2-4',
      '5-11',
      '11-18',
    ])
    expect(
      questionsOf(form.outline)
        .filter((question) => question.type === 'date')
        .map((question) => question.name),
    ).toEqual(['signed_on', 'session_on'])
  })

  it('asks for other support from a coded list with none and other', () => {
    expect(find(form.questions.otherSupport)?.type).toBe('select-multiple')
    expect(choiceNames(form.questions.otherSupport)).toEqual([
      'none',
      'social-care',
      'health-visiting',
      'mental-health-child',
      'mental-health-adult',
      'education',
      'parenting-programme',
      'substance-use',
      'domestic-abuse-service',
      'other',
    ])
    expect(find(form.questions.otherSupport)?.constraint).toContain("not(selected(., 'none'))")
  })

  it('asks in words about the child and the relationship at every session, whatever the time point', () => {
    expect(form.questions.narratives).toEqual(['narrative_child', 'narrative_relationship'])
    const page = form.outline.children.find((node) => node.name === 'words')
    expect(page?.relevant).not.toContain('time_point')
    for (const name of form.questions.narratives) expect([find(name)?.required, find(name)?.relevant]).toEqual([true, undefined])
  })

  it('works out the totals of PHQ-9 and GAD-7 and takes the other measures as totals within their range', () => {
    const [phq, kpcs] = [
      measuresOf(programme, form.id).find((use) => use.scale.id === 'phq-9'),
      measuresOf(programme, form.id).find((use) => use.scale.id === 'kpcs'),
    ]
    expect(Object.keys(phq?.items ?? {})).toHaveLength(9)
    expect(find(phq?.scores['total'] ?? '')).toMatchObject({ readonly: true, calculation: expect.stringContaining('phq9_1') })
    expect(find(kpcs?.scores['total'] ?? '')).toMatchObject({ type: 'integer', constraint: '. >= 0 and . <= 45' })
  })

  it('asks practitioners for exactly five things about themselves', () => {
    const { statements, ...person } = consent.questions
    expect(
      questionsOf(consent.outline)
        .filter((question) => question.type !== 'note')
        .map((question) => question.name)
        .sort(),
    ).toEqual([...Object.values(person), ...Object.values(statements)].sort())
    expect(Object.keys(person)).toEqual(['firstName', 'surname', 'businessEmail', 'serviceName', 'signature'])
  })

  it('speaks English and Welsh throughout, and its practice form is never taken in', () => {
    for (const one of programme.forms) expect(one.outline.languages).toEqual(['English (en)', 'Cymraeg (cy)'])
    const open = {
      today: '2026-01-01',
      programmeOpen: true,
      serviceLive: true,
      enrolled: true,
      consent: consentNow([]),
      correctiveActionOverdue: false,
    }
    expect(checkGates(policy, 'practice', open).allowed).toBe(false)
    expect(checkGates(policy, 'practitioner-consent', open).allowed).toBe(true)
  })

  it('can correct, delete and pass on every field that it collects', () => {
    for (const field of policy.fields) {
      const rights =
        field.subject === 'client'
          ? ['correct', 'delete-on-request', 'transfer-on-request']
          : ['practitioner-correct', 'practitioner-delete', 'practitioner-transfer']
      expect(rights.filter((code) => !field.purposes.includes(code))).toEqual([])
    }
  })

  it('names every value of the policy that has a default, and no other', () => {
    expect(Object.keys(policy.values).sort()).toEqual(valueRules.map((rule) => rule.name).sort())
  })

  it('keeps client records and practitioners’ names for four years, and deletes within fourteen working days', () => {
    const rule = (id: string) => policy.retention.find((candidate) => candidate.id === id)
    for (const id of ['client-record', 'record-author']) {
      const found = rule(id)
      expect(found === undefined ? undefined : keepUntil(found, '2025-07-01')).toBe(addYears('2025-07-01', 4))
    }
    expect(deletionDueOn('2025-12-22', policy.values.deletionWorkingDays)).toBe('2026-01-14')
  })
})

// P practitioner, L service lead, D data support, A administrator, U auditor, N analyst. From the permission matrix of the programme.
const letters: { readonly [letter: string]: Role } = {
  P: 'practitioner',
  L: 'service-lead',
  D: 'data-support',
  A: 'administrator',
  U: 'auditor',
  N: 'analyst',
}
const table: { readonly [act in Act]: string } = {
  'record.submit': 'P',
  'record.check-code': 'P',
  'record.ask-code': 'P',
  'record.find-code': 'DA',
  'record.list-code-requests': 'DA',
  'record.list': 'DA',
  'record.read': 'DA',
  'record.download': 'D',
  'record.correct': 'A',
  'record.redact': 'U',
  'record.restrict': 'A',
  'record.transfer': 'A',
  'record.erase': 'A',
  'record.dispose': '',
  'text.audit': 'U',
  'text.code': 'N',
  'report.service': 'LDAN',
  'report.national': 'AN',
  'report.published': 'PLDAUN',
  'report.release': 'N',
  'report.aggregate': 'N',
  'consent.sign': 'P',
  'consent.read': 'AU',
  'consent.read-own': 'P',
  'consent.withdraw': 'P',
  'training.take': 'P',
  'training.set': 'AU',
  'person.invite': 'LA',
  'person.list': 'LA',
  'practitioner.list': 'LDA',
  'person.remove': 'LA',
  'person.leave': 'P',
  'person.move': 'A',
  'nominee.propose': 'L',
  'grant.give': 'A',
  'grant.end': 'A',
  'grant.read': 'LA',
  'service.read': 'PLDAUN',
  'service.accept-terms': 'L',
  'service.change': 'A',
  'service.open': 'A',
  'service.close': 'A',
  'package.ask': 'LD',
  'package.seal': 'A',
  'form.open': 'PLDAUN',
  'form.propose': 'A',
  'form.publish': 'A',
  'measure.propose': 'LA',
  'measure.publish': 'A',
  'policy.read': 'PLDAUN',
  'policy.publish': 'A',
  'audit.open': 'U',
  'audit.judge': 'U',
  'audit.close': 'U',
  'audit.read-findings': 'LAU',
  'log.read': 'AU',
  'mail.read': 'A',
  'assurance.read': 'AU',
  'right.file': 'PLDA',
  'right.confirm': 'LD',
  'right.decide': 'A',
  'retention.read': 'LA',
  'retention.decide': 'A',
  'breach.record': 'LAU',
  'breach.read': 'A',
  'breach.decide': 'A',
  'webhook.read': 'A',
  'webhook.change': 'A',
  'backup.read': 'A',
  'backup.make': 'A',
  'backup.restore': 'A',
}

describe('who may do what in vig-dcs', () => {
  const purposes = [undefined, ...policy.purposes.map((purpose) => purpose.code)]
  const mayAtAll = (role: Role, act: Act) =>
    purposes.some((purpose) => {
      const context = {
        own: true,
        serviceId: 'a',
        request: 'R-1',
        approval: { askedBy: 'p1', agreedBy: 'p2' },
        ...(purpose === undefined ? {} : { purpose }),
      }
      return may(policy, { role, serviceId: 'a', secondFactor: true }, act, context).allowed
    })

  it.each(acts)('%s', (act) => {
    const expected = [...table[act]].map((letter) => letters[letter])
    expect(roles.filter((role) => mayAtAll(role, act))).toEqual(roles.filter((role) => expected.includes(role)))
  })

  it('service roles never reach another service', () => {
    const reached = (['practitioner', 'service-lead', 'data-support'] as const).flatMap((role) =>
      acts.filter((act) => findRule(policy, role, act)?.scope === 'every-service').map((act) => `${role} ${act}`),
    )
    expect(new Set(reached.map((line) => line.split(' ')[1]))).toEqual(new Set(['policy.read', 'report.published']))
  })

  it('operator roles that open rows do it for a purpose of the list, and to correct, delete or transfer with a request', () => {
    const administrator = { role: 'administrator', secondFactor: true } as const
    expect(may(policy, administrator, 'record.read', { purpose: 'marketing' })).toMatchObject({ because: 'purpose-unknown' })
    expect(may(policy, administrator, 'record.read', { purpose: 'analyse' })).toMatchObject({ because: 'purpose-not-yours' })
    expect(may(policy, administrator, 'record.read', { purpose: 'correct' })).toMatchObject({ because: 'request-missing' })
    expect(may(policy, administrator, 'record.read', { purpose: 'correct', request: 'R-1' })).toEqual({ allowed: true })
    expect(may(policy, administrator, 'consent.read', { purpose: 'analyse' })).toMatchObject({ allowed: false })
  })
})

const tableRow = '| | text | helped_words |'
const added = (row: string): Change => ({ file: 'forms/client-session.md', from: tableRow, to: `${row}${' |'.repeat(18)}\n${tableRow}` })
const described = (name: string): Change => ({
  file: 'policy.yaml',
  from: 'names: { helped_by: What helped }',
  to: `names: { helped_by: What helped, ${name}: Something }`,
})

describe('the form check of vig-dcs', () => {
  it('DCS-008: a question without an entry in the policy stops the programme and is named', () => {
    const { issues } = issuesAfter(added('| | integer | extra_count | How many? | Faint?'))
    expect(issues).toMatchObject([
      { code: 'question-refused', file: 'forms/client-session.md', message: expect.stringMatching(/extra_count.*not in the policy/) },
    ])
  })

  it('DCS-009: without the controller the policy does not hold, and there is no programme to print a notice from', () => {
    const { issues, line } = issuesAfter({
      file: 'policy.yaml',
      from: 'role: controller, answersFor: "Everything',
      to: 'role: processor, answersFor: "Everything',
    })
    expect(issues).toMatchObject([{ code: 'controller-missing', file: 'policy.yaml', message: expect.stringContaining('controller') }])
    expect(Math.abs((issues[0]?.line ?? 0) - line)).toBeLessThanOrEqual(1)
  })

  it('DCS-032: a question without a declared purpose is refused and named', () => {
    const { issues } = issuesAfter({
      file: 'policy.yaml',
      from: 'names: { age_group: Age group of the child }\n    subject: client\n    purposes: [guide-practice, report, analyse]',
      to: 'names: { age_group: Age group of the child }\n    subject: client\n    purposes: []',
    })
    expect(issues.map((issue) => issue.code)).toEqual(['question-refused', 'field-without-purpose'])
    expect(issues[0]?.message).toContain('"age_group" has no purpose')
  })

  it.each([
    ['Date of birth', 'date'],
    ['Full name of the child', 'text'],
    ['Postcode', 'text'],
    ['NHS number', 'integer'],
  ])('DCS-039: a form with the question “%s” is refused, and the rule is named', (label, type) => {
    const { issues } = issuesAfter(
      added(`| | ${type} | extra | ${label} | Cwestiwn | | | Leave people out. | Gadewch bobl allan.`),
      described('extra'),
    )
    expect(
      issues.some(
        (issue) => issue.code === 'question-refused' && issue.message.includes('question-asks-identity') && issue.message.includes('"extra"'),
      ),
    ).toBe(true)
  })

  it('DCS-040: a question labelled “Ethnicity” or a list of faiths is refused', () => {
    const label = issuesAfter(added('| | integer | extra | Ethnicity | Cwestiwn'), described('extra'))
    expect(label.issues).toMatchObject([{ code: 'question-refused', message: expect.stringContaining('question-asks-special-category') }])
    const list = issuesAfter(added('| | select_one faith_list | extra | Which of these? | Pa un o’r rhain?'), described('extra'), {
      file: 'forms/client-session.md',
      from: '| | yes_no | yes |',
      to: '| | faith_list | c1 | Christian | Un | |\n| | faith_list | c2 | Muslim | Dau | |\n| | yes_no | yes |',
    })
    expect(list.issues).toMatchObject([{ code: 'question-refused', message: expect.stringContaining('question-asks-special-category') }])
  })

  it('DCS-121: a home address in the practitioner consent is refused', () => {
    const { issues } = issuesAfter({
      file: 'forms/practitioner-consent.md',
      from: '| | text | service_name |',
      to: `| | text | home_address | Home address | Cyfeiriad cartref${' |'.repeat(12)}\n| | text | service_name |`,
    })
    expect(issues.filter((issue) => issue.code === 'question-refused' && issue.message.includes('home_address')).length).toBeGreaterThanOrEqual(1)
  })

  it('guidance taken away from one question in words stops the programme', () => {
    const text = filesOf('vig-dcs').get('forms/client-session.md') ?? ''
    const row = text.split('\n').find((line) => line.startsWith('| | text | helped_words')) ?? ''
    const cells = row.split(' | ')
    const { issues, line } = issuesAfter({
      file: 'forms/client-session.md',
      from: row,
      to: cells.map((cell, at) => (at === 7 || at === 8 ? '' : cell)).join(' | '),
    })
    expect(issues).toMatchObject([{ code: 'question-refused', line, message: expect.stringContaining('guidance-missing') }, { line }])
  })
})

describe('the ledgers', () => {
  it.each([
    ['vig-dcs', [156, 68]],
    ['derbyshire-vig', [75]],
    ['kitbags-evaluation', [93]],
    ['systemic-practice', [51]],
  ])('%s holds its clauses in one schema', (folder, counts) => {
    const read = readLedgers(filesOf(folder))
    expect(read.ok ? read.programme.ledgers.map((ledger) => ledger.clauses.length) : read.issues).toEqual(counts)
  })

  it('DCS-115: every control of the policy names clauses that the ledgers have, at each of the three levels', () => {
    const { policy, clauses } = readVigDcs()
    const ids = new Set(clauses.map((clause) => clause.id))
    expect(policy.security.flatMap((control) => control.clauses).filter((id) => !ids.has(id))).toEqual([])
    expect([...new Set(policy.security.map((control) => control.level))]).toEqual(['platform', 'form', 'access'])
  })
})
