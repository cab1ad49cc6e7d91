// Text in a picture that nobody has laid out for us: widths are estimated from the letters, as wide as the widest common fallback
// typeface draws them, so that a line never runs out of its place where the chart typeface is not installed.
import { element, escapeXml, filled } from './svg.ts'
import type { Colour } from './svg.ts'

/** Estimated width of a text in pixels. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0
  for (const letter of text)
    ems += /[iljtfr.,:;'’|!()[\] ]/.test(letter) ? 0.37 : /[mwMW%@—]/.test(letter) ? 0.95 : /[A-Z]/.test(letter) ? 0.71 : 0.62
  return ems * size * (bold ? 1.12 : 1)
}

/** The text broken into lines no wider than `width`; a single longer word keeps a line of its own, cut with an ellipsis. */
export function wrapText(text: string, width: number, size: number, bold = false): readonly string[] {
  const lines: string[] = []
  let line = ''
  // A number stays with its sign of per cent.
  const words = text.replaceAll(' %', '\u00A0%').split(/[ \t\r\n]+/)
  for (const word of words.filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, size, bold) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line !== '') lines.push(line)
  return lines.map((full) => cut(full, width, size, bold))
}

function cut(line: string, width: number, size: number, bold: boolean): string {
  if (textWidth(line, size, bold) <= width) return line
  const letters = [...line]
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size, bold) > width) letters.pop()
  return `${letters.join('')}…`
}

export type TextPlace = { x: number; y: number; size?: number; colour?: Colour; bold?: boolean; anchor?: 'start' | 'middle' | 'end' }

/** One line of text with its baseline at y. */
export function textLine(text: string, place: TextPlace): string {
  return element(
    'text',
    {
      ...filled(place.colour ?? 'ink'),
      x: place.x,
      y: place.y,
      'font-size': place.size ?? 14,
      'font-weight': place.bold === true ? 700 : undefined,
      'text-anchor': place.anchor === undefined || place.anchor === 'start' ? undefined : place.anchor,
    },
    escapeXml(text),
  )
}

/** Several lines, the first with its baseline at y. */
export function textBlock(lines: readonly string[], place: TextPlace, lineHeight: number): readonly string[] {
  return lines.map((line, index) => textLine(line, { ...place, y: place.y + index * lineHeight }))
}

/** An average or a difference of points, always with as many decimals, so that those of one chart read alike. */
export function pointsText(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** A number as people write it: a true minus sign, no trailing zeros beyond `decimals`. */
export function numberText(value: number, decimals = 1): string {
  const text = String(Math.abs(Number(value.toFixed(decimals))))
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}
