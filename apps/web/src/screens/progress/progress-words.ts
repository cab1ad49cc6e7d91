// A card of the sheet in plain words, for a parent and for a child of ten.
import { say, sayWhen } from '../../messages/index.ts'
import type { ProgressCardFacts, ProgressPoint } from './to-progress.ts'

/** "4", "6.5": as few decimals as it takes. */
export const sayNumber = (value: number): string => String(Math.round(value * 100) / 100)

/** Where it was, where it is, and whether that is more than the usual wobble. */
export function changeSentence({ kind, change, points, max }: Pick<ProgressCardFacts, 'kind' | 'change' | 'points' | 'max'>): string {
  const known = points.flatMap(({ score }) => (score === null ? [] : [score]))
  const [first = 0, last = 0] = [known[0], known.at(-1)]
  const numbers = { first: sayNumber(first), last: sayNumber(last), max: sayNumber(max) }
  if (change.is === 'none-yet') return kind === 'goal' ? say('progress.goalFirst', numbers) : say('progress.scoreFirst', numbers)
  const way = kind === 'goal' ? say('progress.goalWay', numbers) : say('progress.scoreWay', numbers)
  return `${way} ${verdict(kind, change)}`
}

function verdict(kind: 'goal' | 'score', change: Exclude<ProgressCardFacts['change'], { is: 'none-yet' }>): string {
  if (change.is === 'same') return say(kind === 'goal' ? 'progress.goalSame' : 'progress.scoreSame')
  const by = { by: sayNumber(change.by), one: change.by === 1 }
  const moved =
    kind === 'goal'
      ? say(change.is === 'better' ? 'progress.goalCloser' : 'progress.goalFurther', by)
      : say(change.is === 'better' ? 'progress.better' : change.is === 'worse' ? 'progress.worse' : 'progress.moved', by)
  if (change.beyondWobble === undefined) return `${moved} ${say('progress.wobbleUnknown')}`
  if (kind === 'goal') return `${moved} ${say(change.beyondWobble ? 'progress.goalClear' : 'progress.goalSmall')}`
  return `${moved} ${say(change.beyondWobble ? 'progress.beyondWobble' : 'progress.withinWobble')}`
}

/** The one word at the top of a card, also told by its sign. */
export function changeMark({ change }: Pick<ProgressCardFacts, 'change'>): { readonly sign: string; readonly words: string; readonly tone: string } {
  if (change.is === 'none-yet') return { sign: '○', words: say('progress.markFirst'), tone: 'quiet' }
  if (change.is === 'same') return { sign: '=', words: say('progress.markSame'), tone: 'quiet' }
  if (change.beyondWobble === false) return { sign: '≈', words: say('progress.markSmall'), tone: 'quiet' }
  if (change.is === 'better') return { sign: '→', words: say('progress.markBetter'), tone: 'better' }
  if (change.is === 'worse') return { sign: '←', words: say('progress.markWorse'), tone: 'worse' }
  return { sign: '↔', words: say('progress.markMoved'), tone: 'quiet' }
}

export const sessionLabel = ({ sessionNo, sessionOn }: Pick<ProgressPoint, 'sessionNo' | 'sessionOn'>): string =>
  say('progress.session', { number: sessionNo, day: sayWhen(`${sessionOn}T12:00:00`, 'day') })
