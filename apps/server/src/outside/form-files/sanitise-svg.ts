// An SVG is a program as much as a picture. Of what a stranger drew, only shapes, colours and words are written anew; what could run or fetch makes the
// whole file be refused, so that nobody wonders why a drawing lost its half. Editors' own notes go without a word.
import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes'

export type SanitisedSvg = { readonly svg: string } | { readonly refused: string }

const svgNamespace = 'http://www.w3.org/2000/svg'
const xlinkNamespace = 'http://www.w3.org/1999/xlink'
const limits = { nodes: 50_000, depth: 64 } as const

const shapes = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient stop clipPath mask symbol use pattern marker'.split(
    ' ',
  ),
)
const dangerous = new Set(
  'script foreignObject iframe embed object audio video image feImage handler listener set animate animateMotion animateTransform animateColor a style'.split(
    ' ',
  ),
)
const looks = new Set(
  'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility font-family font-size font-style font-weight text-anchor dominant-baseline alignment-baseline letter-spacing word-spacing stop-color stop-opacity clip-path clip-rule mask vector-effect paint-order marker-start marker-mid marker-end overflow'.split(
    ' ',
  ),
)
const places = new Set(
  'id class transform viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points pathLength offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY orient rotate textLength lengthAdjust role version'.split(
    ' ',
  ),
)

class Refusal extends Error {}

/** The drawing with nothing in it but shapes, or the sentence why it is not taken. */
export function sanitiseSvg(text: string): SanitisedSvg {
  try {
    return { svg: rewrite(text) }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
}

function rewrite(text: string): string {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const out: string[] = []
  const open: string[] = []
  let left = 0
  let nodes = 0
  let hasRoot = false
  const refuse = (why: string): never => {
    throw new Refusal(why)
  }
  const count = () => (++nodes > limits.nodes ? refuse('it has more than 50,000 parts. Simplify the drawing.') : undefined)
  parser.on('error', () => refuse('it is not sound XML. Save it again as “Plain SVG”.'))
  parser.on('doctype', (doctype) =>
    /\[/.test(doctype) || /ENTITY/i.test(doctype) ? refuse('it declares entities of its own. Save it again as “Plain SVG”.') : undefined,
  )
  parser.on('processinginstruction', () => refuse('it calls for another program or style sheet. Save it again as “Plain SVG”.'))
  parser.on('comment', count)
  parser.on('opentag', (tag) => {
    count()
    if (open.length + left >= limits.depth) refuse('its parts lie inside each other more than 64 deep.')
    if (open.length === 0 && left === 0) {
      if (hasRoot || tag.local !== 'svg' || tag.uri !== svgNamespace)
        refuse('it does not begin with an <svg> of the SVG standard. Save it again as “Plain SVG”.')
      hasRoot = true
    }
    if (left > 0 || tag.uri !== svgNamespace) {
      if (isDangerous(tag)) refuse(`it holds <${tag.local}>, which is more than a drawing. Take it out, or use a .png.`)
      left += 1
      return
    }
    if (isDangerous(tag)) refuse(`it holds <${tag.local}>, which is more than a drawing. Take it out, or use a .png.`)
    checkAttributes(tag, refuse)
    if (!shapes.has(tag.local)) {
      left += 1
      return
    }
    out.push(`<${tag.local}${open.length === 0 ? ` xmlns="${svgNamespace}"` : ''}${writeAttributes(tag)}>`)
    open.push(tag.local)
  })
  parser.on('closetag', () => {
    if (left > 0) left -= 1
    else out.push(`</${open.pop()}>`)
  })
  const addText = (piece: string) => {
    count()
    if (left === 0 && open.length > 0) out.push(escape(piece))
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
  parser.close()
  if (!hasRoot) refuse('there is no drawing in it.')
  return out.join('')
}

const isDangerous = ({ local }: SaxesTagNS) => dangerous.has(local) || /^(script|foreignobject)$/i.test(local)

function checkAttributes({ attributes }: SaxesTagNS, refuse: (why: string) => never): void {
  for (const { local, value, uri } of Object.values(attributes)) {
    if (/^on/i.test(local)) refuse(`it holds the instruction ${local}=…, which would run a program. Take it out.`)
    if ((local === 'href' || uri === xlinkNamespace) && local === 'href' && !isInside(value))
      refuse('it links to something outside of itself. Put everything into the one file.')
    if (/(?:javascript|vbscript|data)\s*:/i.test(value.replace(/[\p{Cc}\s]/gu, '')))
      refuse('it holds an address that would run or load something. Take it out.')
    if (/url\(/i.test(value) && !/^[^(]*url\(\s*["']?#[\w.-]+["']?\s*\)[^(]*$/i.test(value) && local !== 'style')
      refuse('it loads something from outside of itself. Put everything into the one file.')
  }
}

const isInside = (value: string) => /^#[\w.:-]+$/.test(value.trim())

function writeAttributes({ local: tag, attributes }: SaxesTagNS): string {
  const written = new Map<string, string>()
  for (const { local, prefix, value, uri } of Object.values(attributes) as SaxesAttributeNS[]) {
    if (local === 'href' && (prefix === '' || uri === xlinkNamespace) && tag !== 'svg') written.set('href', value.trim())
    if (prefix === 'xml' && local === 'space') written.set('xml:space', value)
    if (prefix !== '') continue
    if (places.has(local) || looks.has(local) || /^(?:aria-|data-)[\w-]+$/.test(local)) written.set(local, value)
  }
  // Editors write looks as one "style", which no page of ours applies: each is written as the attribute that it stands for.
  for (const declaration of (attributes['style']?.value ?? '').split(';')) {
    const [property = '', ...rest] = declaration.split(':')
    const value = rest.join(':').trim()
    if (looks.has(property.trim()) && isPlainLook(value)) written.set(property.trim(), value)
  }
  return [...written].map(([name, value]) => ` ${name}="${escape(value)}"`).join('')
}

const isPlainLook = (value: string) =>
  value !== '' &&
  !/[\\@<>{}]/.test(value) &&
  (!/\(/.test(value) || /^(?:url\(\s*["']?#[\w.-]+["']?\s*\)|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]+\))$/i.test(value))

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
