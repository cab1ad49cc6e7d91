// Invented answers to the client session form, plausible and without a person in them.
import type { Answer } from './fill-form.ts'

export type SessionWish = {
  code: string
  codeSource: 'service' | 'form'
  on: string
  no?: number
  timePoint?: 'before' | 'during' | 'after'
  phq9?: readonly number[]
  gad7?: readonly number[]
  words?: string
  goal?: number
}

/** Answers in the order in which the form asks. */
export function sessionAnswers(wish: SessionWish): Record<string, Answer> {
  const timePoint = wish.timePoint ?? 'before'
  const items = (name: string, scores: readonly number[]) => Object.fromEntries(scores.map((score, at) => [`${name}_${at + 1}`, String(score)]))
  const used = [...(wish.phq9 === undefined ? [] : ['phq-9']), ...(wish.gad7 === undefined ? [] : ['gad-7'])]
  return {
    client_consented: 'yes',
    signed_on: wish.on,
    held_by_service: true,
    service_copy: 'yes',
    code_source: wish.codeSource,
    client_code: wish.code,
    session_on: wish.on,
    session_no: String(wish.no ?? 1),
    time_point: timePoint,
    session_mode: 'face-to-face',
    age_group: '2-4',
    other_support: ['health-visiting'],
    narrative_child: wish.words ?? 'Curious, and looks for a shared smile.',
    narrative_relationship: 'There is more turn-taking than at the start.',
    goal_1: 'Enjoy bath time together',
    goal_1_rating: String(wish.goal ?? 4),
    measures_used: used.length > 0 ? used : ['none'],
    ...(wish.phq9 === undefined ? {} : items('phq9', wish.phq9)),
    ...(wish.gad7 === undefined ? {} : items('gad7', wish.gad7)),
    ...(timePoint === 'before' ? {} : { helped_by: ['seeing-strengths'] }),
  }
}
