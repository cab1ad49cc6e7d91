// This session, and those before it that are known here, as the copy carries them to the next one.
import { toPoints } from '@attune/measures'
import { mergeSessions, wordsLimit, type ProgressCopy, type ProgressSession } from '../../progress-copy/progress-copy.ts'
import { carriedQuestions, goalQuestions, questionFor, wordsQuestions } from './earlier.ts'
import { isMeasureUse, scoreUse } from './score-cards.ts'
import type { FormRun } from './use-form-run.ts'

/** This session alone; undefined for a form that is about no client's session. */
export function toProgressSession(run: Pick<FormRun, 'form' | 'draftId' | 'answerTo'>, edition: string): ProgressSession | undefined {
  const { form } = run
  const answer = (meaning: string): string => {
    const name = questionFor(form, meaning)
    return name === undefined ? '' : run.answerTo(name)
  }
  const sessionOn = answer('sessionOn').slice(0, 10)
  if (answer('clientCode') === '' || sessionOn === '') return undefined
  return {
    sessionId: run.draftId,
    sessionOn,
    sessionNo: Number(answer('sessionNo')) || 0,
    timePoint: answer('timePoint'),
    formVersion: form.version,
    edition,
    goals: goalQuestions(form).flatMap(({ text, rating }, index) => {
      const wording = run.answerTo(text)
      const rated = run.answerTo(rating)
      return wording === '' ? [] : [{ no: index + 1, wording, rating: rated === '' ? null : Number(rated) }]
    }),
    scores: Object.fromEntries(form.measures.filter(isMeasureUse).flatMap((use) => toScores(use, run.answerTo))),
    carried: Object.fromEntries(carriedQuestions(form).map((name) => [name, run.answerTo(name)])),
    words: Object.fromEntries(wordsQuestions(form).map((name) => [name, shorten(run.answerTo(name))])),
  }
}

const shorten = (words: string): string => (words.length <= wordsLimit ? words : `${words.slice(0, wordsLimit - 1)}…`)

/** The whole copy: the earlier sessions of this client, then this one. */
export function toProgressCopy(run: FormRun, programmeId: string, edition: string, madeOn: string): ProgressCopy | undefined {
  const session = toProgressSession(run, edition)
  if (session === undefined) return undefined
  const source = questionFor(run.form, 'codeSource')
  return {
    programmeId,
    formId: run.form.formId,
    code: run.answerTo(questionFor(run.form, 'clientCode') ?? ''),
    codeSource: source !== undefined && run.answerTo(source) === 'service' ? 'service' : 'form',
    madeOn,
    sessions: mergeSessions(run.earlierHere.value, [session]),
  }
}

function toScores(use: Parameters<typeof scoreUse>[0], answerTo: (question: string) => string): [string, Record<string, number>][] {
  const result = scoreUse(use, answerTo)
  if (result === undefined) return []
  const { scale } = use
  const stored = { ...(scale.total === undefined ? {} : { [scale.total.id]: result.total }), ...result.subscales }
  const points = Object.entries(stored).flatMap(([id, value]) => (value === null ? [] : [[id, toPoints(value, scale)] as const]))
  return points.length === 0 ? [] : [[scale.id, Object.fromEntries(points)]]
}
