// Mean before and after, one row per measure or per service, with the 95 % interval of the change always drawn.
// Every row uses the full width for the full range of its scale, so rows can be compared at a glance.
import { scaleLinear } from 'd3-scale'
import type { Chart, ChartDirection, WordedFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { numberText, pointsText, textBlock, textLine, textWidth, wrapText } from './text.ts'
import type { ChartWords } from './words.ts'

/**
 * One row. `change` is the mean change as it was worked out; without it, after less before, which after rounding can be off by one in the last place.
 * `changeLow` and `changeHigh` are its 95 % limits; a hidden row carries the reason instead.
 */
export type ChangeRow =
  | {
      readonly label: string
      readonly n: number
      readonly before: number
      readonly after: number
      readonly change?: number
      readonly changeLow: number | null
      readonly changeHigh: number | null
      readonly min: number
      readonly max: number
      readonly direction: ChartDirection
      readonly hidden?: undefined
    }
  | { readonly label: string; readonly hidden: string }

type ShownRow = Exclude<ChangeRow, { hidden: string }>

/** `isDense` sets the rows closer, for a sheet that has to hold much. */
export type ChangeChartInput = WordedFrame & { readonly rows: readonly ChangeRow[]; readonly decimals?: number; readonly isDense?: boolean }

/** Draws mean change per row. The words say that counts are about right, because those shown are rounded. */
export function changeChart(input: ChangeChartInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const isWide = width >= 560
  const decimals = input.decimals ?? 1
  const labelWidth = isWide ? Math.min(220, width * 0.3) : width
  const plot = isWide ? { left: labelWidth + 48, right: width - 40 } : { left: 34, right: width - 34 }
  const key = legend(width, input.words.change)
  const marks: string[] = [...key.marks]
  let top = key.height
  for (const row of input.rows) {
    const drawn = drawRow(row, { top, isWide, width, labelWidth, plot, decimals, words: input.words, gaps: input.isDense === true ? dense : airy })
    marks.push(...drawn.marks)
    top += drawn.height
  }
  const description = describe(input.rows, decimals, input.words)
  return toChart({ frame: input, width, height: top, description, table: toTable(input.rows, decimals, input.words) }, marks)
}

// Where a row's track and sentence stand below its top, and what is left free below it.
const airy = { track: 34, sentence: 66, below: 16 }
const dense = { track: 26, sentence: 51, below: 3 }

type Place = {
  top: number
  isWide: boolean
  width: number
  labelWidth: number
  plot: { left: number; right: number }
  decimals: number
  words: ChartWords
  gaps: typeof airy
}

function drawRow(row: ChangeRow, place: Place): { marks: readonly string[]; height: number } {
  const { top, isWide, width, labelWidth, plot, gaps } = place
  const labelLines = wrapText(row.label, labelWidth - 4, 15, true)
  const underLabel = row.hidden === undefined ? wrapText(place.words.change.people(row.n), labelWidth, 13) : []
  const labels = [
    ...textBlock(labelLines, { x: 0, y: top + 18, size: 15, bold: true }, 19),
    ...textBlock(underLabel, { x: 0, y: top + 18 + labelLines.length * 19, size: 13, colour: 'muted' }, 17),
  ]
  const labelHeight = labelLines.length * 19 + underLabel.length * 17 + 12
  const plotTop = isWide ? top : top + labelHeight
  if (row.hidden !== undefined) {
    const left = isWide ? plot.left : 14
    const lines = wrapText(row.hidden, (isWide ? plot.right + 30 : width) - left - 28, 13)
    const height = lines.length * 18 + 16
    const box = element('rect', {
      ...lined('track', 1),
      x: left - 13,
      y: plotTop + 4,
      width: (isWide ? plot.right + 30 : width - 1) - left + 13,
      height,
      rx: 6,
      'stroke-dasharray': '4 4',
    })
    const reason = textBlock(lines, { x: left, y: plotTop + 4 + 21, size: 13, colour: 'muted' }, 18)
    return { marks: [...labels, box, ...reason], height: Math.max(isWide ? labelHeight : 0, plotTop - top + height) + 28 }
  }
  const sentence = wrapText(changeSentence(row, place.words, place.decimals), isWide ? plot.right - plot.left + 30 : width, 13)
  const sentencePlace = { x: isWide ? plot.left : 0, y: plotTop + gaps.sentence, size: 13, colour: 'muted' as const }
  const height = plotTop - top + gaps.sentence + sentence.length * 18
  return {
    marks: [...labels, ...drawTrack(row, place, plotTop + gaps.track), ...textBlock(sentence, sentencePlace, 18)],
    height: Math.max(labelHeight, height) + gaps.below,
  }
}

function drawTrack(row: ShownRow, place: Place, y: number): readonly string[] {
  const { plot, decimals } = place
  const at = scaleLinear().domain([row.min, row.max]).range([plot.left, plot.right]).clamp(true)
  const [before, after] = [at(row.before), at(row.after)]
  const rises = row.after >= row.before
  const marks = [
    element('line', { ...lined('track', 2), x1: plot.left, x2: plot.right, y1: y, y2: y, 'stroke-linecap': 'round' }),
    textLine(numberText(row.min, 0), { x: plot.left - 10, y: y + 4.5, size: 12, colour: 'muted', anchor: 'end' }),
    textLine(numberText(row.max, 0), { x: plot.right + 10, y: y + 4.5, size: 12, colour: 'muted' }),
  ]
  if (row.changeLow !== null && row.changeHigh !== null) {
    const [low, high] = [at(row.before + row.changeLow), at(row.before + row.changeHigh)]
    marks.push(
      element('rect', { ...lined('accent', 1, 'band'), x: low, y: y - 9, width: Math.max(1, high - low), height: 18, rx: 9, 'fill-opacity': 0.85 }),
    )
  }
  marks.push(
    element('line', { ...lined('accent', 2.5), x1: before, x2: after, y1: y, y2: y }),
    element('circle', { ...lined('accent', 2.5, 'paper'), cx: before, cy: y, r: 6 }),
    element('circle', { ...filled('accent'), cx: after, cy: y, r: 7 }),
  )
  const texts = [pointsText(row.before, decimals), pointsText(row.after, decimals)] as const
  // Labels stand above their dots; when the dots are close they lean outwards instead of touching.
  const apart = Math.abs(after - before) > (textWidth(texts[0], 14) + textWidth(texts[1], 14, true)) / 2 + 8
  const [outBefore, outAfter] = rises ? (['end', 'start'] as const) : (['start', 'end'] as const)
  marks.push(
    textLine(texts[0], { x: apart ? before : before + (rises ? -2 : 2), y: y - 15, colour: 'muted', anchor: apart ? 'middle' : outBefore }),
    textLine(texts[1], { x: apart ? after : after + (rises ? 3 : -3), y: y - 15, bold: true, anchor: apart ? 'middle' : outAfter }),
  )
  return marks
}

// As wide as its words are in the language in use; the interval goes to a line of its own where there is no room beside the dots.
function legend(width: number, words: ChartWords['change']): { marks: readonly string[]; height: number } {
  const y = 14
  const after = 20 + textWidth(words.before, 13) + 24
  const interval = after + 13 + textWidth(words.after, 13) + 24
  const isNarrow = interval + 36 + textWidth(words.likely, 13) > width
  const [intervalX, intervalY] = isNarrow ? [0, y + 24] : [interval, y]
  const likely = wrapText(words.likely, width - intervalX - 36, 13)
  const marks = [
    element('circle', { ...lined('accent', 2.5, 'paper'), cx: 8, cy: y - 4, r: 5.5 }),
    textLine(words.before, { x: 20, y, size: 13, colour: 'muted' }),
    element('circle', { ...filled('accent'), cx: after, cy: y - 4, r: 6.5 }),
    textLine(words.after, { x: after + 13, y, size: 13, colour: 'muted' }),
    element('rect', { ...lined('accent', 1, 'band'), x: intervalX, y: intervalY - 11, width: 28, height: 14, rx: 7 }),
    ...textBlock(likely, { x: intervalX + 36, y: intervalY, size: 13, colour: 'muted' }, 17),
  ]
  return { marks, height: intervalY + 30 + (likely.length - 1) * 17 }
}

const changeOf = ({ change, before, after }: ShownRow): number => change ?? after - before

/** One row in plain words: which way it moved, by how much, and how sure that is. */
export function changeSentence(row: ShownRow, { points, change: words }: Pick<ChartWords, 'points' | 'change'>, decimals = 1): string {
  const change = changeOf(row)
  const { changeLow: low, changeHigh: high } = row
  if (low === null || high === null) return words.unsure(points(pointsText(change, decimals)))
  const sure = low > 0 || high < 0
  const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))]
  if (!sure) return words.unclear(pointsText(low, decimals), pointsText(high, decimals))
  const isBetter = row.direction === 'none' ? null : change > 0 === (row.direction === 'higher')
  const way = isBetter === null ? (change > 0 ? 'up' : 'down') : isBetter ? 'better' : 'worse'
  return words.moved(way, points(pointsText(Math.abs(change), decimals)), pointsText(near, decimals), pointsText(far, decimals))
}

function describe(rows: readonly ChangeRow[], decimals: number, words: ChartWords): string {
  if (rows.length === 0) return words.nothing
  return rows
    .map((row) =>
      row.hidden === undefined
        ? `${row.label}: ${words.change.fromTo(pointsText(row.before, decimals), pointsText(row.after, decimals), row.min, row.max)} ${changeSentence(row, words, decimals)}`
        : `${row.label}: ${row.hidden}`,
    )
    .join(' ')
}

function toTable(rows: readonly ChangeRow[], decimals: number, words: ChartWords): Chart['table'] {
  const { hidden } = words
  return {
    columns: ['', ...words.change.columns, words.inWords],
    rows: rows.map((row) => {
      if (row.hidden !== undefined) return [row.label, hidden, hidden, hidden, hidden, hidden, row.hidden]
      const interval =
        row.changeLow === null || row.changeHigh === null
          ? words.unknown
          : words.range(pointsText(row.changeLow, decimals), pointsText(row.changeHigh, decimals))
      const change = pointsText(changeOf(row), decimals)
      return [
        row.label,
        String(row.n),
        pointsText(row.before, decimals),
        pointsText(row.after, decimals),
        change,
        interval,
        changeSentence(row, words, decimals),
      ]
    }),
  }
}
