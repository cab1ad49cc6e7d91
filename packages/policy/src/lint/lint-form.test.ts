import { describe, expect, it } from 'vitest'
import type { Field } from '../policy.ts'
import { lintCodes, lintForm, type LintedForm, type LintedQuestion } from './lint-form.ts'

const question = (name: string, label: string | { [language: string]: string }, more: Partial<LintedQuestion> = {}): LintedQuestion => ({
  name,
  type: 'text',
  label: typeof label === 'string' ? { en: label } : label,
  hint: {},
  guidance: { en: 'Leave out who people are.', cy: 'Gadewch allan pwy yw pobl.' },
  appearance: [],
  choices: [],
  calculated: false,
  row: 2,
  ...more,
})
const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  form: 'f',
  subject: 'client',
  label: name,
  purposes: ['analyse'],
  sensitivity: 'free-text',
  partition: 'answers',
  keep: 'r',
  justification: 'Because.',
  disclosureRisk: true,
  origin: 'asked',
  ...more,
})
const lint = (
  asked: readonly LintedQuestion[],
  { fields = asked.map(({ name }) => field(name)), ...more }: Partial<LintedForm> & { fields?: readonly Field[] } = {},
) => lintForm({ id: 'f', kind: 'client-record', languages: ['en'], questions: asked, identityQuestions: [], ...more }, { fields })
const codes = (...parameters: Parameters<typeof lint>) => lint(...parameters).map((issue) => issue.code)

describe('who the client is', () => {
  it.each([
    'Date of birth',
    'When was the child born?',
    "Child's birthday",
    'D.O.B.',
    'What is your child called?',
    'Full name',
    'Client’s surname',
    'Initials of the client',
    'Home address',
    'Which street do they live in?',
    'Postcode',
    'Post code of the family',
    'Mobile number',
    'Telephone',
    'E-mail',
    'Email address',
    'NHS number',
    'NHS No.',
    'Case number',
    'Social care number',
    'National Insurance number',
    'Instagram',
    'Dyddiad geni',
    'Enw’r plentyn',
    'Cyfeiriad cartref',
    'Cod post',
    'Rhif ffôn',
    'E-bost',
    'Imię i nazwisko',
    'Data urodzenia',
    'Date de naissance',
    'Geburtsdatum',
    'Número de teléfono móvil: teléfono',
    'Taariikhda dhalashada',
    'تاريخ الميلاد',
    'نام',
    'Please do not skip this. Name',
    'Name (do not leave blank)',
  ])('is refused by its label: “%s”', (label) => {
    expect(codes([question('q1', label)])).toEqual(['question-asks-identity'])
  })

  it.each(['dob', 'clientDob', 'child_name', 'fname', 'home_postcode', 'tel2', 'nhs_no', 'caseno', 'enw_plentyn', 'email1'])(
    'is refused by the name of the question: %s',
    (name) => {
      expect(codes([question(name, 'Please fill in')])).toEqual(['question-asks-identity'])
    },
  )

  it('is refused in any of the languages, in hints, in guidance and in choices', () => {
    expect(codes([question('q1', { en: 'About the child', cy: 'Enw llawn' })])).toEqual(['question-asks-identity'])
    expect(codes([question('q1', 'About the child', { hint: { en: 'Write the full name here' } })])).toEqual(['question-asks-identity'])
    expect(codes([question('q1', 'About the child', { guidance: { en: 'Their postcode, please' } })])).toEqual(['question-asks-identity'])
    expect(codes([question('q1', 'Reach them by', { type: 'select-one', choices: [{ name: 'a', label: { en: 'Mobile' } }] })])).toEqual([
      'question-asks-identity',
    ])
  })

  it.each(['image', 'audio', 'video', 'file', 'barcode', 'geopoint', 'geotrace', 'geoshape'])('is refused by its type: %s', (type) => {
    expect(codes([question('q1', 'Show us', { type })])).toEqual(['question-takes-media'])
  })

  it.each([
    'How does the client see their child?',
    'How does the client see the relationship with their child now?',
    'What went well, without names?',
    'Which age group is the child in?',
    'First goal',
    'Trouble falling or staying asleep, or sleeping too much',
    'Moving or speaking so slowly that other people could have noticed?',
    'How many sessions so far?',
    'Sut mae’r cleient yn gweld eu plentyn nawr?',
  ])('is not asked by “%s”', (label) => {
    expect(codes([question('q1', label)])).toEqual([])
  })

  it('may be spoken of in a hint that says to leave it out', () => {
    expect(
      codes([
        question('q1', 'In words', {
          hint: {
            en: 'Leave out names, places, schools, dates of birth, addresses and phone numbers.',
            cy: 'Gadewch allan enwau, lleoedd a chyfeiriadau.',
          },
        }),
      ]),
    ).toEqual([])
  })

  it('is asked of practitioners only by the questions that their consent names', () => {
    const asked = [question('surname', 'Surname'), question('private_phone', 'Private phone')]
    const fields = asked.map(({ name }) => field(name, { sensitivity: 'identity', disclosureRisk: false }))
    expect(
      lint(asked, { kind: 'practitioner-consent', identityQuestions: ['surname'], fields }).map((issue) => [issue.question, issue.code]),
    ).toEqual([
      ['private_phone', 'free-text-unmarked'],
      ['private_phone', 'question-asks-identity'],
    ])
  })
})

