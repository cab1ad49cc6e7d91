// How many people got better, stayed much the same, or got worse, beyond measurement error. Never by colour alone: each part has its
// own pattern, its own place, and its number in words below the bar.
import { scaleLinear } from 'd3-scale'
import type { Chart, ChartCell, WordedFrame } from './chart.ts'
import { element, filled, lined, toChart } from './svg.ts'
import type { Attributes } from './svg.ts'
import { textBlock, textLine, textWidth, wrapText } from './text.ts'
import type { ChartWords } from './words.ts'

/** One bar. `improvedInterval` is the 95 % interval of the share that improved (0 to 1). */
export type ReliableRow = {
  readonly label: string
  readonly improved: ChartCell
  readonly unchanged: ChartCell
  readonly worse: ChartCell
  readonly total: ChartCell
  readonly improvedInterval?: { readonly low: number; readonly high: number } | null
}

export type ReliableBarsInput = WordedFrame & { readonly rows: readonly ReliableRow[] }

const parts = ['improved', 'unchanged', 'worse'] as const
type Part = (typeof parts)[number]
type Piece = { part: Part | 'hidden'; value: number }

/** Draws one stacked bar per row; bars are shares of everybody with two scores, so rows of different size can be compared. */
export function reliableBars(input: ReliableBarsInput): Chart {
  const width = Math.max(280, input.width ?? 640)
  const prefix = `${input.idPrefix.replace(/[^A-Za-z0-9_-]/g, '-')}-part`
  const hasIntervals = input.rows.some((row) => row.improvedInterval !== undefined && row.improvedInterval !== null)
  const legend = drawLegend(width, prefix, hasIntervals, input.words)
  const { words } = input
  const marks = [patterns(prefix), ...legend.marks]
  let top = legend.height + 14
  for (const row of input.rows) {
    const drawn = drawRow(row, top, width, prefix, words)
    marks.push(...drawn.marks)
    top += drawn.height
  }
  const description = input.rows.length === 0 ? words.nothing : input.rows.map((row) => `${row.label}: ${rowSentence(row, words)}`).join(' ')
  return toChart({ frame: input, width, height: top, description, table: toTable(input.rows, words) }, marks)
}

function drawRow(row: ReliableRow, top: number, width: number, prefix: string, words: ChartWords): { marks: readonly string[]; height: number } {
  const label = wrapText(row.label, width - 4, 15, true)
  const marks = [...textBlock(label, { x: 0, y: top + 16, size: 15, bold: true }, 19)]
  const pieces = toPieces(row)
  let y = top + label.length * 19 + 6
  if (pieces === undefined) {
    const lines = wrapText(hiddenReason(row, words), width - 32, 13)
    const height = lines.length * 18 + 16
    marks.push(
      element('rect', { ...lined('track', 1), x: 1, y, width: width - 2, height, rx: 6, 'stroke-dasharray': '4 4' }),
      ...textBlock(lines, { x: 14, y: y + 21, size: 13, colour: 'muted' }, 18),
    )
    return { marks, height: y + height + 22 - top }
  }
  const whole = pieces.reduce((sum, piece) => sum + piece.value, 0)
  const at = scaleLinear().domain([0, whole]).range([0, width])
  if (row.improvedInterval !== undefined && row.improvedInterval !== null && pieces[0]?.part === 'improved') {
    const [low, high] = [at(row.improvedInterval.low * whole), at(row.improvedInterval.high * whole)]
    marks.push(element('path', { ...lined('ink', 1.5), d: `M${low.toFixed(2)} ${y + 1}v8m0 -4H${high.toFixed(2)}m0 -4v8` }))
    y += 13
  }
  let passed = 0
  for (const piece of pieces) {
    const [left, right] = [at(passed), at(passed + piece.value)]
    passed += piece.value
    if (piece.value === 0) continue
    marks.push(element('rect', { ...paint(piece.part, prefix), x: left + 1, y, width: Math.max(1, right - left - 2), height: 28, rx: 3 }))
    const text = String(piece.value)
    const room = right - left - 2
    const needed = textWidth(text, 14, true) + 10
    if (piece.part === 'hidden' || needed + 14 > room) continue
    // On a pattern the number stands on a plain plate.
    if (piece.part !== 'improved') marks.push(element('rect', { ...filled('paper'), x: left + 7, y: y + 5, width: needed, height: 18, rx: 3 }))
    marks.push(
      textLine(text, { x: left + 7 + needed / 2, y: y + 19, colour: piece.part === 'improved' ? 'on-accent' : 'ink', bold: true, anchor: 'middle' }),
    )
  }
  const sentence = wrapText(rowSentence(row, words), width, 13)
  marks.push(...textBlock(sentence, { x: 0, y: y + 46, size: 13, colour: 'muted' }, 18))
  return { marks, height: y + 46 + sentence.length * 18 + 8 - top }
}

