import { toStableJson } from '@attune/forms'
import { describe, expect, it } from 'vitest'
import { issueCodes, showIssue } from './issue.ts'
import { readLedgers } from './read-ledger.ts'
import { readProgramme } from './read-programme.ts'
import { digest, filesOf, issuesAfter, readVigDcs, scales, shortFiles, type Change } from '../test/vig-dcs.ts'

const policy = (from: string, to: string): Change => ({ file: 'policy.yaml', from, to })
const programme = (from: string, to: string): Change => ({ file: 'programme.yaml', from, to })
const session = (from: string, to: string): Change => ({ file: 'forms/client-session.md', from, to })
const measures = (from: string, to: string): Change => ({ file: 'measures.yaml', from, to })
const training = (from: string, to: string): Change => ({ file: 'training.yaml', from, to })
const clauses = (from: string, to: string): Change => ({ file: 'clauses.yaml', from, to })

// What is wrong, the code it gets, where, and a word that the message must hold. Each line stands on the line that was changed, or just below it.
const holes: readonly (readonly [string, string, Change, string])[] = [
  ['a file that is not there', 'file-missing', programme('measures: measures.yaml', 'measures: measure.yaml'), 'measure.yaml'],
  ['a form file that is not there', 'file-missing', programme('forms/practise-here.md', 'forms/practice.md'), 'forms/practice.md'],
  ['broken YAML', 'yaml-broken', training('course: first-use', 'course: "first-use'), 'YAML'],
  ['a key that is missing', 'key-missing', policy('title: DCS Data Policy and Privacy Notice\n', ''), 'title'],
  [
    'DCS-115: a control that serves no clause',
    'key-missing',
    policy('level: access, clauses: [DCS-081], code', 'level: access, code'),
    'the clauses that it serves',
  ],
  ['DCS-115: a control whose list of clauses is empty', 'key-missing', policy('clauses: [DCS-081]', 'clauses: []'), 'at least one clause'],
  ['a key that is unknown', 'key-unknown', policy('editionOn:', 'editionsOn: "2025-06-01"\neditionOn:'), 'Did you mean "editionOn"'],
  ['a value that is unknown', 'key-unknown', policy('draftKeepDays: 14', 'draftKeptDays: 14'), 'Did you mean "draftKeepDays"'],
  ['a blank controller', 'value-blank', policy('id: aviguk, name: AVIGuk,', 'id: aviguk, name: ,'), 'blank'],
  ['a blank text', 'value-blank', policy('name: AVIGuk DCS data contact', 'name: ""'), 'blank'],
  ['a number in place of text', 'value-kind', policy('edition: "2025-06"\neditionOn', 'edition: 2025\neditionOn'), 'quotes'],
  ['an edition that is no month', 'value-kind', policy('edition: "2025-06"\neditionOn', 'edition: "June 2025"\neditionOn'), 'year and month'],
  ['an e-mail address that is none', 'value-kind', policy('email: dcs@example.org', 'email: dcs'), 'e-mail'],
  ['a limit in no unit', 'value-kind', policy('then: wipe }', 'then: wipe, atLeast: 3 }'), 'key: value'],
  ['a value out of its range', 'value-out-of-range', policy('nomineesPerServiceMaximum: 2', 'nomineesPerServiceMaximum: 11'), 'from 1 to 10'],
  ['more goals than the policy allows', 'value-out-of-range', policy('goalsPerClientMaximum: 3', 'goalsPerClientMaximum: 2'), '2 goals'],
  [
    'an unknown basis',
    'word-unknown',
    policy('article6: legitimate-interest', 'article6: legitimate-interests'),
    'Did you mean "legitimate-interest"',
  ],
  ['an unknown role', 'word-unknown', policy('  analyst:\n', '  analist:\n'), 'Did you mean "analyst"'],
  ['an unknown act', 'word-unknown', policy('    record.submit: own-service', '    record.sumbit: own-service'), 'Did you mean "record.submit"'],
  ['an unknown gate', 'word-unknown', policy('client-record: [programme-open,', 'client-record: [programme-opens,'), 'programme-open'],
  [
    'an unknown kind of form in the gates',
    'word-unknown',
    policy('practitioner-consent: [programme-open', 'practise: [programme-open]\n  practitioner-consent: [programme-open'),
    'practise',
  ],
  ['a day that does not exist', 'day-invalid', policy('editionOn: "2025-06-01"', 'editionOn: "2025-06-31"'), 'YYYY-MM-DD'],
  ['the same purpose twice', 'duplicate', policy('{ code: download, label', '{ code: retrieve, label'), 'retrieve'],
  [
    'the same field twice',
    'duplicate',
    policy('names: { helped_by: What helped }', 'names: { helped_by: What helped, age_group: Age }'),
    'age_group',
  ],
  [
    'a purpose that nobody described',
    'reference-unknown',
    policy('purposes: [download]\n    sensitivity', 'purposes: [downloads]\n    sensitivity'),
    'downloads',
  ],
  [
    'a subject that nobody described',
    'reference-unknown',
    policy('names: { age_group: Age group of the child }\n    subject: client', 'names: { age_group: Age group of the child }\n    subject: child'),
    'child',
  ],
  ['a retention rule that nobody described', 'reference-unknown', policy('keep: record-author', 'keep: author'), 'author'],
  [
    'an operator that is no party',
    'operator-unknown',
    policy('operator: { name: AVIGuk, party: aviguk }', 'operator: { name: AVIGuk, party: avig }'),
    'avig',
  ],
  ['no controller', 'controller-missing', policy('role: controller', 'role: partner'), 'controller'],
  ['a contact that is not described', 'contact-missing', policy('contact: dcs\n', 'contact: desk\n'), 'desk'],
  ['a purpose without a role', 'actor-missing', policy('actors: [analyst], subject: client', 'actors: [], subject: client'), 'role'],
  ['fields without a purpose', 'field-without-purpose', policy('    purposes: [download]\n', ''), 'purposes:'],
  ['fields without retention', 'field-without-retention', policy('    keep: record-author\n', ''), 'keep:'],
  [
    'answers that are said to go sooner than their record does',
    'field-elsewhere',
    policy(
      'names: { age_group: Age group of the child }\n    subject: client\n    purposes: [guide-practice, report, analyse]\n    sensitivity: ordinary\n    partition: answers\n    keep: client-record',
      'names: { age_group: Age group of the child }\n    subject: client\n    purposes: [guide-practice, report, analyse]\n    sensitivity: ordinary\n    partition: answers\n    keep: draft',
    ),
    'keep: client-record',
  ],
  [
    'answers that are said to lie where they do not',
    'field-elsewhere',
    policy('sensitivity: free-text\n    partition: answers', 'sensitivity: free-text\n    partition: scores'),
    'partition: answers',
  ],
  ['a retention rule without a length', 'retention-without-limit', policy('starts: session, atMost: { years: 4 }', 'starts: session'), 'atMost'],
  [
    'records counted from a day that the program does not count from',
    'retention-not-carried-out',
    policy('starts: session, atLeast: { years: 4 }', 'starts: signing, atLeast: { years: 4 }'),
    'starts: session',
  ],
  [
    'records looked at again that the program disposes of',
    'retention-not-carried-out',
    policy('releasedByAggregation: true, then: dispose', 'releasedByAggregation: true, then: review'),
    'then: dispose',
  ],
  ['a retention rule that nothing carries out', 'retention-not-carried-out', policy('{ id: code-request,', '{ id: lost-codes,'), 'then: review'],
  [
    'drafts kept for another time than devices keep them',
    'retention-not-carried-out',
    policy('starts: last-edit, atMost: { days: 14 }', 'starts: last-edit, atMost: { days: 30 }'),
    'draftKeepDays, which is 14 days',
  ],
  [
    'health facts without an Article 9 condition',
    'condition-missing',
    policy(
      'subject: client, article6: consent, article9: explicit-consent }\n  - { code: match-records',
      'subject: client, article6: consent }\n  - { code: match-records',
    ),
    'analyse',
  ],
  [
    'no gates for the client record',
    'gate-missing',
    policy('  practitioner-consent: [programme-open, service-live]', '  practitioner-consent: []'),
    'practitioner-consent',
  ],
  [
    'a rule that could never allow anything',
    'rule-refused',
    policy('record.download: { scope: own-service, purposes: [download] }', 'record.download: { scope: own-service, purposes: [analyse] }'),
    'analyse',
  ],
  [
    'a recipient in a place that is not allowed',
    'region-not-allowed',
    policy('category: processor\n    region: eu-west-1', 'category: processor\n    region: us-east-1'),
    'us-east-1',
  ],
  [
    'an edition that no change explains',
    'edition-without-change',
    policy('edition: "2025-06"\neditionOn', 'edition: "2026-01"\neditionOn'),
    '2026-01',
  ],
  ['a programme that is only a ledger', 'ledger-only', programme('status: running', 'status: ledger-only'), 'ledger'],
  ['a form that does not compile', 'form-broken', session('| | integer | session_no', '| | intger | session_no'), 'intger'],
  [
    'a form without a version',
    'form-broken',
    session('| | Client session | client-session | 2025-06.2 |', '| | Client session | client-session | |'),
    'version',
  ],
  [
    'a form with a file beside it',
    'form-broken',
    session('| | select_one yes_no | service_copy', '| | select_one_from_file copies.csv | service_copy'),
    'copies.csv',
  ],
  ['no practitioner consent', 'form-kind-missing', programme('kind: practitioner-consent', 'kind: practice'), 'practitioner-consent'],
  [
    'two forms with one form_id',
    'form-duplicate',
    { file: 'forms/practise-here.md', from: '| | Practise here | practise-here |', to: '| | Practise here | client-session |' },
    'client-session',
  ],
  ['a meaning without its question', 'question-unknown', programme('sessionOn: session_on', 'sessionOn: session_at'), 'Did you mean "session_on"'],
  ['a question of the wrong type', 'question-type-wrong', programme('sessionNo: session_no', 'sessionNo: session_on'), 'integer'],
  ['other support without “none”', 'choices-wrong', session('| | other_support | none |', '| | other_support | nothing |'), '"none"'],
  ['other age groups', 'choices-wrong', session('| | age_group | 0-2 |', '| | age_group | 0-1 |'), 'pre-birth, 0-2'],
  ['other words than those of the terms', 'statement-differs', policy('I agree that my data is kept', 'I agree that our data is kept'), 'our data'],
  [
    'a question that the policy does not know',
    'question-refused',
    policy('goals_order: Which goal matters most ', 'goals_place: Which goal matters most '),
    'goals_order',
  ],
  [
    'a language without words',
    'translation-missing',
    programme('languages: [English (en), Cymraeg (cy)]', 'languages: [English (en), Cymraeg (cy), Polski (pl)]'),
    'Polski',
  ],
  ['a label without its translation', 'translation-missing', session('| Y cod |', '| |'), 'client_code'],
  ['a measure that nobody knows', 'measure-unknown', measures('scale: phq-9', 'scale: phq-8'), 'Did you mean'],
  ['a measure without one of its items', 'measure-item-wrong', measures(', q9: phq9_9', ''), 'q9'],
  ['an item that the measure does not have', 'measure-item-wrong', measures('q9: phq9_9', 'q10: phq9_9'), 'q10'],
  [
    'a total that is typed although there are items',
    'measure-item-wrong',
    measures('scores: { total: phq9_total }', 'scores: { total: kpcs_total }'),
    'calculation',
  ],
  ['a total with another range', 'measure-item-wrong', session('. >= 0 and . <= 45', '. >= 0 and . <= 40'), '0 to 45'],
  ['an item in other words', 'measure-wording-differs', session('Trouble relaxing', 'Trouble sleeping'), 'Trouble relaxing'],
  ['a training question without its answer', 'training-broken', training('right: roles', 'right: role'), 'role'],
  [
    'a training unit without questions',
    'training-broken',
    training('units:\n', 'units:\n  - { id: empty, label: Empty, passPercent: 50, lesson: [], questions: [] }\n'),
    'never be passed',
  ],
  ['a clause with another kind of id', 'clause-broken', clauses('- id: DCS-001', '- id: DCS1'), 'DCS1'],
  ['the same clause twice', 'duplicate', clauses('- id: DCS-002', '- id: DCS-001'), 'DCS-001'],
]

