import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths } from './day.ts'
import type { Policy } from './policy.ts'
import {
  explainDue,
  mayAgree,
  mayConfirm,
  mayDecide,
  mayExtend,
  mayPause,
  mayResume,
  mayTakeBack,
  needsSecondPerson,
  requestDueOn,
  requestUrgency,
  requestStates,
  requestTypes,
  treatedAs,
  type RequestFacts,
} from './request.ts'
import type { RetentionRule } from './retention.ts'
import { lettersOf, requestLetter, type LetterFacts } from './documents/index.ts'
import { smallPolicy } from '../test/small-policy.ts'

const access = { type: 'access', label: 'See', means: 'You see it.', clock: 'reply', hold: false, addedByLaw: true, secondPerson: [] } as const
const policy: Policy = { ...smallPolicy, rights: [...smallPolicy.rights, access] }
const facts = (more: Partial<RequestFacts> = {}): RequestFacts => ({
  type: 'access',
  state: 'confirmed',
  receivedOn: '2026-06-03',
  pauses: [],
  extended: false,
  ...more,
})
const because = (decision: { allowed: boolean; because?: string }) => (decision.allowed ? 'allowed' : decision.because)

describe('a request', () => {
  it('says when it is due and how that was counted', () => {
    expect(explainDue(policy, facts({ type: 'delete', receivedOn: '2025-12-22' }))).toContain('due by 14 January 2026: 14 working days')
    expect(explainDue(policy, facts())).toContain('It is due by 3 July 2026')
    expect(explainDue(policy, facts({ state: 'done' }))).toContain('It was due by 3 July 2026')
    expect(explainDue(policy, facts({ pauses: [{ from: '2026-06-10' }] }))).toContain('stands still')
    expect(explainDue(policy, facts({ extended: true }))).toContain('3 September 2026')
  })

  it('is overdue on the day after it is due, and soon before', () => {
    const at = (today: string) => requestUrgency(policy, facts(), today, (due) => addDays(due, -5))
    expect(['2026-06-20', '2026-06-28', '2026-07-03', '2026-07-04'].map(at)).toEqual(['in-time', 'soon', 'soon', 'overdue'])
    expect(requestUrgency(policy, facts({ state: 'done' }), '2030-01-01', (due) => due)).toBe('ended')
  })

  it('is decided only with reasons and only when it is known who asks', () => {
    const decide = (state: RequestFacts['state'], reasons: string) => because(mayDecide(facts({ state }), { outcome: 'grant', reasons }))
    expect(decide('received', 'The record is theirs.')).toBe('identity-missing')
    expect(decide('confirmed', '   ')).toBe('reasons-missing')
    expect(decide('confirmed', 'The record is theirs.')).toBe('allowed')
    expect(decide('proposed', 'The record is theirs.')).toBe('decision-waits')
    expect(decide('done', 'The record is theirs.')).toBe('request-ended')
  })

  it('needs a second person for the outcomes that the policy lists, and never the same one', () => {
    expect([needsSecondPerson(policy, 'delete', 'grant'), needsSecondPerson(policy, 'access', 'grant')]).toEqual([true, false])
    expect(because(mayAgree(facts({ state: 'proposed', proposedBy: 'a' }), 'a'))).toBe('second-person-same')
    expect(because(mayAgree(facts({ state: 'proposed', proposedBy: 'a' }), 'b'))).toBe('allowed')
    expect(because(mayAgree(facts(), 'b'))).toBe('proposal-missing')
  })

  it('that objects to data used with consent is treated as taking consent back, and says why', () => {
    expect(treatedAs(policy, 'object', 'client')).toMatchObject({ as: 'withdraw', because: expect.stringContaining('withdraw consent') })
    expect(treatedAs(policy, 'access', 'client')).toEqual({ as: 'access' })
  })

  it('stops its clock for a reply only, once at a time, and is given more time once and in time', () => {
    expect(because(mayPause(policy, facts({ type: 'delete' }), '2026-06-04'))).toBe('pause-not-here')
    expect(because(mayPause(policy, facts(), '2026-07-03'))).toBe('allowed')
    expect(because(mayPause(policy, facts({ pauses: [{ from: '2026-06-05' }] }), '2026-06-06'))).toBe('pause-runs')
    expect(because(mayResume(facts()))).toBe('pause-missing')
    expect(because(mayExtend(policy, facts(), '2026-07-03'))).toBe('allowed')
    expect(because(mayExtend(policy, facts(), '2026-07-04'))).toBe('extension-late')
    expect(because(mayExtend(policy, facts({ extended: true }), '2026-06-04'))).toBe('extension-used')
    expect(because(mayExtend(policy, facts({ type: 'delete' }), '2026-06-04'))).toBe('extension-not-here')
  })

  it('that is overdue cannot be made to look on time by stopping its clock', () => {
    expect(because(mayPause(policy, facts(), '2026-07-04'))).toBe('pause-late')
    expect(because(mayPause(policy, facts({ extended: true }), '2026-07-04'))).toBe('allowed')
  })

  it('is given more time while its clock stands still, however long the person takes to answer', () => {
    expect(because(mayExtend(policy, facts({ pauses: [{ from: '2026-06-10' }] }), '2026-08-20'))).toBe('allowed')
    const answered = facts({ pauses: [{ from: '2026-06-10', until: '2026-06-17' }] })
    expect(because(mayExtend(policy, answered, '2026-07-10'))).toBe('allowed')
    expect(because(mayExtend(policy, answered, '2026-07-11'))).toBe('extension-late')
  })

  it('to delete says so where the month of the law ends before the working days of the policy', () => {
    const slow = { ...policy, values: { ...policy.values, deletionWorkingDays: 20 } }
    expect(explainDue(slow, facts({ type: 'delete', receivedOn: '2026-02-02' }))).toContain('due by 2 March 2026: 20 working days')
    expect(explainDue(slow, facts({ type: 'delete', receivedOn: '2026-03-27' }))).toContain('due by 27 April 2026: one calendar month')
  })

  const someFacts = fc.record({
    type: fc.constantFrom(...requestTypes),
    state: fc.constantFrom(...requestStates),
    receivedOn: fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days)),
    extended: fc.boolean(),
  })

  it('that has ended takes no further step, whatever it was', () => {
    fc.assert(
      fc.property(someFacts, (some) => {
        const request = { ...some, pauses: [] }
        const steps = [
          mayConfirm(request),
          mayPause(policy, request, request.receivedOn),
          mayExtend(policy, request, request.receivedOn),
          mayDecide(request, { outcome: 'grant', reasons: 'Enough of a reason.' }),
          mayTakeBack(request),
        ]
        if (['done', 'refused', 'withdrawn'].includes(some.state)) expect(steps.every((step) => !step.allowed)).toBe(true)
        for (const step of steps) if (!step.allowed) expect(step.sentence).toMatch(/^[A-Z].*\.$/s)
      }),
      { seed: 20_261_127, numRuns: 300 },
    )
  })

  it('is never due earlier because its clock stood still, and never later than three months and the days it stood still', () => {
    fc.assert(
      fc.property(someFacts, fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 40 }), (some, after, length) => {
        const from = addDays(some.receivedOn, after)
        const plain = requestDueOn(policy, { ...some, pauses: [] })!
        const paused = requestDueOn(policy, { ...some, pauses: [{ from, until: addDays(from, length) }] })!
        expect(paused >= plain).toBe(true)
        expect(paused <= addDays(addMonths(some.receivedOn, 3), length + 7)).toBe(true)
      }),
      { seed: 20_261_128, numRuns: 300 },
    )
  })
})