describe('the age of the child', () => {
  it.each([
    ['integer', 'q1', 'How old is the child?'],
    ['decimal', 'q1', 'Age in months'],
    ['text', 'child_age', 'Please fill in'],
    ['integer', 'q1', 'Faint yw oed y plentyn?'],
  ])('exact, as %s %s “%s”, is refused and the age group offered instead', (type, name, label) => {
    const issues = lint([question(name, label, { type })], { fields: [field(name)] })
    expect(issues.map((issue) => issue.code)).toEqual(['question-asks-exact-age'])
    expect(issues[0]?.message).toContain('0-2')
  })

  it('in groups is fine', () => {
    const choices = ['pre-birth', '0-2', '2-4', '5-11', '11-18'].map((name) => ({ name, label: { en: name } }))
    expect(codes([question('age_group', 'Which age group is the child in?', { type: 'select-one', choices })])).toEqual([])
  })
})

describe('special categories', () => {
  it.each([
    'Ethnicity',
    'Ethnic background',
    'What is your religion?',
    'Sexual orientation',
    'How did you vote?',
    'Member of a trade union?',
    'Any criminal convictions?',
    'Diagnosis of the child',
    'Does the mother have a disability?',
    'Nationality',
    'Crefydd',
    'Ethnigrwydd',
    'Cyfeiriadedd rhywiol',
    'Wyznanie',
    'Orientation sexuelle',
    'الدين',
  ])('are refused by their label, whatever the field says: “%s”', (label) => {
    const issues = lint([question('q1', label)])
    expect(issues.map((issue) => issue.code)).toEqual(['question-asks-special-category'])
    expect(issues[0]?.message).toContain('no setting allows it')
  })

  it.each([
    ['faiths', ['Christian', 'Muslim', 'None']],
    ['groups', ['White', 'Black', 'Mixed', 'Other']],
    ['orientations', ['Straight', 'Gay', 'Other']],
    ['parties', ['Labour', 'Conservative', 'Other']],
  ])('are refused by a list of choices: %s', (_, labels) => {
    const choices = labels.map((label, at) => ({ name: `c${at}`, label: { en: label } }))
    expect(codes([question('q1', 'Which of these?', { type: 'select-one', choices })])).toEqual(['question-asks-special-category'])
  })

  it('are refused by the names of choices as well', () => {
    const choices = ['sikh', 'hindu'].map((name) => ({ name, label: { en: '?' } }))
    expect(codes([question('q1', 'Which?', { type: 'select-multiple', choices })])).toEqual(['question-asks-special-category'])
  })

  it('are refused of practitioners and in practice forms too', () => {
    expect(codes([question('q1', 'Religion')], { kind: 'practitioner-consent', identityQuestions: ['q1'], fields: [field('q1')] })).toEqual([
      'question-asks-special-category',
    ])
    expect(codes([question('q1', 'Religion')], { kind: 'practice', fields: [] })).toEqual(['question-asks-special-category'])
  })

  it('are not asked by a list of supporting services, or by colours alone', () => {
    const services = ['mental health service for an adult', 'domestic abuse service', 'substance use service'].map((label, at) => ({
      name: `c${at}`,
      label: { en: label },
    }))
    expect(codes([question('q1', 'What other support does the family have?', { type: 'select-multiple', choices: services })])).toEqual([])
    const colours = ['White', 'Red', 'Green'].map((label, at) => ({ name: `c${at}`, label: { en: label } }))
    expect(codes([question('q1', 'Colour of the card', { type: 'select-one', choices: colours })])).toEqual([])
  })
})

describe('a question', () => {
  const words = question('q1', 'In words')

  it('without an entry in the policy is refused and named', () => {
    expect(lint([words], { fields: [] })).toMatchObject([
      { code: 'question-without-field', question: 'q1', row: 2, message: expect.stringContaining('q1') },
    ])
  })

  it('without a purpose, without a reason, or as unmarked free text is refused', () => {
    expect(codes([words], { fields: [field('q1', { purposes: [] })] })).toEqual(['question-without-purpose'])
    expect(codes([words], { fields: [field('q1', { justification: ' ' })] })).toEqual(['question-without-reason'])
    expect(codes([words], { fields: [field('q1', { disclosureRisk: false })] })).toEqual(['free-text-unmarked'])
    expect(codes([words], { fields: [field('q1', { sensitivity: 'ordinary' })] })).toEqual(['free-text-unmarked'])
  })

  it('in free text or with a client code needs guidance in every language', () => {
    expect(lint([{ ...words, guidance: { en: 'Leave people out.' } }], { languages: ['en', 'cy'] })).toMatchObject([
      { code: 'guidance-missing', message: expect.stringContaining('cy') },
    ])
    const code = question('client_code', 'The code', { appearance: ['client-code'], guidance: {} })
    expect(codes([code], { fields: [field('client_code', { sensitivity: 'ordinary', disclosureRisk: false })] })).toEqual(['guidance-missing'])
  })

  it('that the form works out is no free text', () => {
    expect(
      codes([question('band', 'Band', { calculated: true, guidance: {} })], {
        fields: [field('band', { sensitivity: 'health', disclosureRisk: false })],
      }),
    ).toEqual([])
  })

  it('of the policy that the form does not ask is reported, a stamp is not', () => {
    expect(codes([], { fields: [field('gone'), field('stamp', { origin: 'stamped' })] })).toEqual(['field-without-question'])
  })

  it('every code of the linter is tested here', () => {
    expect(lintCodes.length).toBe(10)
  })
})
