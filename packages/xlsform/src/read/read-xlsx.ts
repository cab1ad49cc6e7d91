import { toFaultyWorkbook, type Sheet, type Workbook } from '../workbook.ts'
import { readSheetXml } from './sheet-xml.ts'
import { readXml } from './read-xml.ts'
import { readStyles } from './xlsx-styles.ts'

/** The parts of an .xlsx file that hold what the compiler needs: everything else need not be unzipped. */
export function isNeededXlsxPart(path: string): boolean {
  return /^xl\/(workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/.test(path)
}

/**
 * Reads the unzipped texts of an .xlsx file, by their paths in the archive. Formulas count by the value last saved with them, dates by the
 * day they show. A file that cannot be read gives a workbook with a fault, which `compile` reports.
 */
export function readXlsx(parts: ReadonlyMap<string, string>): Workbook {
  const book = readBook(parts.get('xl/workbook.xml'))
  const targets = readTargets(parts.get('xl/_rels/workbook.xml.rels'))
  const strings = readStrings(parts.get('xl/sharedStrings.xml'))
  const styles = readStyles(parts.get('xl/styles.xml'))
  if (book === undefined || strings === undefined || styles === undefined) return toFaultyWorkbook('file-unreadable')
  const sheets: Sheet[] = []
  for (const [index, { name, id }] of book.sheets.entries()) {
    const xml = parts.get(targets.get(id) ?? `xl/worksheets/sheet${index + 1}.xml`)
    // Chart sheets and the like have no cells of their own.
    if (xml === undefined) continue
    const rows = readSheetXml(xml, { strings, isDate: styles, startsIn1904: book.startsIn1904 })
    if (rows === undefined) return toFaultyWorkbook('file-unreadable')
    sheets.push({ name, rows })
  }
  return { sheets }
}

type Book = { readonly sheets: readonly { readonly name: string; readonly id: string }[]; readonly startsIn1904: boolean }

const nothing = (): void => undefined

function readBook(xml: string | undefined): Book | undefined {
  const sheets: { name: string; id: string }[] = []
  let startsIn1904 = false
  const start = (name: string, attribute: (name: string) => string | undefined): void => {
    if (name === 'sheet') sheets.push({ name: attribute('name') ?? '', id: attribute('r:id') ?? '' })
    if (name === 'workbookPr') startsIn1904 = ['1', 'true'].includes(attribute('date1904') ?? '')
  }
  return xml !== undefined && readXml(xml, { start, end: nothing, text: nothing }) ? { sheets, startsIn1904 } : undefined
}

/** Paths of the sheets, by the ids the workbook uses for them. */
function readTargets(xml: string | undefined): Map<string, string> {
  const targets = new Map<string, string>()
  const start = (name: string, attribute: (name: string) => string | undefined): void => {
    const target = attribute('Target') ?? ''
    if (name === 'Relationship') targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  readXml(xml ?? '', { start, end: nothing, text: nothing })
  return targets
}

function readStrings(xml: string | undefined): string[] | undefined {
  if (xml === undefined) return []
  const strings: string[] = []
  let parts: string[] = []
  let inText = false
  let phonetic = 0
  const isRead = readXml(xml, {
    start: (name) => {
      if (name === 'si') parts = []
      // Readings printed above Japanese words are no part of the text.
      if (name === 'rPh') phonetic += 1
      inText = name === 't' && phonetic === 0
    },
    end: (name) => {
      if (name === 'si') strings.push(parts.join(''))
      if (name === 'rPh') phonetic -= 1
      inText = false
    },
    text: (text) => {
      if (inText) parts.push(text)
    },
  })
  return isRead ? strings : undefined
}