describe('a letter about a request', () => {
  const letter: LetterFacts = {
    ...facts({ type: 'delete', state: 'done' }),
    reference: 'R-7KQ4M2',
    subject: 'client',
    hold: true,
    outcome: 'grant',
    reasons: 'They asked for it.',
  }
  const text = (...given: Parameters<typeof requestLetter>) => JSON.stringify(requestLetter(...given))

  it('is printed from the policy: another number of days is another letter', () => {
    expect(text(policy, 'acknowledgement', letter)).toContain('14 working days')
    expect(text({ ...policy, values: { ...policy.values, deletionWorkingDays: 10 } }, 'acknowledgement', letter)).toContain('10 working days')
  })

  it('asks what is to be asked, gives the reasons for more time, and dates the decision', () => {
    expect(text(policy, 'question', { ...letter, asked: 'On which day was the session?' })).toContain('On which day was the session?')
    const longer = requestLetter(policy, 'more-time', { ...letter, longerBecause: 'Four services have to be asked first.' })
    expect(longer.sections.map(({ heading }) => heading)).toEqual(['Reference R-7KQ4M2', 'Why it takes longer', 'The new day', 'If you disagree'])
    expect(JSON.stringify(longer)).toContain('Four services have to be asked first.')
    expect(text(policy, 'decision', { ...letter, decidedOn: '2026-06-09' })).toContain('Decided on 9 June 2026.')
  })

  it('says how to complain, what was done and which copies are known', () => {
    const certificate = { on: '2026-06-10', records: 3, files: 0, mark: 'ab12', copies: [{ on: '2026-05-01', sha256: 'cd34' }] }
    const said = text(policy, 'certificate', { ...letter, certificate })
    const backup: RetentionRule = {
      id: 'backup',
      label: 'B',
      starts: 'made',
      atMost: { months: 6 },
      then: 'remove',
      whileActive: false,
      releasedByAggregation: false,
    }
    expect(text({ ...policy, retention: [backup] }, 'certificate', { ...letter, certificate })).toContain('for at most 6 months')
    for (const word of ['3 records and 0 files', 'ab12', 'cd34', 'Regulator', 'desk@example.org', 'R-7KQ4M2']) expect(said).toContain(word)
    expect(lettersOf({ ...letter, certificate })).toEqual(['acknowledgement', 'decision', 'certificate'])
    expect(lettersOf({ ...letter, state: 'proposed' })).toEqual(['acknowledgement'])
  })
})
