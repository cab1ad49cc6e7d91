import { describe, expect, it } from 'vitest'
import type { Field } from '../policy.ts'
import { findRecallRefusal } from './may-recall.ts'

const field = (more: Partial<Field> = {}): Field => ({
  name: 'room',
  form: 'session',
  subject: 'client',
  label: 'Which room',
  purposes: ['guide-practice'],
  sensitivity: 'ordinary',
  partition: 'answers',
  keep: 'client-record',
  justification: 'Rooms differ.',
  disclosureRisk: false,
  origin: 'asked',
  ...more,
})

describe('what a device may remember for the next form', () => {
  it.each([
    ['an answer about the session', { aboutSession: true }, undefined],
    ['an answer about the practitioner', { subject: 'practitioner' }, undefined],
    ['an answer about the client', {}, /about the client, and the next form is about another one/],
    ['an answer about health, whatever else is said of it', { aboutSession: true, sensitivity: 'health' }, /marked as health/],
    ['a code that is called one about the session', { aboutSession: true, sensitivity: 'identity' }, /marked as identity/],
    ['words in which a person could be named', { aboutSession: true, disclosureRisk: true }, /could be named/],
    ['words about a practitioner in which a client could be named', { subject: 'practitioner', sensitivity: 'free-text' }, /could be named/],
    ['what the server adds', { subject: 'practitioner', origin: 'stamped' }, /added by the server/],
  ] as const)('%s', (_, more, refusal) => {
    const said = findRecallRefusal(field(more))
    if (refusal === undefined) expect(said).toBeUndefined()
    else expect(said).toMatch(refusal)
  })

  it('nothing that the policy does not know', () => {
    expect(findRecallRefusal(undefined)).toMatch(/not in the policy/)
  })
})
