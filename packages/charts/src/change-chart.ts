// Mean before and after, one row per measure or per service, with the 95 % interval of the change always drawn.
// Every row uses the full width for the full range of its scale, so rows can be compared at a glance.
import { scaleLinear } from 'd3-scale'
import type { Chart, ChartDirection, ChartFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { numberText, pointsText, textBlock, textLine, textWidth, wrapText } from './text.ts'

/** One row. `changeLow` and `changeHigh` are the 95 % limits of `after - before`; a hidden row carries the reason instead. */
export type ChangeRow =
  | {
      readonly label: string
      readonly n: number
      readonly before: number
      readonly after: number
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
export type ChangeChartInput = ChartFrame & { readonly rows: readonly ChangeRow[]; readonly decimals?: number; readonly isDense?: boolean }

/** Draws mean change per row. `n` is printed as "about n people", because shown counts are rounded. */
export function changeChart(input: ChangeChartInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const isWide = width >= 560
  const decimals = input.decimals ?? 1
  const labelWidth = isWide ? Math.min(220, width * 0.3) : width
  const plot = isWide ? { left: labelWidth + 48, right: width - 40 } : { left: 34, right: width - 34 }
  const marks: string[] = [...legend(width)]
  let top = isWide || width >= 430 ? 44 : 66
  for (const row of input.rows) {
    const drawn = drawRow(row, { top, isWide, width, labelWidth, plot, decimals, gaps: input.isDense === true ? dense : airy })
    marks.push(...drawn.marks)
    top += drawn.height
  }
  const description = describe(input.rows, decimals)
  return toChart({ frame: input, width, height: top, description, table: toTable(input.rows, decimals) }, marks)
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
  gaps: typeof airy
}

function drawRow(row: ChangeRow, place: Place): { marks: readonly string[]; height: number } {
  const { top, isWide, width, labelWidth, plot, gaps } = place
  const labelLines = wrapText(row.label, labelWidth - 4, 15, true)
  const underLabel = row.hidden === undefined ? wrapText(`about ${row.n} people`, labelWidth, 13) : []
  const labels = [
    ...textBlock(labelLines, { x: 0, y: top + 18, size: 15, bold: true }, 19),
    ...textBlock(underLabel, { x: 0, y: top + 18 + labelLines.length * 19, size: 13, colour: 'muted' }, 17),
  ]
  const labelHeight = labelLines.length * 19 + underLabel.length * 17 + 8
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
  const sentence = wrapText(changeSentence(row, place.decimals), isWide ? plot.right - plot.left + 30 : width, 13)
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
  const texts = [numberText(row.before, decimals), numberText(row.after, decimals)] as const
  // Labels stand above their dots; when the dots are close they lean outwards instead of touching.
  const apart = Math.abs(after - before) > (textWidth(texts[0], 14) + textWidth(texts[1], 14, true)) / 2 + 8
  const [outBefore, outAfter] = rises ? (['end', 'start'] as const) : (['start', 'end'] as const)
  marks.push(
    textLine(texts[0], { x: apart ? before : before + (rises ? -2 : 2), y: y - 15, colour: 'muted', anchor: apart ? 'middle' : outBefore }),
    textLine(texts[1], { x: apart ? after : after + (rises ? 3 : -3), y: y - 15, bold: true, anchor: apart ? 'middle' : outAfter }),
  )
  return marks
}

function legend(width: number): readonly string[] {
  const isNarrow = width < 430
  const y = 14
  const intervalX = isNarrow ? 0 : 168
  const intervalY = isNarrow ? y + 24 : y
  return [
    element('circle', { ...lined('accent', 2.5, 'paper'), cx: 8, cy: y - 4, r: 5.5 }),
    textLine('before', { x: 20, y, size: 13, colour: 'muted' }),
    element('circle', { ...filled('accent'), cx: 88, cy: y - 4, r: 6.5 }),
    textLine('after', { x: 101, y, size: 13, colour: 'muted' }),
    element('rect', { ...lined('accent', 1, 'band'), x: intervalX, y: intervalY - 11, width: 28, height: 14, rx: 7 }),
    textLine('likely range of the true change (95 %)', { x: intervalX + 36, y: intervalY, size: 13, colour: 'muted' }),
  ]
}

/** One row in plain words: which way it moved, by how much, and how sure that is. */
export function changeSentence(row: ShownRow, decimals = 1): string {
  const change = row.after - row.before
  const { changeLow: low, changeHigh: high } = row
  if (low === null || high === null) return `Changed by ${pointsText(change, decimals)}; too few people to say how sure that is.`
  const sure = low > 0 || high < 0
  const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))]
  if (!sure) return `No clear change (likely ${numberText(low, decimals)} to ${numberText(high, decimals)} points).`
  const isBetter = row.direction === 'none' ? null : change > 0 === (row.direction === 'higher')
  const verb = isBetter === null ? (change > 0 ? 'Went up' : 'Went down') : isBetter ? 'Better' : 'Worse'
  return `${verb} by ${pointsText(Math.abs(change), decimals)} (likely ${numberText(near, decimals)} to ${numberText(far, decimals)}).`
}

function describe(rows: readonly ChangeRow[], decimals: number): string {
  if (rows.length === 0) return 'There is nothing to show yet.'
  return rows
    .map((row) =>
      row.hidden === undefined
        ? `${row.label}: from ${numberText(row.before, decimals)} to ${numberText(row.after, decimals)} on a scale from ${row.min} to ${row.max}. ${changeSentence(row, decimals)}`
        : `${row.label}: ${row.hidden}`,
    )
    .join(' ')
}

function toTable(rows: readonly ChangeRow[], decimals: number): Chart['table'] {
  return {
    columns: ['', 'People (about)', 'Mean before', 'Mean after', 'Mean change', '95 % interval', 'In words'],
    rows: rows.map((row) => {
      if (row.hidden !== undefined) return [row.label, 'hidden', 'hidden', 'hidden', 'hidden', 'hidden', row.hidden]
      const interval =
        row.changeLow === null || row.changeHigh === null
          ? 'unknown'
          : `${numberText(row.changeLow, decimals)} to ${numberText(row.changeHigh, decimals)}`
      const change = numberText(row.after - row.before, decimals)
      return [
        row.label,
        String(row.n),
        numberText(row.before, decimals),
        numberText(row.after, decimals),
        change,
        interval,
        changeSentence(row, decimals),
      ]
    }),
  }
}
