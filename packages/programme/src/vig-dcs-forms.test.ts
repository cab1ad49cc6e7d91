// The forms of vig-dcs in the real engine, filled in as a person would, and read back as the server reads them.
import '../../forms/src/engine/test/jsdom.ts'
import { readSubmission, type XmlElement } from '@attune/forms'
import { nameOf, openForm, shownQuestions, type FormSession } from '@attune/forms/engine'
import { describe, expect, it } from 'vitest'
import { getFormOfKind, findForm, type ProgrammeForm } from './programme.ts'
import { readVigDcs } from '../test/vig-dcs.ts'

const programme = readVigDcs()
const form = getFormOfKind(programme, 'client-record')
const consent = getFormOfKind(programme, 'practitioner-consent')

type Answer = string | readonly string[] | true | File
function answer(session: FormSession, answers: { readonly [question: string]: Answer }): void {
  for (const [name, value] of Object.entries(answers)) {
    const node = shownQuestions(session.root).find((candidate) => nameOf(candidate) === name)
    if (node === undefined) throw new Error(`The form does not ask ${name} now.`)
    if (node.nodeType === 'select') node.selectValues(typeof value === 'string' ? [value] : (value as readonly string[]))
    else if (node.nodeType === 'rank') node.setValues(value as string[])
    else if (node.nodeType === 'trigger') node.setValue(true)
    else if (node.nodeType === 'upload') node.setValue(value as File)
    else if (node.nodeType === 'range') node.setValue(BigInt(value as string) as never)
    else if (node.nodeType === 'input') node.setValue(value as never)
    else throw new Error(`${name} cannot be answered: ${node.nodeType}`)
  }
}

const asked = (session: FormSession) =>
  shownQuestions(session.root)
    .filter((node) => node.nodeType !== 'note')
    .map(nameOf)

function toTree(element: Element): XmlElement {
  return {
    name: element.nodeName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: [...element.children].map(toTree),
    text: [...element.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.nodeValue ?? '')
      .join(''),
  }
}
const read = ({ outline }: ProgrammeForm, xml: string) =>
  readSubmission(outline, toTree(new DOMParser().parseFromString(xml, 'text/xml').documentElement), { latestDay: '2100-01-01' })
const plain = (name: string, value: string) => ({ name, value })

const before = { client_consented: 'yes' } as const
const first = {
  signed_on: '2026-01-05',
  held_by_service: true,
  service_copy: 'yes',
  code_source: 'service',
  client_code: 'VIG-0042',
  session_on: '2026-01-05',
  session_no: '1',
  time_point: 'before',
  session_mode: 'face-to-face',
  age_group: '2-4',
  other_support: ['social-care', 'education'],
  narrative_child: 'A child who looks away.',
  narrative_relationship: 'We are often tired.',
  measures_used: ['none'],
} as const

async function send(session: FormSession): Promise<string> {
  const sent = await session.prepareSubmission()
  if (sent.status !== 'ready') throw new Error(JSON.stringify(sent.violations))
  return sent.xml
}

