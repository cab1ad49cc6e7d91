// The copy of one session fills in the next one: with the real form, the real engine and the real measures.
import { readFileSync } from 'node:fs'
import '../../../../../packages/forms/src/engine/test/jsdom.ts'
import { openForm, leavesOf, nameOf, type FormSession } from '@attune/forms/engine'
import type { FormView } from '@attune/contract'
import { parseScale } from '@attune/measures'
import { compile, readMarkdown } from '@attune/xlsform'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ProgressCopy, ProgressSession } from '../../progress-copy/progress-copy.ts'
import { earlierWords, readEarlier, toCarriedAnswers, writeEarlier } from './earlier.ts'
import { toProgressSession } from './to-progress-copy.ts'
import { prefill } from './use-form-run.ts'

const text = (path: string) => readFileSync(new URL(`../../../../../${path}`, import.meta.url), 'utf8')
const programme = parse(text('programmes/vig-dcs/programme.yaml')) as { forms: { file: string; questions: FormView['questions'] }[] }
const compiled = compile(readMarkdown(text('programmes/vig-dcs/forms/client-session.md')))
let form: FormView
beforeAll(() => {
  if (!compiled.ok) throw new Error('The client form does not compile.')
  const measures = (parse(text('programmes/vig-dcs/measures.yaml')) as { scale: string }[]).map((use) => {
    const read = parseScale(parse(text(`packages/measures/scales/${use.scale}.yaml`)))
    return { items: {}, scores: {}, ...use, scale: 'scale' in read ? read.scale : undefined }
  })
  const questions = programme.forms[0]?.questions ?? {}
  form = {
    formId: 'client-session',
    version: '2025-06.1',
    title: '',
    kind: 'client-record',
    hash: '',
    xml: compiled.xml,
    outline: {},
    questions,
    measures,
    files: [],
  }
})

const answerIn = (session: FormSession) => (question: string) => {
  const leaf = leavesOf(session.root).find((node) => nameOf(node) === question && node.currentState.relevant)
  return leaf === undefined ? '' : leaf.currentState.instanceValue
}
const past: ProgressSession = {
  sessionId: 's1',
  sessionOn: '2026-11-02',
  sessionNo: 1,
  timePoint: 'before',
  formVersion: '2025-06.1',
  edition: '2025-06',
  goals: [
    { no: 1, wording: 'Enjoy bath time', rating: 4 },
    { no: 2, wording: 'Calm bedtime', rating: null },
  ],
  scores: { 'phq-9': { total: 14 }, kpcs: { total: 30 } },
  carried: { session_mode: 'online', age_group: '2-4', other_support: 'social-care education', measures_used: 'phq-9 kpcs' },
}
const copy: ProgressCopy = {
  programmeId: 'vig-dcs',
  formId: 'client-session',
  code: 'K7M42XQ9PD',
  codeSource: 'form',
  madeOn: '2026-11-02',
  sessions: [past],
}

describe('the next session with a client', () => {
  it('COM-053: has goals, measures, code and context filled in, and leaves consent, ratings and words to be given anew', async () => {
    const session = (await openForm(form.xml)).createSession()
    prefill(session, toCarriedAnswers(form, copy))
    const answer = answerIn(session)
    // Nothing of it is asked before the client has consented to this session.
    expect(answer('client_code')).toBe('')
    prefill(session, { client_consented: 'yes' })
    expect(
      ['code_source', 'client_code', 'session_no', 'session_mode', 'age_group', 'other_support', 'goal_1', 'goal_2', 'measures_used'].map(answer),
    ).toEqual(['form', 'K7M42XQ9PD', '2', 'online', '2-4', 'social-care education', 'Enjoy bath time', 'Calm bedtime', 'phq-9 kpcs'])
    expect(['signed_on', 'service_copy', 'time_point', 'goal_1_rating', 'phq9_1', 'kpcs_total', 'narrative_child'].map(answer)).toEqual(
      Array.from({ length: 7 }, () => ''),
    )
    session.close()
  })

  it('shows earlier ratings and scores beside the new ones, for the same goal only', () => {
    const goalNow = (wording: string) => (question: string) => (question === 'goal_1' ? wording : 'Calm bedtime')
    const words = (question: string, goal = 'Enjoy bath time') => earlierWords(form, question, [past], goalNow(goal))
    expect(words('goal_1_rating')).toBe('Last time, 2 November 2026: 4')
    expect(words('goal_1_rating', 'Another goal')).toBeUndefined()
    expect(words('goal_2_rating')).toBeUndefined()
    expect(words('phq9_total')).toBe('Last time, 2 November 2026: 14')
    expect(words('kpcs_total')).toBe('Last time, 2 November 2026: 30')
    expect(words('swemwbs_total')).toBeUndefined()
  })

  it('goes into the next copy with its own goals and scores', async () => {
    const session = (await openForm(form.xml)).createSession()
    prefill(session, { client_consented: 'yes', ...toCarriedAnswers(form, copy) })
    const given: Record<string, string> = { session_on: '2026-11-20', time_point: 'after', goal_1_rating: '7', kpcs_total: '38' }
    Object.assign(given, { narrative_child: 'Looks up more.', narrative_relationship: 'more '.repeat(1000) })
    for (const leaf of leavesOf(session.root)) {
      const value = given[nameOf(leaf)] ?? (/^phq9_\d$/.test(nameOf(leaf)) ? '1' : undefined)
      if (value === undefined) continue
      if (leaf.nodeType === 'range') (leaf as { setValue(value: string): unknown }).setValue(value)
      else prefill(session, { [nameOf(leaf)]: value })
    }
    const made = toProgressSession({ form, draftId: 's2', answerTo: answerIn(session) }, '2025-06')
    expect(made).toMatchObject({
      sessionId: 's2',
      sessionOn: '2026-11-20',
      sessionNo: 2,
      timePoint: 'after',
      goals: [
        { no: 1, wording: 'Enjoy bath time', rating: 7 },
        { no: 2, wording: 'Calm bedtime', rating: null },
      ],
      carried: { measures_used: 'phq-9 kpcs', age_group: '2-4' },
      words: { narrative_child: 'Looks up more.', narrative_relationship: `${'more '.repeat(799)}more…` },
    })
    expect(made?.scores['phq-9']).toEqual({ total: 9 })
    expect(made?.scores['kpcs']).toEqual({ total: 38 })
    session.close()
  })

  it('keeps what it brought in the draft, and reads only what it wrote', () => {
    const earlier = { code: copy.code, sessions: [past] }
    expect(readEarlier(writeEarlier(earlier))).toEqual(earlier)
    expect(readEarlier('')).toBeUndefined()
    expect(readEarlier('{"code":"K7M42XQ9PD"}')).toBeUndefined()
  })
})
