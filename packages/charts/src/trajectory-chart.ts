// One person's scores over the sessions, with the band in which a score may move by chance. For the device and the progress sheet that a
// family keeps: it compares a person with nobody else.
import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { Chart, ChartDirection, WordedFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { numberText, textBlock, textLine, textWidth, wrapText } from './text.ts'

/** `score` is null where a session has none; the line leaves a gap there. */
export type TrajectoryPoint = { readonly label: string; readonly score: number | null }

export type TrajectoryInput = WordedFrame & {
  readonly points: readonly TrajectoryPoint[]
  readonly min: number
  readonly max: number
  readonly direction: ChartDirection
  /** Points that count as real change and how they count; leave out where no confirmed threshold exists. */
  readonly realChange?: { readonly points: number; readonly rule: 'at-least' | 'more-than' }
  readonly decimals?: number
}

/** Draws the scores in order of the sessions. */
export function trajectoryChart(input: TrajectoryInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const decimals = input.decimals ?? 1
  const plot = { left: 34, right: width - 22, top: 34, bottom: 214 }
  const y = scaleLinear().domain([input.min, input.max]).range([plot.bottom, plot.top])
  const x = scalePoint<number>()
    .domain(input.points.map((_, i) => i))
    .range([plot.left + 22, plot.right - 14])
  const known = input.points.flatMap((point, i) =>
    point.score === null ? [] : [{ ...point, score: point.score, i, x: x(i) ?? plot.left, y: y(point.score) }],
  )
  const first = known[0]
  const marks: string[] = [textLine(input.words.trajectory.direction[input.direction], { x: 0, y: 14, size: 13, colour: 'muted' })]
  if (first !== undefined && input.realChange !== undefined) marks.push(...drawBand(first.score, input.realChange.points, input, plot, y))
  for (const tick of axisTicks(input.min, input.max)) {
    marks.push(
      element('line', { ...lined('track', 1), x1: plot.left, x2: plot.right, y1: y(tick), y2: y(tick) }),
      textLine(numberText(tick, decimals), { x: plot.left - 8, y: y(tick) + 4.5, size: 12, colour: 'muted', anchor: 'end' }),
    )
  }
  const path = line<TrajectoryPoint>()
    .defined((point) => point.score !== null)
    .x((_, i) => x(i) ?? 0)
    .y((point) => y(point.score ?? 0))
    .digits(2)([...input.points])
  // Across a session without a score the way is only guessed, so it is dashed.
  const bridge = line<{ x: number; y: number }>()
    .x((point) => point.x)
    .y((point) => point.y)
    .digits(2)(known)
  if (bridge !== null && known.length < input.points.length)
    marks.push(element('path', { ...lined('accent', 1.5), d: bridge, 'stroke-dasharray': '2 5', 'stroke-linecap': 'round' }))
  if (path !== null) marks.push(element('path', { ...lined('accent', 2.5), d: path, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }))
  const room = known.length > 1 ? ((known.at(-1)?.x ?? 0) - (first?.x ?? 0)) / (known.length - 1) : width
  known.forEach((point, index) => {
    const isEnd = index === 0 || index === known.length - 1
    marks.push(
      element('circle', {
        ...(index === known.length - 1 ? filled('accent') : lined('accent', 2.5, 'paper')),
        cx: point.x,
        cy: point.y,
        r: isEnd ? 6 : 4.5,
      }),
    )
    if (isEnd || room >= 40)
      marks.push(
        textLine(numberText(point.score, decimals), {
          ...labelPlace(known, index, plot.top),
          size: isEnd ? 15 : 13,
          bold: isEnd,
          colour: isEnd ? 'ink' : 'muted',
        }),
      )
  })
  marks.push(...sessionLabels(input.points, x, plot.bottom + 20, width))
  const sentence = trajectorySentence(input)
  const lines = wrapText(sentence, width, 14)
  marks.push(...textBlock(lines, { x: 0, y: plot.bottom + 52 }, 20))
  return toChart({ frame: input, width, height: plot.bottom + 44 + lines.length * 20, description: sentence, table: toTable(input) }, marks)
}

type Plot = { left: number; right: number; top: number; bottom: number }

function drawBand(start: number, points: number, range: TrajectoryInput, plot: Plot, y: (score: number) => number): readonly string[] {
  const [high, low] = [Math.min(range.max, start + points), Math.max(range.min, start - points)]
  const text = range.words.trajectory.chance
  const left = plot.right - textWidth(text, 13)
  const edge = (score: number) =>
    element('line', { ...lined('muted', 1), x1: plot.left, x2: plot.right, y1: y(score), y2: y(score), 'stroke-dasharray': '3 4' })
  return [
    element('rect', { ...filled('quiet'), x: plot.left, y: y(high), width: plot.right - plot.left, height: y(low) - y(high) }),
    ...[high, low].map(edge),
    element('rect', { ...lined('muted', 1, 'quiet'), x: left - 24, y: 3, width: 18, height: 14, rx: 3, 'stroke-dasharray': '3 4' }),
    textLine(text, { x: left, y: 14, size: 13, colour: 'muted' }),
  ]
}

// A number keeps clear of the line: below a dip, above a peak, and beside a slope on the side that the line leaves free.
function labelPlace(
  points: readonly { x: number; y: number }[],
  index: number,
  top: number,
): { x: number; y: number; anchor: 'start' | 'middle' | 'end' } {
  const here = points[index] ?? { x: 0, y: 0 }
  const [before, after] = [points[index - 1]?.y ?? here.y, points[index + 1]?.y ?? here.y]
  if (before < here.y && after > here.y) return { x: here.x + 6, y: here.y - 7, anchor: 'start' }
  if (before > here.y && after < here.y) return { x: here.x - 6, y: here.y - 7, anchor: 'end' }
  const isDip = before <= here.y && after <= here.y && before + after < 2 * here.y
  return { x: here.x, y: isDip || here.y - 12 < top - 14 ? here.y + 23 : here.y - 12, anchor: 'middle' }
}

function axisTicks(min: number, max: number): readonly number[] {
  const inner = scaleLinear()
    .domain([min, max])
    .ticks(4)
    .filter((tick) => tick - min > (max - min) / 8 && max - tick > (max - min) / 8)
  return [min, ...inner, max]
}

function sessionLabels(points: readonly TrajectoryPoint[], x: (i: number) => number | undefined, y: number, width: number): readonly string[] {
  const step = points.length > 1 ? (x(1) ?? 0) - (x(0) ?? 0) : width
  const widest = Math.max(0, ...points.map((point) => textWidth(point.label, 12)))
  const every = Math.max(1, Math.ceil((widest + 10) / Math.max(1, step)))
  return points.flatMap((point, i) => {
    const isLast = i === points.length - 1
    if (!isLast && (i % every !== 0 || points.length - 1 - i < every)) return []
    const at = x(i) ?? 0
    const half = textWidth(point.label, 12) / 2
    const anchor = at + half > width ? 'end' : at - half < 0 ? 'start' : 'middle'
    return [textLine(point.label, { x: anchor === 'end' ? width : anchor === 'start' ? 0 : at, y, size: 12, colour: 'muted', anchor })]
  })
}

/** The way from the first to the last score in plain words, with what may be chance. */
export function trajectorySentence(input: Omit<TrajectoryInput, 'idPrefix' | 'title'>): string {
  const scores = input.points.flatMap((point) => (point.score === null ? [] : [point.score]))
  const [first, last] = [scores[0], scores.at(-1)]
  const { trajectory: words, points: sayPoints } = input.words
  const text = (score: number) => numberText(score, input.decimals ?? 1)
  if (first === undefined || last === undefined) return words.noneYet
  if (scores.length === 1) return words.firstOnly(text(first))
  const change = last - first
  if (change === 0) return words.same(text(first), text(last))
  const better = input.direction === 'none' ? (change > 0 ? 'up' : 'down') : change > 0 === (input.direction === 'higher') ? 'better' : 'worse'
  const moved = words.moved(better, text(first), text(last), sayPoints(text(Math.abs(change))))
  if (input.realChange === undefined) return `${moved} ${words.notKnown}`
  const { points, rule } = input.realChange
  const isReal = rule === 'at-least' ? Math.abs(change) >= points - 1e-9 : Math.abs(change) > points + 1e-9
  return `${moved} ${isReal ? words.real : words.mayBeChance}`
}

function toTable(input: TrajectoryInput): Chart['table'] {
  return {
    columns: input.words.trajectory.columns,
    rows: input.points.map((point) => [
      point.label,
      point.score === null ? input.words.trajectory.noScore : numberText(point.score, input.decimals ?? 1),
    ]),
  }
}
