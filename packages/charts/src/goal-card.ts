// One goal of a family on the way from 0 to 10: where it started, where it is now. Words first, because it is kept on the fridge.
import { scaleLinear } from 'd3-scale'
import type { Chart, ChartFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { numberText, textBlock, textLine, textWidth, wrapText } from './text.ts'

export type GoalCardInput = ChartFrame & {
  /** The goal in the family's own words. */
  readonly wording: string
  /** Ratings in order of time; null where the goal was not rated. */
  readonly ratings: readonly { readonly label: string; readonly rating: number | null }[]
  readonly min?: number
  readonly max?: number
}

/** Draws the card of one goal. */
export function goalCard(input: GoalCardInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const [min, max] = [input.min ?? 0, input.max ?? 10]
  const inset = 20
  const heading = wrapText(input.title, width - 2 * inset, 13, true)
  const wording = wrapText(input.wording, width - 2 * inset, 17)
  const marks = [
    ...textBlock(heading, { x: inset, y: 32, size: 13, bold: true, colour: 'muted' }, 18),
    ...textBlock(wording, { x: inset, y: 32 + heading.length * 18 + 8, size: 17 }, 23),
  ]
  const y = 32 + heading.length * 18 + 8 + wording.length * 23 + 44
  const at = scaleLinear()
    .domain([min, max])
    .range([inset + 10, width - inset - 10])
  const known = input.ratings.flatMap((rating) => (rating.rating === null ? [] : [{ label: rating.label, rating: rating.rating }]))
  const [first, last] = [known[0], known.length > 1 ? known.at(-1) : undefined]
  marks.push(element('line', { ...lined('track', 2), x1: at(min), x2: at(max), y1: y, y2: y }))
  for (let step = min; step <= max; step++) marks.push(element('circle', { ...filled('track'), cx: at(step), cy: y, r: 3.5 }))
  marks.push(
    textLine(numberText(min), { x: at(min), y: y + 26, size: 12, colour: 'muted', anchor: 'middle' }),
    textLine(numberText(max), { x: at(max), y: y + 26, size: 12, colour: 'muted', anchor: 'middle' }),
  )
  if (first !== undefined && last !== undefined)
    marks.push(element('line', { ...lined('accent', 4), x1: at(first.rating), x2: at(last.rating), y1: y, y2: y, 'stroke-linecap': 'round' }))
  // Markers last, so that "now" is never under "start"; their words keep apart even when the markers meet.
  if (first !== undefined) marks.push(element('circle', { ...lined('accent', 2.5, 'paper'), cx: at(first.rating), cy: y, r: 8 }))
  if (last !== undefined)
    marks.push(element('circle', { ...filled('accent'), cx: at(last.rating), cy: y, r: last.rating === first?.rating ? 4.5 : 9 }))
  marks.push(...markerWords(first, last, at, y - 18, width - inset))
  const sentence = goalSentence(input)
  const lines = wrapText(sentence, width - 2 * inset, 14)
  marks.push(...textBlock(lines, { x: inset, y: y + 54 }, 20))
  const height = y + 54 + lines.length * 20
  const card = element('rect', { ...lined('track', 1.5, 'paper'), x: 1, y: 1, width: width - 2, height: height - 2, rx: 12 })
  const table = {
    columns: ['When', 'Rating'],
    rows: input.ratings.map((rating) => [rating.label, rating.rating === null ? 'not rated' : numberText(rating.rating)]),
  }
  return toChart({ frame: input, width, height, description: `${input.wording}: ${sentence}`, table }, [card, ...marks])
}

type Rating = { label: string; rating: number }

function markerWords(
  first: Rating | undefined,
  last: Rating | undefined,
  at: (rating: number) => number,
  y: number,
  right: number,
): readonly string[] {
  if (first === undefined) return []
  const words = last === undefined || last.rating !== first.rating ? [{ ...first, text: `start ${numberText(first.rating)}`, bold: false }] : []
  if (last !== undefined)
    words.push({
      ...last,
      text: last.rating === first.rating ? `start and now ${numberText(last.rating)}` : `now ${numberText(last.rating)}`,
      bold: true,
    })
  const placed = words.map((word) => ({ ...word, x: at(word.rating), half: textWidth(word.text, 14, word.bold) / 2 })).sort((a, b) => a.x - b.x)
  const [left, other] = placed
  if (left !== undefined && other !== undefined) {
    const overlap = left.x + left.half + 10 - (other.x - other.half)
    if (overlap > 0) {
      left.x -= overlap / 2
      other.x += overlap / 2
    }
  }
  const shift = Math.max(0, 20 - ((left?.x ?? 20) - (left?.half ?? 0)))
  const back = Math.max(0, (placed.at(-1)?.x ?? 0) + (placed.at(-1)?.half ?? 0) - right)
  return placed.map((word) =>
    textLine(word.text, { x: word.x + shift - back, y, anchor: 'middle', bold: word.bold, colour: word.bold ? 'ink' : 'muted' }),
  )
}

/** Where the goal started and where it is now, in words that a child of ten reads. */
export function goalSentence(input: Pick<GoalCardInput, 'ratings' | 'max'>): string {
  const known = input.ratings.flatMap((rating) => (rating.rating === null ? [] : [rating.rating]))
  const [first, last] = [known[0], known.at(-1)]
  const max = input.max ?? 10
  if (first === undefined || last === undefined) return 'This goal has not been rated yet.'
  if (known.length === 1) return `It starts at ${numberText(first)} out of ${max}.`
  const steps = Math.abs(last - first)
  const way = `It started at ${numberText(first)} and is now at ${numberText(last)} out of ${max}`
  if (steps === 0) return `${way}: the same as before.`
  const count = `${numberText(steps)} ${steps === 1 ? 'step' : 'steps'}`
  return last > first ? `${way}: ${count} closer.` : `${way}: ${count} further away.`
}
