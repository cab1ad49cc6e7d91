import { readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { changedClientForm, toSurveyRow, type RowCells } from '../test/changed-form.ts'
import { digest, readVigDcs } from '../test/vig-dcs.ts'
import { checkForm, type CheckedForm } from './check-form.ts'

const programme = readVigDcs()
const check = (text: string): CheckedForm => checkForm(programme, { workbook: readMarkdown(text), fileName: 'client-session.md', digest })
const adding = (cells: RowCells, sheets = '') => check(changedClientForm({ addAfter: ['age_group', toSurveyRow(cells)], sheets }))
const issuesOf = (checked: CheckedForm) => (checked.ok ? [] : checked.issues.filter(({ severity }) => severity === 'error'))
const codesOf = (checked: CheckedForm) => issuesOf(checked).map(({ code }) => code)

const question = (more: RowCells): RowCells => ({
  type: 'select_one yes_no',
  name: 'new_thing',
  label: 'Did the sessions start on time?',
  welsh: 'A ddechreuodd y sesiynau ar amser?',
  ...more,
})
const declared = `| fields | | | | | |
| | name | label | purposes | sensitivity | justification |
| | new_thing | Sessions on time | guide-practice | ordinary | Late starts explain shorter work. |`

describe('a form that is handed in', () => {
  it('is taken when nothing but its version and some words changed, with the meanings of today', () => {
    const checked = check(changedClientForm({ replace: ['On which day was the session?', 'On what day was the session?'] }))
    expect(issuesOf(checked)).toEqual([])
    expect(checked.ok && checked.form).toMatchObject({
      id: 'client-session',
      version: '2025-06.2',
      kind: 'client-record',
      questions: { clientCode: 'client_code' },
    })
    expect(checked.ok && checked.form.additions).toBeUndefined()
  })

  it('is refused when a question has no declared purpose, and the question is named with its row', () => {
    const [issue] = issuesOf(adding(question({})))
    expect(issue).toMatchObject({ code: 'question-without-field', sheet: 'survey' })
    expect(issue?.message).toContain('"new_thing"')
    expect(issue?.row).toBeGreaterThan(10)
    expect(codesOf(adding(question({}), declared.replace('guide-practice', '')))).toEqual(['question-without-purpose'])
    expect(codesOf(adding(question({}), declared.replace('Late starts explain shorter work.', '')))).toEqual(['question-without-reason'])
  })

  it('a new question may say on the sheet "fields" what it is for', () => {
    const checked = adding(question({}), declared)
    expect(issuesOf(checked)).toEqual([])
    expect(checked.ok && checked.form.additions?.fields).toMatchObject([
      { name: 'new_thing', purposes: ['guide-practice'], keep: 'client-record', subject: 'client', partition: 'answers' },
    ])
  })

  it('the sheet "fields" knows only purposes of the policy, never identity, and no column of its own making', () => {
    expect(codesOf(adding(question({}), declared.replace('guide-practice', 'curiosity')))).toContain('field-broken')
    expect(codesOf(adding(question({}), declared.replace('ordinary', 'identity')))).toContain('field-broken')
    expect(codesOf(adding(question({}), declared.replace('justification', 'keep')))).toContain('field-broken')
    expect(codesOf(check(changedClientForm({ sheets: declared.replace('new_thing', 'age_group') })))).toContain('field-broken')
  })

  it('is refused with a question for the date of birth, the name or the address, whatever its purpose says, with the rule named', () => {
    for (const label of ['Date of birth', 'What is the child’s name?', 'Home address', 'Postcode', 'NHS number'])
      expect(codesOf(adding(question({ type: 'text', label, guidance: 'g', welshGuidance: 'g' }), declared)), label).toContain(
        'question-asks-identity',
      )
    expect(codesOf(adding(question({ type: 'geopoint' }), declared))).toContain('question-takes-media')
  })

  it('is refused with a question labelled Ethnicity, or with a list of faiths as its choices', () => {
    expect(codesOf(adding(question({ label: 'Ethnicity' }), declared))).toContain('question-asks-special-category')
    const faiths = `| choices | | | |\n| | list_name | name | label::English (en) | label::Cymraeg (cy) | place |\n`
    const rows = ['Christian', 'Muslim', 'Hindu', 'No faith'].map((faith) => `| | faiths | f_${faith.length} | ${faith} | ${faith} | |`).join('\n')
    const text = changedClientForm({
      addAfter: ['age_group', toSurveyRow(question({ type: 'select_one faiths' }))],
      replace: ['| | yes_no | yes |', `${rows}\n| | yes_no | yes |`],
      sheets: declared,
    })
    expect(faiths).toContain('list_name')
    expect(codesOf(check(text))).toContain('question-asks-special-category')
  })

  it('keeps the core as it is: a removed meaning, another set of age groups or a changed measure is refused', () => {
    expect(codesOf(check(changedClientForm({ remove: 'session_mode' })))).toContain('question-unknown')
    expect(codesOf(check(changedClientForm({ replace: ['| | age_group | 0-2 | 0-2 | 0-2 | |\n', ''] })))).toContain('choices-wrong')
    expect(codesOf(check(changedClientForm({ replace: ['. >= 0 and . <= 45', '. >= 0 and . <= 50'] })))).toContain('measure-changed')
    expect(codesOf(check(changedClientForm({ remove: 'kpcs_total' })))).toContain('measure-changed')
  })

  it('of another programme, without a version, or with files of its own is refused', () => {
    expect(codesOf(check(changedClientForm({ replace: ['| client-session |', '| our-own |'] })))).toEqual(['form-not-of-programme'])
    expect(codesOf(check(changedClientForm({ version: '' })))).toContain('version-missing')
    expect(codesOf(adding(question({ type: 'select_one_from_file towns.csv' }), declared))).toContain('form-file-missing')
  })

  describe('that starts with what was answered in the form before', () => {
    // The client form has no column for defaults: the header and the new row get one more cell.
    const starting = (text: string, sheet = declared) => {
      const added = toSurveyRow(question({ type: 'select_one yes_no' }))
      const given = changedClientForm({ addAfter: ['age_group', `${added} ${text} |`], sheets: sheet })
      return check(given.replace(/^(\| \| type \| name \|.*)$/m, '$1 default |'))
    }
    const remembering = (target: string, sheet = declared) => starting(`\${last-saved#${target}}`, sheet)
    const aboutSession = declared
      .replace('justification |', 'justification | about_session |')
      .replace('shorter work. |', 'shorter work. | yes |')
      .replace('| fields | | | | | |', '| fields | | | | | | |')

    it('is taken where that was about the session, and its XML reads the last saved record', () => {
      const checked = remembering('new_thing', aboutSession)
      expect(issuesOf(checked)).toEqual([])
      expect(checked.ok && checked.form.xml).toContain('src="jr://instance/last-saved"')
      expect(checked.ok && checked.form.additions?.fields).toMatchObject([{ name: 'new_thing', aboutSession: true }])
    })

    it('is refused at its cell where that was about the client: the next form is about another one', () => {
      for (const name of ['age_group', 'client_code', 'goal_1', 'phq9_1', 'new_thing']) {
        const [issue, ...others] = issuesOf(remembering(name))
        expect(others).toEqual([])
        expect(issue, name).toMatchObject({
          code: 'last-saved-about-client',
          sheet: 'survey',
          column: 'default',
          cell: expect.stringMatching(/^[A-Z]+\d+$/),
        })
        expect(issue?.message).toContain(`"${name}"`)
      }
    })

    it('is refused in every other column: a rule would come out otherwise at the server', () => {
      const [issue, ...others] = issuesOf(adding(question({ relevant: "${last-saved#new_thing} = 'yes'" }), aboutSession))
      expect(others).toEqual([])
      expect(issue).toMatchObject({ code: 'last-saved-outside-default', column: 'relevant' })
      expect(codesOf(adding(question({ label: 'Then: ${last-saved#new_thing}' }), aboutSession))).toEqual(['last-saved-outside-default'])
      expect(codesOf(starting("instance('__last-saved')/data/new_thing", aboutSession))).toContain('last-saved-outside-default')
    })

    it('a free, health or unknown answer is never about the session alone', () => {
      expect(codesOf(remembering('new_thing', aboutSession.replace('ordinary', 'health')))).toEqual(['field-broken', 'last-saved-about-client'])
    })
  })

  it('a question that splits families into smaller groups is flagged with what it does to the number of combinations', () => {
    const checked = adding(question({ type: 'select_one helped' }), declared)
    expect(checked.ok).toBe(true)
    const flagged = checked.ok ? checked.warnings.filter(({ code }) => code === 'combination-singles-out') : []
    expect(flagged).toHaveLength(1)
    expect(flagged[0]?.message).toMatch(/"new_thing" can describe .* 8 times as many/)
    const same = check(changedClientForm())
    expect(same.ok && same.warnings.filter(({ code }) => code === 'combination-singles-out')).toEqual([])
  })
})
