// One goal or score of a family on the way from before to now, on one line. Better is always to the right, whichever way the questionnaire
// counts, so that every card of the sheet is read alike. The band around the start is how far a score wanders with no change behind it.
import { scaleLinear } from 'd3-scale'
import type { Chart, ChartDirection, ChartFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { numberText, textLine, textWidth } from './text.ts'

export type ProgressLineInput = ChartFrame & {
  /** In order of time; null where there is none. */
  readonly points: readonly { readonly label: string; readonly score: number | null }[]
  readonly min: number
  readonly max: number
  readonly direction: ChartDirection
  /** Points that a score may wander by itself; left out where no confirmed threshold exists. */
  readonly wobble?: number
  /** What the picture says, for those who do not see it. */
  readonly sentence: string
  readonly words: {
    readonly before: string
    readonly now: string
    readonly both: string
    readonly better: string
    readonly wobble: string
    readonly when: string
    readonly score: string
    readonly none: string
  }
}

type Place = { x: number; text: string; bold: boolean }

const inset = 26
const line = 66
const height = 118

/** Draws the line of one goal or score. */
export function progressLine(input: ProgressLineInput): Chart {
  const width = Math.max(280, input.width ?? 560)
  const { min, max, words } = input
  const flipped = input.direction === 'lower'
  const at = scaleLinear()
    .domain(flipped ? [max, min] : [min, max])
    .range([inset, width - inset])
  const known = input.points.flatMap(({ score }) => (score === null ? [] : [score]))
  const [first, last] = [known[0], known.length > 1 ? known.at(-1) : undefined]
  const marks: string[] = []
  if (first !== undefined && input.wobble !== undefined) marks.push(...drawBand(first, input.wobble, input, at))
  marks.push(element('line', { ...lined('track', 3), x1: at(min), x2: at(max), y1: line, y2: line, 'stroke-linecap': 'round' }))
  for (const end of [min, max]) {
    marks.push(
      element('line', { ...lined('track', 2), x1: at(end), x2: at(end), y1: line - 7, y2: line + 7 }),
      textLine(numberText(end), { x: at(end), y: line + 28, size: 13, colour: 'muted', anchor: 'middle' }),
    )
  }
  if (first !== undefined && last !== undefined)
    marks.push(element('line', { ...lined('accent', 5), x1: at(first), x2: at(last), y1: line, y2: line, 'stroke-linecap': 'round' }))
  for (const between of known.slice(1, -1)) marks.push(element('circle', { ...lined('accent', 2, 'paper'), cx: at(between), cy: line, r: 4.5 }))
  if (first !== undefined) marks.push(element('circle', { ...lined('accent', 3, 'paper'), cx: at(first), cy: line, r: 9 }))
  if (last !== undefined) marks.push(element('circle', { ...filled('accent'), cx: at(last), cy: line, r: last === first ? 5 : 10.5 }))
  marks.push(...drawWords(first, last, at, words, width))
  if (input.direction !== 'none')
    marks.push(textLine(`${words.better} →`, { x: width - inset, y: height - 4, size: 13, colour: 'muted', anchor: 'end' }))
  const table = {
    columns: [words.when, words.score],
    rows: input.points.map(({ label, score }) => [label, score === null ? words.none : numberText(score)]),
  }
  return toChart({ frame: input, width, height, description: input.sentence, table }, marks)
}

function drawBand(start: number, points: number, { min, max, words }: ProgressLineInput, at: (score: number) => number): readonly string[] {
  const ends = [Math.max(min, start - points), Math.min(max, start + points)].map((score) => at(score))
  const [left, right] = [Math.min(...ends), Math.max(...ends)]
  const marks = [
    element('rect', { ...lined('muted', 1, 'quiet'), x: left, y: line - 17, width: right - left, height: 34, rx: 8, 'stroke-dasharray': '3 4' }),
  ]
  marks.push(
    element('rect', { ...lined('muted', 1, 'quiet'), x: inset - 6, y: height - 16, width: 18, height: 14, rx: 4, 'stroke-dasharray': '3 4' }),
    textLine(words.wobble, { x: inset + 20, y: height - 4, size: 13, colour: 'muted' }),
  )
  return marks
}

// The two words keep apart even where the markers meet, and inside the picture.
function drawWords(
  first: number | undefined,
  last: number | undefined,
  at: (score: number) => number,
  words: ProgressLineInput['words'],
  width: number,
): readonly string[] {
  if (first === undefined) return []
  const same = last !== undefined && last === first
  const places: Place[] = same ? [] : [{ x: at(first), text: `${words.before} ${numberText(first)}`, bold: false }]
  if (last !== undefined) places.push({ x: at(last), text: `${same ? words.both : words.now} ${numberText(last)}`, bold: true })
  const half = (place: Place): number => textWidth(place.text, 15, place.bold) / 2
  places.sort((a, b) => a.x - b.x)
  for (const place of places) place.x = Math.min(width - 4 - half(place), Math.max(4 + half(place), place.x))
  const [left, right] = places
  if (left !== undefined && right !== undefined) {
    const overlap = left.x + half(left) + 12 - (right.x - half(right))
    if (overlap > 0) {
      const roomRight = width - 4 - half(right) - right.x
      const byRight = Math.min(overlap / 2, roomRight)
      right.x += byRight
      left.x -= overlap - byRight
      const out = 4 + half(left) - left.x
      if (out > 0) {
        left.x += out
        right.x += out
      }
    }
  }
  return places.map(({ x, text, bold }) => textLine(text, { x, y: line - 28, size: 15, anchor: 'middle', bold, colour: bold ? 'ink' : 'muted' }))
}