// Hidden numbers share one unlabelled part: what the shown total leaves beside the shown numbers.
function toPieces(row: ReliableRow): readonly Piece[] | undefined {
  const shown = parts.flatMap((part): Piece[] => {
    const cell = row[part]
    return cell.shown ? [{ part, value: cell.value }] : []
  })
  const sum = shown.reduce((total, piece) => total + piece.value, 0)
  if (shown.length === parts.length) return sum > 0 ? shown : undefined
  if (shown.length === 0 || !row.total.shown || row.total.value <= sum) return undefined
  return [...shown, { part: 'hidden', value: row.total.value - sum }]
}

function hiddenReason(row: ReliableRow, { reliable }: ChartWords): string {
  const cell = [row.total, ...parts.map((part) => row[part])].find((candidate) => !candidate.shown)
  return cell === undefined || cell.shown ? reliable.nobody : cell.because
}

/** One bar in words: each number and its share, or why a number is hidden. */
export function rowSentence(row: ReliableRow, words: ChartWords): string {
  const pieces = toPieces(row)
  if (pieces === undefined) return hiddenReason(row, words)
  const whole = pieces.reduce((sum, piece) => sum + piece.value, 0)
  const told = pieces.map(({ part, value }) =>
    part === 'hidden' ? words.reliable.rest : `${value} ${words.reliable.parts[part]} (${Math.round((100 * value) / whole)} %)`,
  )
  const because = pieces.some((piece) => piece.part === 'hidden') ? ` ${hiddenReason(row, words)}` : ''
  const { improvedInterval: interval } = row
  const likely =
    interval === undefined || interval === null || !row.improved.shown
      ? ''
      : ` ${words.reliable.likelyShare(Math.round(100 * interval.low), Math.round(100 * interval.high))}`
  return `${words.reliable.told(whole, told.join(', '))}${because}${likely}`
}

function paint(part: Part | 'hidden', prefix: string): Attributes {
  if (part === 'improved') return filled('accent')
  if (part === 'hidden') return { ...lined('muted', 1), 'stroke-dasharray': '4 4' }
  return {
    fill: `url(#${prefix}-${part})`,
    stroke: lined(part === 'worse' ? 'warm' : 'muted', 1)['stroke'],
    class: `chart-line-${part === 'worse' ? 'warm' : 'muted'}`,
  }
}

function patterns(prefix: string): string {
  const dots = element(
    'pattern',
    { id: `${prefix}-unchanged`, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
    element('rect', { ...filled('quiet'), width: 8, height: 8 }),
    element('circle', { ...filled('muted'), cx: 4, cy: 4, r: 1 }),
  )
  const stripes = element(
    'pattern',
    { id: `${prefix}-worse`, width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { ...filled('warm-soft'), width: 8, height: 8 }),
    element('rect', { ...filled('warm'), width: 2.5, height: 8 }),
  )
  return element('defs', {}, dots, stripes)
}

function drawLegend(width: number, prefix: string, hasIntervals: boolean, { reliable }: ChartWords): { marks: readonly string[]; height: number } {
  const marks: string[] = []
  let [x, y] = [0, 0]
  const place = (mark: (x: number, y: number) => string, label: string) => {
    const needed = 26 + textWidth(label, 13) + 18
    if (x > 0 && x + needed - 18 > width) [x, y] = [0, y + 24]
    marks.push(mark(x, y), textLine(label, { x: x + 26, y: y + 14, size: 13, colour: 'muted' }))
    x += needed
  }
  for (const part of parts)
    place((left, top) => element('rect', { ...paint(part, prefix), x: left + 1, y: top + 2, width: 18, height: 14, rx: 3 }), reliable.parts[part])
  if (hasIntervals)
    place((left, top) => element('path', { ...lined('ink', 1.5), d: `M${left.toFixed(2)} ${top + 5}v8m0 -4h18m0 -4v8` }), reliable.likely)
  return { marks, height: y + 20 }
}

function toTable(rows: readonly ReliableRow[], words: ChartWords): Chart['table'] {
  const text = (cell: ChartCell) => (cell.shown ? String(cell.value) : words.hidden)
  return {
    columns: ['', ...words.reliable.columns, words.inWords],
    rows: rows.map((row) => [row.label, text(row.improved), text(row.unchanged), text(row.worse), text(row.total), rowSentence(row, words)]),
  }
}
