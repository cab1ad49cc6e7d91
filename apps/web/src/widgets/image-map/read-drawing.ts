// Reads an author's SVG into plain nodes that draw and do nothing else: no script, no style, no address of another place. The server has written the file
// anew already (apps/server/src/outside/form-files/sanitise-svg.ts); this page trusts no file all the same. Ids get a prefix, so that two drawings on a
// page and the page itself do not meet.

export type DrawingNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The id that the author gave, without the prefix. */
  readonly id: string | undefined
  readonly children: readonly (DrawingNode | string)[]
}

const drawn = new Set(
  `svg g path rect line circle ellipse polygon polyline text tspan defs symbol use pattern clipPath mask linearGradient radialGradient stop`.split(
    ' ',
  ),
)
const looks = new Set(
  `fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity opacity display visibility
  font-size font-weight font-family font-style text-anchor dominant-baseline letter-spacing clip-path clip-rule mask stop-color stop-opacity vector-effect paint-order`.split(
    /\s+/,
  ),
)
const placing = new Set(
  `d x y x1 x2 y1 y2 dx dy cx cy fx fy r rx ry width height points viewBox preserveAspectRatio transform offset gradientUnits gradientTransform patternUnits patternTransform
  patternContentUnits clipPathUnits maskUnits maskContentUnits spreadMethod`.split(/\s+/),
)

/** The drawing in an SVG text; undefined when the text is none. */
export function readDrawing(svg: string, prefix: string): DrawingNode | undefined {
  // A document type may name entities that grow without end, and no drawing needs one.
  if (/<!ENTITY/i.test(svg)) return undefined
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const root = parsed.documentElement
  if (parsed.querySelector('parsererror') !== null || root.localName !== 'svg') return undefined
  const node = toNode(root, prefix)
  if (node === undefined) return undefined
  const { width, height, x: _x, y: _y, ...attributes } = node.attributes
  const size = [width, height].map((text) => Number.parseFloat(text ?? ''))
  const viewBox = attributes['viewBox'] ?? (size.every((side) => side > 0) ? `0 0 ${size.join(' ')}` : undefined)
  return viewBox === undefined ? undefined : { ...node, attributes: { ...attributes, viewBox } }
}

function toNode(element: Element, prefix: string): DrawingNode | undefined {
  if (!drawn.has(element.localName)) return undefined
  const name = element.localName
  const id = element.getAttribute('id') ?? undefined
  const given = Object.fromEntries([...element.attributes].map((attribute) => [attribute.localName, attribute.value]))
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(given)) {
    if (!looks.has(key) && !placing.has(key)) continue
    const safe = value.replace(/url\(\s*['"]?#([^)'"]+)['"]?\s*\)/g, (_, target: string) => `url(#${prefix}${target})`)
    if (!/url\(\s*(?!#)/i.test(safe)) attributes[key] = safe
  }
  const address = given['href']
  if (name === 'use' && address?.startsWith('#') !== true) return undefined
  if (name === 'use') attributes['href'] = `#${prefix}${address?.slice(1)}`
  if (id !== undefined) attributes['id'] = `${prefix}${id}`
  const children = [...element.childNodes].flatMap((child): (DrawingNode | string)[] => {
    if (child.nodeType === 3) return (name === 'text' || name === 'tspan') && child.nodeValue !== null ? [child.nodeValue] : []
    const node = child.nodeType === 1 ? toNode(child as Element, prefix) : undefined
    return node === undefined ? [] : [node]
  })
  return { name, attributes, id, children }
}