describe('the client session', () => {
  it('ends with "no": nothing else is asked', async () => {
    const session = (await openForm(form.xml)).createSession()
    expect(asked(session)).toEqual(['client_consented'])
    answer(session, { client_consented: 'no' })
    expect(asked(session)).toEqual(['client_consented'])
    expect(shownQuestions(session.root).map(nameOf)).toContain('consent_ended')
    session.close()
  })

  it('goes out with the least that a first session needs, and is read back without an issue', async () => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, first)
    const { answers, issues } = read(form, await send(session))
    expect(issues).toEqual([])
    expect(answers).toMatchObject({
      client_consented: 'yes',
      client_code: 'VIG-0042',
      session_no: 1,
      age_group: '2-4',
      other_support: ['social-care', 'education'],
    })
    expect(answers['helped_by']).toBeUndefined()
    session.close()
  })

  it('takes three goals with ratings, both item measures, all totals and what helped, and works out totals and bands', async () => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, {
      ...first,
      time_point: 'after',
      session_no: '4',
      measures_used: ['phq-9', 'gad-7', 'kpcs', 'swemwbs', 'core-10', 'bpses', 'pss-bj', 'mors-sf'],
    })
    for (const place of ['1', '2', '3']) answer(session, { [`goal_${place}`]: `Goal ${place}` })
    answer(session, { goal_1_rating: '7', goal_2_rating: '0', goal_3_rating: '10', goals_order: ['goal_3', 'goal_1', 'goal_2'] })
    for (const line of [1, 2, 3, 4, 5, 6, 7, 8, 9]) answer(session, { [`phq9_${line}`]: line === 9 ? '1' : '2' })
    for (const line of [1, 2, 3, 4, 5, 6, 7]) answer(session, { [`gad7_${line}`]: '0' })
    answer(session, {
      kpcs_total: '45',
      swemwbs_total: '7',
      core10_total: '0',
      bpses_total: '25',
      pss_total: '18',
      mors_warmth: '35',
      mors_invasion: '0',
    })
    answer(session, { helped_by: ['feeling-heard'], helped_words: 'Seeing it.' })
    expect(shownQuestions(session.root).map(nameOf)).toContain('phq9_care')
    const { answers, issues } = read(form, await send(session))
    expect(issues).toEqual([])
    expect(answers).toMatchObject({ phq9_total: 17, gad7_total: 0, goal_2_rating: 0, goals_order: ['goal_3', 'goal_1', 'goal_2'] })
    expect(answers['phq9_band']).toBe('moderately-severe')
    expect(answers['gad7_band']).toBe('minimal')
    session.close()
  })

  it('shows no total until every line of a measure has an answer', async () => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, { ...first, measures_used: ['gad-7'] })
    for (const line of [1, 2, 3, 4, 5, 6]) answer(session, { [`gad7_${line}`]: '3' })
    expect(read(form, await send(session)).answers['gad7_total']).toBeUndefined()
    answer(session, { gad7_7: '3' })
    expect(read(form, await send(session)).answers['gad7_total']).toBe(21)
    session.close()
  })

  it.each([
    ['a day of consent in the future', { signed_on: '2099-01-01', session_on: '2099-01-01' }, 'signed_on'],
    ['a session before the consent', { session_on: '2025-12-31' }, 'session_on'],
    ['session number 0', { session_no: '0' }, 'session_no'],
    ['"none" together with other support', { other_support: ['none', 'education'] }, 'other_support'],
    ['"none today" together with a measure', { measures_used: ['none', 'kpcs'] }, 'measures_used'],
  ] as const)('does not go out with %s', async (_, wrong, question) => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, { ...first, ...(wrong as { readonly [question: string]: Answer }) })
    const sent = await session.prepareSubmission()
    expect(sent.status === 'incomplete' ? sent.violations.map((violation) => violation.path.split('/').at(-1)) : []).toContain(question)
    session.close()
  })

  it.each([
    ['an exact age', plain('age_group', '3'), 'unknown-choice'],
    ['a date of birth', plain('age_group', '2022-04-01'), 'unknown-choice'],
    ['an uncoded support', plain('other_support', 'church'), 'unknown-choice'],
    ['no child’s age group', plain('age_group', ''), 'missing-answer'],
    ['no client code', plain('client_code', ''), 'missing-answer'],
    ['no words about the relationship', plain('narrative_relationship', ''), 'missing-answer'],
  ])('is not read with %s in it', async (_, { name, value }, code) => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, first)
    const xml = (await send(session)).replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`)
    const { issues } = read(form, xml)
    expect(issues).toMatchObject([{ code, path: expect.stringContaining(`/${name}`) }])
    session.close()
  })

  it('is not read with an answer that the form does not ask', async () => {
    const session = (await openForm(form.xml)).createSession()
    answer(session, before)
    answer(session, first)
    const xml = (await send(session)).replace('<age_group>', '<date_of_birth>2022-04-01</date_of_birth><age_group>')
    expect(read(form, xml).issues).toMatchObject([{ code: 'unknown-element' }])
    session.close()
  })
})

describe('the practitioner consent', () => {
  const person = { first_name: 'Sam', surname: 'Ŵyn', business_email: 'sam@service.example', service_name: 'A Service' }
  const statements = { policy_read: true, data_use: true, terms_accepted: true, understanding: true, device: true } as const
  const signature = { signature: new File(['ink'], 'signature.png', { type: 'image/png' }) }

  it('goes out with five facts and five acknowledgements', async () => {
    const session = (await openForm(consent.xml)).createSession()
    answer(session, { ...statements, ...person, ...signature })
    const { answers, issues, attachments } = read(consent, await send(session))
    expect(issues).toEqual([])
    expect(Object.keys(answers).sort()).toEqual([...Object.keys(person), ...Object.keys(statements), 'signature'].sort())
    expect(attachments).toHaveLength(1)
    session.close()
  })

  it.each([...Object.keys(statements), ...Object.keys(person), 'signature'])('does not go out without %s', async (missing) => {
    const session = (await openForm(consent.xml)).createSession()
    answer(session, Object.fromEntries(Object.entries({ ...statements, ...person, ...signature }).filter(([name]) => name !== missing)))
    const sent = await session.prepareSubmission()
    expect(sent.status === 'incomplete' ? sent.violations.map((violation) => violation.path.split('/').at(-1)) : []).toEqual([missing])
    session.close()
  })
})

describe('the practice form', () => {
  it('opens, repeats and counts', async () => {
    const practice = findForm(programme, 'practise-here')
    const session = (await openForm(practice?.xml ?? '')).createSession()
    answer(session, { film_minutes: '1.5', moment_words: 'She waits.', moment_principle: 'attentive', moment_strength: '4' })
    expect(session.violations()).toEqual([])
    expect(session.toDraft().xml).toContain('<moments_count>1</moments_count>')
    session.close()
  })
})
