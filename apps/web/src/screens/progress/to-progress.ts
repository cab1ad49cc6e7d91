// One client's way over the sessions, goal by goal and score by score: what changed, and whether the change is larger than what a
// questionnaire moves by itself. Pure: the sessions come from copies that were checked, the measures from the form.
import { findReliableChange, findScore, type Direction, type ReliableChange, type Scale } from '@attune/measures'
import type { ProgressSession } from '../../progress-copy/progress-copy.ts'

export type ProgressMeasure = { readonly scale: Scale; readonly domain: string }
export type ProgressPoint = { readonly sessionId: string; readonly sessionOn: string; readonly sessionNo: number; readonly score: number | null }

/** From the first score to the last. With fewer than two scores there is no change to speak of (DCS-084). */
export type ProgressChange =
  | { readonly is: 'none-yet' }
  | { readonly is: 'same' }
  | {
      readonly is: 'better' | 'worse' | 'moved'
      readonly by: number
      /** Undefined where no confirmed threshold exists for this measure. */
      readonly beyondWobble: boolean | undefined
    }

export type ProgressCardFacts = {
  readonly id: string
  readonly kind: 'goal' | 'score'
  /** The goal in the client's words, or the measure's name. */
  readonly title: string
  /** The part of the measure, where it has several. */
  readonly part: string | undefined
  readonly about: string | undefined
  readonly points: readonly ProgressPoint[]
  readonly min: number
  readonly max: number
  readonly direction: Direction
  readonly threshold: ReliableChange | undefined
  readonly change: ProgressChange
}

export const progressDomains = ['goals', 'attitude', 'relationship', 'wellbeing'] as const
export type ProgressDomain = (typeof progressDomains)[number]
export type ProgressSection = { readonly domain: ProgressDomain; readonly cards: readonly ProgressCardFacts[] }

/** The cards of a client's sheet by what they are about, oldest session first; what was never rated or scored has no card. */
export function toProgress(sessions: readonly ProgressSession[], measures: readonly unknown[]): ProgressSection[] {
  const uses = measures.filter(isProgressMeasure)
  const goalScale = uses.find(({ domain }) => domain === 'goals')?.scale
  const cards = (domain: ProgressDomain): ProgressCardFacts[] =>
    domain === 'goals'
      ? goalCards(sessions, goalScale)
      : uses.filter((use) => use.domain === domain).flatMap(({ scale }) => scoreCards(sessions, scale))
  return progressDomains.map((domain) => ({ domain, cards: cards(domain) })).filter((section) => section.cards.length > 0)
}

// A goal is compared only with itself: another wording under the same number is another goal.
function goalCards(sessions: readonly ProgressSession[], scale: Scale | undefined): ProgressCardFacts[] {
  const goals = new Map<string, { no: number; wording: string }>()
  for (const session of sessions)
    for (const { no, wording } of session.goals) if (wording.trim() !== '') goals.set(`${no}|${toPlain(wording)}`, { no, wording })
  return [...goals].flatMap(([id, { no, wording }]) => {
    const ratingIn = (session: ProgressSession): number | null =>
      session.goals.find((goal) => goal.no === no && toPlain(goal.wording) === toPlain(wording))?.rating ?? null
    const points = sessions.map((session) => toPoint(session, ratingIn(session)))
    if (points.every(({ score }) => score === null)) return []
    const score = scale === undefined ? undefined : findScore(scale, `goal${no}`)
    const threshold = score === undefined ? undefined : findReliableChange(score)
    const [min, max] = [score?.min ?? 0, score?.max ?? 10]
    const change = toChange(points, 'higher', threshold)
    return [{ id, kind: 'goal', title: wording, part: undefined, about: undefined, points, min, max, direction: 'higher', threshold, change }]
  })
}

function scoreCards(sessions: readonly ProgressSession[], scale: Scale): ProgressCardFacts[] {
  // A measure with a total is told by its total; its parts are for the practitioner's own page.
  const shown = scale.total === undefined ? scale.subscales : [scale.total]
  return shown.flatMap((score) => {
    const points = sessions.map((session) => toPoint(session, session.scores[scale.id]?.[score.id] ?? null))
    if (points.every((point) => point.score === null)) return []
    const threshold = findReliableChange(score)
    return [
      {
        id: `${scale.id}/${score.id}`,
        kind: 'score',
        title: scale.name,
        part: shown.length > 1 ? score.name : undefined,
        about: scale.about,
        points,
        min: score.min,
        max: score.max,
        direction: score.direction,
        threshold,
        change: toChange(points, score.direction, threshold),
      },
    ]
  })
}

export function toChange(points: readonly ProgressPoint[], direction: Direction, threshold: ReliableChange | undefined): ProgressChange {
  const known = points.flatMap(({ score }) => (score === null ? [] : [score]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined || known.length < 2) return { is: 'none-yet' }
  const by = Math.round(Math.abs(last - first) * 100) / 100
  if (by === 0) return { is: 'same' }
  const is = direction === 'none' ? 'moved' : last > first === (direction === 'higher') ? 'better' : 'worse'
  if (threshold === undefined) return { is, by, beyondWobble: undefined }
  return { is, by, beyondWobble: threshold.rule === 'at-least' ? by >= threshold.points - 1e-9 : by > threshold.points + 1e-9 }
}

const toPoint = ({ sessionId, sessionOn, sessionNo }: ProgressSession, score: number | null): ProgressPoint => ({
  sessionId,
  sessionOn,
  sessionNo,
  score,
})

/** A goal's words without what does not make it another goal: capitals, spaces, full stops. */
export function toPlain(wording: string): string {
  return wording
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim()
}

function isProgressMeasure(value: unknown): value is ProgressMeasure {
  return typeof value === 'object' && value !== null && 'scale' in value && 'domain' in value
}
