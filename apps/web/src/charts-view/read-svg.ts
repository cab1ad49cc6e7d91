// Reads the SVG text of @attune/charts into plain nodes, so that a chart becomes elements without innerHTML or DOMParser:
// both are refused under `require-trusted-types-for 'script'`. It takes drawing elements and attributes only, so nothing that could
// run or fetch gets through, whatever text it is given.

export type SvgNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (SvgNode | string)[]
}

const elements = new Set(
  'svg g path rect line circle ellipse polygon polyline text tspan title desc defs pattern clipPath marker linearGradient stop'.split(' '),
)
const attributes = new Set(
  `xmlns id class role d x y x1 x2 y1 y2 dx dy cx cy r rx ry width height points viewBox preserveAspectRatio transform fill fill-opacity fill-rule stroke stroke-width
  stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity font-size font-weight font-family font-style text-anchor dominant-baseline alignment-baseline letter-spacing
  text-decoration paint-order textLength lengthAdjust patternUnits patternTransform patternContentUnits clip-path clipPathUnits focusable lang offset stop-color stop-opacity gradientUnits
  marker-end marker-start markerWidth markerHeight refX refY orient vector-effect shape-rendering`.split(/\s+/),
)
const isTaken = (name: string, value: string) =>
  (attributes.has(name) || /^(aria|data)-[a-z-]+$/.test(name)) && !/^\s*(javascript|data|https?):/i.test(value) && !/url\(\s*['"]?(?!#)/i.test(value)

const characters: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function toText(escaped: string): string {
  return escaped.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return characters[name ?? ''] ?? whole
  })
}

type Open = { name: string; attributes: Record<string, string>; children: (SvgNode | string)[] }

/** The root element of an SVG text; undefined when the text is not well formed or holds an element that is not for drawing. */
export function readSvg(text: string): SvgNode | undefined {
  const tag = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z][A-Za-z0-9:-]*="[^"<]*")*)\s*(\/?)>/y
  const open: Open[] = [{ name: '', attributes: {}, children: [] }]
  let at = 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const words = text.slice(at, next === -1 ? text.length : next)
    if (words.trim() !== '') open.at(-1)?.children.push(toText(words))
    if (next === -1) break
    tag.lastIndex = next
    const found = tag.exec(text)
    if (found === null) return undefined
    const [whole, closing, name = '', written = '', single] = found
    at = next + whole.length
    if (!elements.has(name)) return undefined
    if (closing === '/') {
      const done = open.pop()
      if (done?.name !== name) return undefined
      open.at(-1)?.children.push(done)
    } else {
      const element: Open = { name, attributes: readAttributes(written), children: [] }
      if (single === '/') open.at(-1)?.children.push(element)
      else open.push(element)
    }
  }
  const root = open[0]?.children[0]
  const alone = open.length === 1 && open[0]?.children.length === 1
  return alone && typeof root === 'object' && root.name === 'svg' ? root : undefined
}

function readAttributes(written: string): Record<string, string> {
  const taken: Record<string, string> = {}
  for (const [, name = '', escaped = ''] of written.matchAll(/([A-Za-z][A-Za-z0-9:-]*)="([^"]*)"/g)) {
    const value = toText(escaped)
    if (isTaken(name, value)) taken[name] = value
  }
  return taken
}
