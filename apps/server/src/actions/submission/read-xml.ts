// Turns submitted bytes into a neutral tree, and refuses whatever an XML bomb is made of before it can grow: document types, instructions and
// entities of its own, depth, attributes and nodes by the thousand. Prefixes stay in the names as written: resolving them costs quadratic time
// in depth in this parser, and a submission needs only one of them.
import { SaxesParser } from 'saxes'
import type { XmlElement } from '@attune/forms'
import { readPlainXml } from './read-plain-xml.ts'

export const xmlLimits = { bytes: 5 * 1024 * 1024, depth: 64, attributes: 64, nodes: 200_000, chunk: 64 * 1024 } as const

/** Shorter than any text that could hold too many nodes. */
const plainLimits = { depth: xmlLimits.depth, attributes: xmlLimits.attributes, length: 128 * 1024 }

export const xmlRefusals = [
  'too-long',
  'not-utf-8',
  'doctype',
  'instruction',
  'too-deep',
  'too-many-attributes',
  'too-many-nodes',
  'not-well-formed',
] as const
export type XmlRefusal = (typeof xmlRefusals)[number]
export type XmlReading = { readonly root: XmlElement } | { readonly refused: XmlRefusal }

class Refusal extends Error {
  readonly because: XmlRefusal
  constructor(because: XmlRefusal) {
    super(because)
    this.because = because
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string }

/**
 * Reads one XML document in linear time. The answer is its root element, or why it was refused; the refusal never quotes the document.
 * Whitespace in text is kept as written.
 */
export function readXml(bytes: Uint8Array): XmlReading {
  if (bytes.byteLength > xmlLimits.bytes) return { refused: 'too-long' }
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { refused: 'not-utf-8' }
  }
  try {
    return { root: readPlainXml(text, plainLimits) ?? parseTree(text) }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.because }
    throw error
  }
}

/** The full reader. Throws `Refusal`. */
export function parseTree(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const open: Growing[] = []
  let root: Growing | undefined
  let nodes = 0
  let attributes = 0
  const refuse = (because: XmlRefusal): never => {
    throw new Refusal(because)
  }
  const count = () => (++nodes > xmlLimits.nodes ? refuse('too-many-nodes') : undefined)

  parser.on('error', () => refuse('not-well-formed'))
  parser.on('doctype', () => refuse('doctype'))
  parser.on('processinginstruction', () => refuse('instruction'))
  parser.on('xmldecl', ({ encoding }) => (encoding === undefined || /^utf-8$/i.test(encoding) ? undefined : refuse('not-utf-8')))
  parser.on('opentagstart', () => {
    count()
    attributes = 0
    if (open.length >= xmlLimits.depth) refuse('too-deep')
  })
  parser.on('attribute', () => {
    count()
    if (++attributes > xmlLimits.attributes) refuse('too-many-attributes')
  })
  parser.on('opentag', (tag) => {
    const element: Growing = { name: tag.name, attributes: tag.attributes as Record<string, string>, children: [], text: '' }
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
    open.push(element)
  })
  const addText = (piece: string) => {
    const element = open.at(-1)
    if (element === undefined) return
    count()
    element.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('comment', count)
  parser.on('closetag', () => void open.pop())

  // In pieces: a handler that refuses stops the work within one piece, whatever the length of the rest.
  for (let at = 0; at < text.length; at += xmlLimits.chunk) parser.write(text.slice(at, at + xmlLimits.chunk))
  parser.close()
  return root ?? refuse('not-well-formed')
}
