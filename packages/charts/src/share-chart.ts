// Shares from 0 to 100 %, one row each, with the 95 % interval always drawn. All rows have the same scale, so they compare at a glance.
import { scaleLinear } from 'd3-scale'
import type { Chart, WordedFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import { textBlock, textLine, wrapText } from './text.ts'
import type { ChartWords } from './words.ts'

/** One row in whole per cent; `of` says of whom it is a share. A hidden row carries the reason instead. */
export type ShareRow =
  | { readonly label: string; readonly of: string; readonly share: number; readonly low: number; readonly high: number; readonly hidden?: undefined }
  /** `atLeast`: hidden, but known to be no less. */
  | { readonly label: string; readonly hidden: string; readonly atLeast?: number }

export type ShareChartInput = WordedFrame & { readonly rows: readonly ShareRow[] }

/** Draws one row per share; nothing is told by colour alone, the number stands beside each dot. */
export function shareChart(input: ShareChartInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const isWide = width >= 560
  const labelWidth = isWide ? Math.min(240, width * 0.34) : width
  const [left, right] = isWide ? [labelWidth + 20, width - 64] : [8, width - 56]
  const at = scaleLinear().domain([0, 100]).range([left, right])
  const marks: string[] = [0, 50, 100].map((percent) =>
    textLine(`${percent} %`, {
      x: at(percent),
      y: 14,
      size: 13,
      colour: 'muted',
      anchor: percent === 0 ? 'start' : percent === 100 ? 'end' : 'middle',
    }),
  )
  let top = 26
  for (const row of input.rows) {
    const label = wrapText(row.label, labelWidth - 4, 15, true)
    const under = wrapText(row.hidden ?? row.of, isWide ? labelWidth - 4 : width - 4, 13)
    marks.push(
      ...textBlock(label, { x: 0, y: top + 16, size: 15, bold: true }, 19),
      ...textBlock(under, { x: 0, y: top + 16 + label.length * 19, size: 13, colour: 'muted' }, 17),
    )
    const labels = label.length * 19 + under.length * 17
    const known = row.hidden === undefined ? undefined : row.atLeast
    const y = isWide ? top + 18 : top + labels + 18
    if (row.hidden === undefined) {
      marks.push(
        element('path', { ...lined('track', 2), d: `M${left.toFixed(2)} ${y}H${right.toFixed(2)}` }),
        element('rect', { ...filled('band'), x: at(row.low), y: y - 7, width: Math.max(2, at(row.high) - at(row.low)), height: 14, rx: 4 }),
        element('circle', { ...filled('accent'), cx: at(row.share), cy: y, r: 6 }),
        textLine(`${row.share} %`, { x: width, y: y + 5, size: 15, bold: true, anchor: 'end' }),
      )
    }
    if (known !== undefined) {
      marks.push(
        element('path', { ...lined('track', 2), d: `M${left.toFixed(2)} ${y}H${right.toFixed(2)}` }),
        element('rect', {
          ...lined('accent', 1.5, 'band'),
          'stroke-dasharray': '4 3',
          x: at(known),
          y: y - 7,
          width: at(100) - at(known),
          height: 14,
          rx: 4,
        }),
        textLine(`${known} % +`, { x: width, y: y + 5, size: 15, bold: true, anchor: 'end' }),
      )
    }
    top += Math.max(labels, isWide ? 34 : labels + (row.hidden === undefined || known !== undefined ? 34 : 0)) + 14
  }
  const { words } = input
  const description = input.rows.length === 0 ? words.nothing : input.rows.map((row) => `${row.label}: ${shareSentence(row, words)}`).join(' ')
  const table = {
    columns: ['', ...words.share.columns],
    rows: input.rows.map((row) =>
      row.hidden === undefined
        ? [row.label, `${row.share} %`, words.range(`${row.low} %`, `${row.high} %`), row.of]
        : [row.label, row.atLeast === undefined ? words.hidden : words.share.atLeast(row.atLeast), words.hidden, row.hidden],
    ),
  }
  return toChart({ frame: input, width, height: top, description, table }, marks)
}

/** One row in plain words. */
export function shareSentence(row: ShareRow, { share }: Pick<ChartWords, 'share'>): string {
  if (row.hidden === undefined) return share.told(row.share, row.of, row.low, row.high)
  return row.atLeast === undefined ? row.hidden : `${share.atLeast(row.atLeast)}. ${row.hidden}`
}