describe('a hole in a programme', () => {
  it.each(holes)('%s is %s', (_, code, change, word) => {
    const { issues } = issuesAfter(change)
    const found = issues.find((issue) => issue.code === code && issue.message.includes(word))
    expect(found, JSON.stringify(issues.slice(0, 5), null, 1)).toBeDefined()
  })

  it('stands at the file, line and column where it has to be mended', () => {
    for (const change of [
      policy('article6: legitimate-interest', 'article6: legitimate-interests'),
      policy('nomineesPerServiceMaximum: 2', 'nomineesPerServiceMaximum: 11'),
      programme('sessionOn: session_on', 'sessionOn: session_at'),
      session('| | integer | session_no', '| | intger | session_no'),
      session('| Y cod |', '| |'),
      clauses('- id: DCS-001', '- id: DCS1'),
    ]) {
      const { issues, line } = issuesAfter(change)
      expect(issues[0]).toMatchObject({ file: change.file, line })
      expect(issues[0]?.column).toBeGreaterThanOrEqual(1)
    }
  })

  it('is told together with all others, in the order of the files', () => {
    const { issues } = issuesAfter(
      policy('role: controller', 'role: partner'),
      policy('contact: dcs\n', 'contact: desk\n'),
      programme('sessionOn: session_on', 'sessionOn: session_at'),
    )
    expect(issues.map((issue) => [issue.file, issue.code])).toEqual([
      ['policy.yaml', 'controller-missing'],
      ['policy.yaml', 'contact-missing'],
      ['programme.yaml', 'question-unknown'],
    ])
  })

  it('is shown in one line', () => {
    expect(showIssue({ file: 'policy.yaml', line: 3, column: 7, code: 'value-blank', message: 'This is blank.' })).toBe(
      'policy.yaml:3:7: This is blank. (value-blank)',
    )
  })

  it('a statement of the terms that is not required, a scale that is broken and a second controller form are found too', () => {
    const row = (filesOf('vig-dcs').get('forms/practitioner-consent.md') ?? '').split('\n').find((line) => line.includes('| understanding |')) ?? ''
    const optional = issuesAfter({ file: 'forms/practitioner-consent.md', from: row, to: row.replace('| yes |', '| |') })
    expect(optional.issues).toMatchObject([{ code: 'question-type-wrong', message: expect.stringContaining('required') }])
    const broken = readProgramme({ files: filesOf('vig-dcs'), scales: new Map([...scales, ['kpcs', 'id: kpcs\nname: [']]), digest })
    expect(broken.ok ? [] : broken.issues.map((issue) => issue.code)).toContain('scale-broken')
    const field = readProgramme({ files: filesOf('vig-dcs'), scales: new Map([...scales, ['kpcs', 'id: kpcs']]), digest })
    expect(field.ok ? [] : field.issues.filter((issue) => issue.file === 'scales/kpcs.yaml').length).toBeGreaterThan(1)
    const unknown = issuesAfter(
      policy('- form: practitioner-consent\n    names: { policy_read', '- form: practitioner-consents\n    names: { policy_read'),
    )
    expect(unknown.issues.some((issue) => issue.code === 'reference-unknown' && issue.message.includes('practitioner-consents'))).toBe(true)
  })

  it('of every code is tested here', () => {
    expect([...new Set([...holes.map(([, code]) => code), 'scale-broken'])].sort()).toEqual([...issueCodes].sort())
  })
})

