import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from 'pdf-lib'

/** The text of the attachment of that name in a PDF; undefined when there is none, or the file is no PDF, or the attachment is longer than `limitBytes`. */
export async function readAttachment(bytes: Uint8Array, name: string, limitBytes: number): Promise<string | undefined> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false })
    const names = document.catalog.lookupMaybe(PDFName.of('Names'), PDFDict)?.lookupMaybe(PDFName.of('EmbeddedFiles'), PDFDict)
    const stream = names === undefined ? undefined : findStream(names, name, 0)
    if (stream === undefined || stream.contents.length > limitBytes) return undefined
    const text = decodePDFRawStream(stream).decode()
    return text.length > limitBytes ? undefined : new TextDecoder().decode(text)
  } catch {
    return undefined
  }
}

// A name tree (ISO 32000-1, 7.9.6): names in this node, or in nodes below. Other programs that save the file anew may nest it.
function findStream(node: PDFDict, wanted: string, depth: number): PDFRawStream | undefined {
  const names = node.lookupMaybe(PDFName.of('Names'), PDFArray)
  for (let at = 1; names !== undefined && at < names.size(); at += 2) {
    const file = names.lookupMaybe(at, PDFDict)
    const name = file?.lookup(PDFName.of('UF')) ?? file?.lookup(PDFName.of('F'))
    if ((name instanceof PDFString || name instanceof PDFHexString) && name.decodeText() === wanted) {
      const stream = file?.lookupMaybe(PDFName.of('EF'), PDFDict)?.lookup(PDFName.of('F'))
      return stream instanceof PDFRawStream ? stream : undefined
    }
  }
  const kids = node.lookupMaybe(PDFName.of('Kids'), PDFArray)
  for (let at = 0; kids !== undefined && at < kids.size() && depth < 8; at++) {
    const kid = kids.lookupMaybe(at, PDFDict)
    const found = kid === undefined ? undefined : findStream(kid, wanted, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
