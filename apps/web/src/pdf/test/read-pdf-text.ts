import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFPage } from 'pdf-lib'

/** The words of a PDF as a reader would copy them: each drawn run looked up in its font's own table of letters. One string per page. */
export async function readPdfText(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes)
  return document.getPages().map((page) => readPage(document, page))
}

function readPage(document: PDFDocument, page: PDFPage): string {
  const fonts = document.context.lookup(page.node.Resources()?.get(PDFName.of('Font')), PDFDict)
  const letters = new Map<string, Map<string, string>>()
  for (const [name, reference] of fonts.entries()) {
    const table = document.context.lookup(document.context.lookup(reference, PDFDict).get(PDFName.of('ToUnicode')))
    letters.set(name.asString(), table instanceof PDFRawStream ? readTable(inflate(table)) : new Map())
  }
  const contents: unknown = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray().map((reference) => document.context.lookup(reference)) : [contents]
  const drawing = streams.map((stream) => (stream instanceof PDFRawStream ? inflate(stream) : '')).join('\n')
  let font = ''
  let text = ''
  for (const [, chosen, , drawn, moved] of drawing.matchAll(/(\/[\w-]+) (\S+) Tf|<([0-9A-Fa-f]+)> Tj|(\bBDC\b|\bBMC\b)/g)) {
    if (chosen !== undefined) font = chosen
    else if (drawn !== undefined) text += (drawn.match(/.{4}/g) ?? []).map((code) => letters.get(font)?.get(code.toLowerCase()) ?? '\ufffd').join('')
    else if (moved !== undefined) text += '\n'
  }
  return text
}

function inflate(stream: PDFRawStream): string {
  const bytes = stream.getContents()
  return Buffer.from(stream.dict.get(PDFName.of('Filter')) === undefined ? bytes : inflateSync(bytes)).toString('latin1')
}

function readTable(cmap: string): Map<string, string> {
  const table = new Map<string, string>()
  for (const [, code = '', unicode = ''] of cmap.matchAll(/<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>/g)) {
    table.set(code.toLowerCase(), String.fromCharCode(...(unicode.match(/.{4}/g) ?? []).map((part) => Number.parseInt(part, 16))))
  }
  return table
}
