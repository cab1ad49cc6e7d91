// What a saved copy brings into a form: answers that are filled in, and earlier ratings to stand beside the new ones.
import { findScore } from '@attune/measures'
import type { FormView } from '@attune/contract'
import { say, sayWhen } from '../../messages/index.ts'
import { parseSession, type ProgressCopy, type ProgressSession } from '../../progress-copy/progress-copy.ts'
import { isMeasureUse } from './score-cards.ts'
import { toPlain } from '../progress/to-progress.ts'

/** Earlier sessions of the client with this code. They count only while the form holds the same code. */
export type Earlier = { readonly code: string; readonly sessions: readonly ProgressSession[] }

type GoalQuestions = readonly { readonly text: string; readonly rating: string }[]

/** The name of the question with this meaning; undefined where the form has none. */
export function questionFor(form: FormView, meaning: string): string | undefined {
  const name: unknown = form.questions[meaning]
  return typeof name === 'string' ? name : undefined
}

export function goalQuestions(form: FormView): GoalQuestions {
  const goals: unknown = form.questions['goals']
  return Array.isArray(goals) ? (goals as GoalQuestions) : []
}

export function carriedQuestions(form: FormView): readonly string[] {
  const names: unknown = form.questions['carriedOver']
  return Array.isArray(names) ? (names as string[]) : []
}

/** The questions in the client's own words that are asked again at each session. */
export function wordsQuestions(form: FormView): readonly string[] {
  const names: unknown = form.questions['narratives']
  return Array.isArray(names) ? (names as string[]) : []
}

/** Answers by question name that a copy fills in: the code, the goals' words, what the programme carries over, and the next number. */
export function toCarriedAnswers(form: FormView, { code, codeSource, sessions }: ProgressCopy): Record<string, string> {
  const last = sessions.at(-1)
  const answers: Record<string, string> = {}
  const put = (meaning: string, value: string): void => {
    const name = questionFor(form, meaning)
    if (name !== undefined) answers[name] = value
  }
  put('codeSource', codeSource)
  put('clientCode', code)
  if (last === undefined) return answers
  put('sessionNo', String(last.sessionNo + 1))
  goalQuestions(form).forEach(({ text }, index) => {
    const wording = last.goals.find(({ no }) => no === index + 1)?.wording ?? ''
    if (wording !== '') answers[text] = wording
  })
  for (const name of carriedQuestions(form)) if ((last.carried[name] ?? '') !== '') answers[name] = last.carried[name] ?? ''
  return answers
}

/** The sentence that stands beside a question: what was rated or scored there last time. Undefined where nothing was. */
export function earlierWords(
  form: FormView,
  question: string,
  sessions: readonly ProgressSession[],
  goalNow: (text: string) => string,
): string | undefined {
  const goalAt = goalQuestions(form).findIndex(({ rating }) => rating === question)
  const found = goalAt >= 0 ? findRating(goalAt, goalNow(goalQuestions(form)[goalAt]?.text ?? ''), sessions) : findScored(form, question, sessions)
  return found === undefined ? undefined : say('followUp.lastTime', { value: String(found.value), day: sayWhen(`${found.on}T12:00:00`, 'day') })
}

type Found = { readonly value: number; readonly on: string }

function findRating(index: number, wording: string, sessions: readonly ProgressSession[]): Found | undefined {
  for (const { goals, sessionOn } of [...sessions].reverse()) {
    const goal = goals.find(({ no, wording: was }) => no === index + 1 && toPlain(was) === toPlain(wording))
    if (goal !== undefined && goal.rating !== null) return { value: goal.rating, on: sessionOn }
  }
  return undefined
}

function findScored(form: FormView, question: string, sessions: readonly ProgressSession[]): Found | undefined {
  for (const { scale, scores } of form.measures.filter(isMeasureUse)) {
    const score = Object.entries(scores).find(([, name]) => name === question)?.[0]
    if (score === undefined || findScore(scale, score) === undefined) continue
    for (const session of [...sessions].reverse()) {
      const value = session.scores[scale.id]?.[score]
      if (value !== undefined) return { value, on: session.sessionOn }
    }
  }
  return undefined
}

export const writeEarlier = (earlier: Earlier | undefined): string => (earlier === undefined ? '' : JSON.stringify(earlier))

/** What a draft holds of earlier sessions; undefined when it holds nothing that can be read. */
export function readEarlier(text: string | undefined): Earlier | undefined {
  if (text === undefined || text === '') return undefined
  const value = JSON.parse(text) as Partial<Earlier>
  if (typeof value.code !== 'string' || !Array.isArray(value.sessions)) return undefined
  return { code: value.code, sessions: value.sessions.map(parseSession).filter((session) => session !== undefined) }
}
