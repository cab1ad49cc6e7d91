import { readXml } from './read-xml.ts'

/** Says of a cell's style whether it shows the cell's number as a day or time; undefined if the styles cannot be read. */
export function readStyles(xml: string | undefined): ((style: number) => boolean) | undefined {
  const dateFormats = new Set<number>(builtInDates)
  const formats: number[] = []
  let inCells = false
  const isRead =
    xml === undefined ||
    readXml(xml, {
      start: (name, attribute) => {
        if (name === 'numFmt' && isDateCode(attribute('formatCode') ?? '')) dateFormats.add(Number(attribute('numFmtId')))
        if (name === 'cellXfs') inCells = true
        if (name === 'xf' && inCells) formats.push(Number(attribute('numFmtId')))
      },
      end: (name) => {
        if (name === 'cellXfs') inCells = false
      },
      text: () => undefined,
    })
  return isRead ? (style) => dateFormats.has(formats[style] ?? 0) : undefined
}

// ECMA-376 part 1, 18.8.30: the built-in formats that show days and times.
const builtInDates = [14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]

/** A format shows a date if it has a letter of days or times outside of quotes, brackets and escapes. */
function isDateCode(code: string): boolean {
  const short = code.slice(0, 200)
  return /[dmyhs]/i.test(short.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')) && !/general/i.test(short)
}
