import { PDFArray, PDFDict, PDFHexString, PDFName, PDFRawStream, PDFString, type PDFDocument } from 'pdf-lib'

// What a file has to carry so that it can be kept and read for decades (ISO 19005-3, PDF/A-3 level A: files may lie inside) and by a screen
// reader (ISO 14289-1, PDF/UA-1): what it says of itself as XMP, an identifier, and the colours that its numbers mean. pdf-lib writes none of it.

export type ArchiveFacts = { readonly title: string; readonly language: string; readonly madeAt: Date; readonly says: string }

/** Lays all of it into the document. To be called once, before it is saved. */
export function markForArchive(document: PDFDocument, facts: ArchiveFacts): void {
  const { context, catalog } = document
  const xmp = new TextEncoder().encode(toXmp(facts))
  const metadata = PDFRawStream.of(context.obj({ Type: 'Metadata', Subtype: 'XML', Length: xmp.length }) as PDFDict, xmp)
  catalog.set(PDFName.of('Metadata'), context.register(metadata))

  const profile = toRgbProfile()
  const stream = PDFRawStream.of(context.obj({ N: 3, Length: profile.length }) as PDFDict, profile)
  const intent = context.obj({ Type: 'OutputIntent', S: 'GTS_PDFA1' }) as PDFDict
  intent.set(PDFName.of('OutputConditionIdentifier'), PDFString.of('sRGB'))
  intent.set(PDFName.of('Info'), PDFString.of('RGB with the primaries of sRGB and gamma 2.2'))
  intent.set(PDFName.of('DestOutputProfile'), context.register(stream))
  const intents = PDFArray.withContext(context)
  intents.push(intent)
  catalog.set(PDFName.of('OutputIntents'), intents)

  const id = PDFHexString.of([...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  const ids = PDFArray.withContext(context)
  ids.push(id)
  ids.push(id)
  context.trailerInfo.ID = ids
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function toXmp({ title, language, madeAt, says }: ArchiveFacts): string {
  const at = `${madeAt.toISOString().slice(0, 19)}Z`
  // PDF/A knows only its own schemas; the one of PDF/UA has to be described inside the file (ISO 19005-3, 6.6.2.3).
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escape(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><xmp:CreatorTool>${escape(says)}</xmp:CreatorTool><pdf:Producer>${escape(says)}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

// An ICC profile (ICC.1:2001-04) of 24 numbers: the primaries of sRGB adapted to D50, and a gamma of 2.2 for each colour.
const primaries = { rXYZ: [0.43607, 0.22249, 0.01392], gXYZ: [0.38515, 0.71687, 0.09708], bXYZ: [0.14307, 0.06061, 0.7141] } as const
const d50 = [0.9642, 1, 0.8249] as const

export function toRgbProfile(): Uint8Array {
  const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))
  const int = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  const fixed = (value: number): number[] => int(Math.round(value * 65536))
  const xyz = (values: readonly number[]): number[] => [...ascii('XYZ '), ...int(0), ...values.flatMap(fixed)]
  const name = 'sRGB primaries, gamma 2.2'
  const gamma = [...ascii('curv'), ...int(0), ...int(1), 0x02, 0x33]
  const described = [...ascii('desc'), ...int(0), ...int(name.length + 1), ...ascii(name), 0, ...int(0), ...int(0), 0, 0, 0]
  const tags: readonly (readonly [name: string, content: readonly number[]])[] = [
    ['desc', [...described, ...Array.from({ length: 67 }, () => 0)]],
    ['cprt', [...ascii('text'), ...int(0), ...ascii('No rights reserved'), 0]],
    ['wtpt', xyz(d50)],
    ...Object.entries(primaries).map(([tag, values]) => [tag, xyz(values)] as const),
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma],
  ]
  const table: number[] = int(tags.length)
  const body: number[] = []
  const start = 128 + 4 + tags.length * 12
  for (const [tag, content] of tags) {
    table.push(...ascii(tag), ...int(start + body.length), ...int(content.length))
    body.push(...content)
    while (body.length % 4 !== 0) body.push(0)
  }
  const head = [
    ...int(start + body.length),
    ...int(0),
    ...int(0x02100000),
    ...ascii('mntrRGB XYZ '),
    ...[2026, 1, 1, 0, 0, 0].flatMap((part) => [part >> 8, part & 255]),
    ...ascii('acsp'),
    ...Array.from({ length: 28 }, () => 0),
    ...d50.flatMap(fixed),
    ...Array.from({ length: 48 }, () => 0),
  ]
  return Uint8Array.from([...head, ...table, ...body])
}