describe('a programme folder', () => {
  it('that is empty says what to write, and never crashes', () => {
    const read = readProgramme({ files: new Map(), scales, digest })
    expect(read).toMatchObject({ ok: false, issues: [{ code: 'file-missing', file: 'programme.yaml', line: 1 }] })
    expect(readLedgers(new Map())).toMatchObject({ ok: false })
  })

  it('cut off anywhere is refused or read, and never crashes', () => {
    const files = shortFiles()
    for (const file of ['programme.yaml', 'policy.yaml', 'measures.yaml', 'training.yaml']) {
      const text = files.get(file) ?? ''
      for (let at = 0; at < text.length; at += Math.ceil(text.length / 8)) {
        const read = readProgramme({ files: new Map([...files, [file, text.slice(0, at)]]), scales, digest })
        expect(read.ok || read.issues.length > 0).toBe(true)
      }
    }
  }, 60_000)

  it('with lists where words belong, and words where lists belong, is refused and never crashes', () => {
    const files = shortFiles()
    for (const file of ['programme.yaml', 'policy.yaml', 'measures.yaml', 'training.yaml', 'clauses.yaml']) {
      for (const text of ['[]', '{}', 'word', '- [1, {a: b}]', 'parties: x\nforms: 3\nunits: {a: 1}\nid: [x]', '&a [*a]']) {
        expect(readProgramme({ files: new Map([...files, [file, text]]), scales, digest }).ok && text !== '[]').toBe(false)
      }
    }
  }, 60_000)

  it('keeps its policy version when only comments and the order of keys change, and takes a new one when a rule changes', () => {
    const files = shortFiles()
    const text = files.get('policy.yaml') ?? ''
    const version = (changed: string) => readVigDcs(new Map([...files, ['policy.yaml', changed]])).policyVersion
    const before = version(text)
    expect(version(`# A remark.\n${text}`)).toEqual(before)
    expect(version(text.replace('rightsWarningDays: 5', 'rightsWarningDays: 7')).hash).not.toBe(before.hash)
    expect(version(text.replace('rightsWarningDays: 5', 'rightsWarningDays: 7')).termsHash).toBe(before.termsHash)
    expect(before.text).toBe(`2025-06+${before.hash.slice(0, 16)}`)
  })

  it('is hashed over JSON whose keys are in order', () => {
    expect(toStableJson({ b: [1, { d: undefined, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null}]}')
  })
})
