// Writes SVG as text. Colours are presentation attributes (a strict content policy allows no style attributes) and every coloured mark
// carries a class, so that chart.css can replace them by custom properties for light, dark and high-contrast pages.
import type { Chart, ChartFrame, ChartTable } from './chart.ts'

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** One element; numbers are cut to two decimals so that the same values always give the same bytes. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? toShort(value) : escapeXml(value)}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

/** Text made safe for element content and attribute values; characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

function toShort(value: number): string {
  return String(Math.round(value * 100) / 100 + 0)
}

const colours = {
  ink: '#1d2b2a',
  muted: '#566664',
  track: '#c9d4d2',
  accent: '#0b6560',
  'on-accent': '#ffffff',
  band: '#c4e3df',
  paper: '#ffffff',
  warm: '#a8481b',
  'warm-soft': '#f3d9c9',
  quiet: '#e3eae8',
} as const

export type Colour = keyof typeof colours

/** Attributes that fill a mark with a named colour. */
export function filled(colour: Colour): { readonly class: string; readonly fill: string } {
  return { class: `chart-fill-${colour}`, fill: colours[colour] }
}

/** Attributes that draw a mark's outline in a named colour, optionally with a fill. */
export function lined(colour: Colour, width: number, inside?: Colour): Attributes {
  return {
    class: `chart-line-${colour}${inside === undefined ? '' : ` chart-fill-${inside}`}`,
    stroke: colours[colour],
    'stroke-width': width,
    fill: inside === undefined ? 'none' : colours[inside],
  }
}

export type Drawing = {
  readonly frame: ChartFrame
  readonly width: number
  readonly height: number
  readonly description: string
  readonly table: ChartTable
}

/** Wraps marks into one labelled picture and hands back the whole chart. */
export function toChart(drawing: Drawing, marks: readonly string[]): Chart {
  const { frame, description, table } = drawing
  const prefix = frame.idPrefix.replace(/[^A-Za-z0-9_-]/g, '-')
  const [width, height] = [Math.round(drawing.width), Math.round(drawing.height)]
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'chart',
      role: 'img',
      'aria-labelledby': `${prefix}-title ${prefix}-desc`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', system-ui, sans-serif",
    },
    element('title', { id: `${prefix}-title` }, escapeXml(frame.title)),
    element('desc', { id: `${prefix}-desc` }, escapeXml(description)),
    ...marks,
  )
  return { svg, title: frame.title, description, table }
}
