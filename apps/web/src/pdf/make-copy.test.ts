import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import type { CopyContent } from './content.ts'
import { makeCopy } from './make-copy.ts'
import { readPdfText } from './test/read-pdf-text.ts'

function bytesOf(object: unknown): Uint8Array {
  if (object instanceof PDFRawStream) return object.getContents()
  throw new Error('There is no stream here.')
}

const madeAt = new Date('2026-03-07T10:00:00Z')
const content: CopyContent = {
  title: 'Client session',
  language: 'en-GB',
  lines: ['Notice, edition 2025-06', 'Questions: someone@example.org'],
  foot: 'Confidential',
  page: (page, pages) => `Page ${page} of ${pages}`,
  demo: undefined,
  code: { label: 'Client code', shown: 'K7M4 2XQ9 PD' },
  scores: { title: 'Scores', note: 'Not a diagnosis.', cards: [{ name: 'PHQ-9', lines: ['9'], says: ['Lower is better.'] }] },
  sections: [
    {
      title: 'In words',
      rows: [
        { label: 'How do they see their child?', answer: 'Curious – “a little explorer”.\nDŵr, ŷd, Ełk, Brașov.', answered: true },
        { label: 'Anything else?', answer: 'No answer', answered: false },
      ],
    },
  ],
}

describe('the practitioner’s copy', () => {
  it('holds the answers, the code, the scores and the notice as real text, with Welsh and Polish letters', async () => {
    const text = (await readPdfText(await makeCopy(content, madeAt))).join('\n')
    for (const words of [
      'Client session',
      'Notice, edition 2025-06',
      'K7M4 2XQ9 PD',
      'PHQ-9',
      'How do they see their child?',
      'Curious – “a little explorer”.',
      'Dŵr, ŷd, Ełk, Brașov.',
      'No answer',
      'Page 1 of 1',
    ]) {
      expect(text).toContain(words)
    }
  })

  it('long answers run over as many pages as they need and lose no word', async () => {
    const words = Array.from({ length: 3000 }, (_, index) => `word${index}`)
    const pages = await readPdfText(
      await makeCopy({ ...content, sections: [{ title: 'Long', rows: [{ label: 'Q', answer: words.join(' '), answered: true }] }] }, madeAt),
    )
    expect(pages.length).toBeGreaterThan(3)
    const text = pages.join(' ').split(/\s+/)
    expect(words.filter((word) => !text.includes(word))).toEqual([])
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
  }, 30_000)

  it('is tagged, says its language and title, and every mark on a page belongs to an element', async () => {
    const { catalog, context } = await PDFDocument.load(await makeCopy({ ...content, language: 'cy' }, madeAt), { updateMetadata: false })
    expect(String(catalog.get(PDFName.of('Lang')))).toBe('(cy)')
    const tree = context.lookup(catalog.get(PDFName.of('StructTreeRoot')), PDFDict)
    const body = context.lookup(tree.get(PDFName.of('K')), PDFDict)
    const kinds = context
      .lookup(body.get(PDFName.of('K')), PDFArray)
      .asArray()
      .map((kid) => String(context.lookup(kid, PDFDict).get(PDFName.of('S'))))
    expect(kinds[0]).toBe('/H1')
    expect(kinds).toContain('/H2')
    expect(context.lookup(catalog.get(PDFName.of('MarkInfo')), PDFDict).toString()).toContain('/Marked true')
  })

  it('says of itself that it is PDF/A-3 level A and PDF/UA-1, with what both ask for: title, language, colours, an identifier', async () => {
    const { catalog, context } = await PDFDocument.load(await makeCopy({ ...content, title: 'Sesiwn <Ŵyn>', language: 'cy' }, madeAt), {
      updateMetadata: false,
    })
    const xmp = new TextDecoder().decode(bytesOf(context.lookup(catalog.get(PDFName.of('Metadata')))))
    for (const said of [
      '<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>',
      '<pdfuaid:part>1</pdfuaid:part>',
      'Sesiwn &lt;Ŵyn&gt;',
      '<rdf:li>cy</rdf:li>',
      '<xmp:CreateDate>2026-03-07T10:00:00Z</xmp:CreateDate>',
    ])
      expect(xmp).toContain(said)
    const [intent] = context.lookup(catalog.get(PDFName.of('OutputIntents')), PDFArray).asArray()
    const profile = bytesOf(context.lookup(context.lookup(intent, PDFDict).get(PDFName.of('DestOutputProfile'))))
    const view = new DataView(profile.buffer, profile.byteOffset)
    expect([view.getUint32(0), new TextDecoder().decode(profile.subarray(36, 40))]).toEqual([profile.length, 'acsp'])
    expect(String(context.trailerInfo.ID)).toMatch(/^\[ <([0-9a-f]{32})> <\1> \]$/i)
  })

  it('letters that no file of the typeface has are seen to be missing, and nothing else is lost', async () => {
    const rows = [{ label: 'Q', answer: 'before 日本 after \u0007', answered: true }]
    expect((await readPdfText(await makeCopy({ ...content, sections: [{ title: 'S', rows }] }, madeAt))).join('\n')).toContain('before ?? after')
  })

  it('the same answers make the same file', async () => {
    const [one, two] = [await makeCopy(content, madeAt), await makeCopy(content, madeAt)]
    expect(one.length).toBe(two.length)
  })
})
