// The XML that form programs write, read at a tenth of the price: elements, attributes and text, nothing else. Whatever is in any way unusual is
// not decided here but left to the full reader (read-xml.ts): what this one answers is what that one would have answered.
import type { XmlElement } from '@attune/forms'

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string }

const declaration = /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])[uU][tT][fF]-8\2)?(?: standalone=(["'])(?:yes|no)\3)? ?\?>/
// Control characters, carriage returns (which XML turns into others), characters that XML has none of, comments, document types and sections, and
// the end of a section in text.
const unusual = /[\0-\x08\x0b-\x1f\uFFFE\uFFFF]|<!|\]\]>/
const named: { readonly [entity: string]: string } = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }
const reference = /&(?:amp|lt|gt|quot|apos);/g
const blank = /^[ \t\n]*$/

const noAttributes: Record<string, string> = Object.freeze({})
const noChildren: Growing[] = Object.freeze([]) as unknown as Growing[]

const [tab, lineFeed, space, slash, equals, more] = [9, 10, 32, 47, 61, 62]
const isBlank = (code: number) => code === space || code === lineFeed || code === tab
const beginsName = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
const isInName = (code: number) => beginsName(code) || (code >= 48 && code <= 58) || code === 45 || code === 46

function endOfName(text: string, from: number): number {
  let at = from
  if (!beginsName(text.charCodeAt(at))) return from
  while (isInName(text.charCodeAt(at))) at++
  return at
}

/** Text with its references replaced; undefined when one of them is not of the five that XML has by itself. */
function toText(written: string): string | undefined {
  if (!written.includes('&')) return written
  if (written.replace(reference, '').includes('&')) return undefined
  return written.replace(reference, (entity) => named[entity]!)
}

/**
 * The root element of a document that is written plainly, within `limits` of depth and of attributes an element; undefined for every other text,
 * well-formed or not. `length` is the longest text that is looked at.
 */
export function readPlainXml(
  text: string,
  limits: { readonly depth: number; readonly attributes: number; readonly length: number },
): XmlElement | undefined {
  if (text.length > limits.length || unusual.test(text)) return undefined
  let at = declaration.exec(text)?.[0].length ?? 0
  const open: Growing[] = []
  let root: Growing | undefined
  for (;;) {
    const next = text.indexOf('<', at)
    const inside = open.length > 0 ? open[open.length - 1] : undefined
    if (next !== at) {
      const written = next < 0 ? text.slice(at) : text.slice(at, next)
      if (inside === undefined) {
        if (!blank.test(written)) return undefined
      } else {
        const piece = toText(written)
        if (piece === undefined) return undefined
        inside.text = inside.text === '' ? piece : inside.text + piece
      }
    }
    if (next < 0) return open.length === 0 ? root : undefined
    at = next + 1
    if (text.charCodeAt(at) === slash) {
      // Only the end of the element that is open, written as its beginning was.
      if (inside === undefined || !text.startsWith(inside.name, at + 1)) return undefined
      at += 1 + inside.name.length
      if (text.charCodeAt(at) !== more) return undefined
      at++
      open.pop()
      continue
    }
    if ((inside === undefined && root !== undefined) || open.length >= limits.depth) return undefined
    const end = endOfName(text, at)
    if (end === at) return undefined
    const element: Growing = { name: text.slice(at, end), attributes: noAttributes, children: noChildren, text: '' }
    at = end
    for (let attributes = 0; ; attributes++) {
      let spaces = at
      while (isBlank(text.charCodeAt(spaces))) spaces++
      const code = text.charCodeAt(spaces)
      if (code === more || code === slash) {
        at = spaces
        break
      }
      if (spaces === at || attributes >= limits.attributes) return undefined
      const nameEnd = endOfName(text, spaces)
      const quote = text[nameEnd + 1]
      if (nameEnd === spaces || text.charCodeAt(nameEnd) !== equals || (quote !== '"' && quote !== "'")) return undefined
      const valueEnd = text.indexOf(quote, nameEnd + 2)
      if (valueEnd < 0) return undefined
      const value = text.slice(nameEnd + 2, valueEnd)
      // Blanks other than spaces become spaces, references become characters: for the other reader.
      if (/[<&\t\n]/.test(value)) return undefined
      const name = text.slice(spaces, nameEnd)
      if (attributes === 0) element.attributes = Object.create(null) as Record<string, string>
      else if (name in element.attributes) return undefined
      element.attributes[name] = value
      at = valueEnd + 1
    }
    if (inside === undefined) root = element
    else if (inside.children === noChildren) inside.children = [element]
    else inside.children.push(element)
    if (text.charCodeAt(at) === more) {
      open.push(element)
      at++
    } else if (text.charCodeAt(at + 1) === more) at += 2
    else return undefined
  }
}
