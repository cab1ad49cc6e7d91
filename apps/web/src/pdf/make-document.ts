// A document of the policy as an A4 PDF: real text, tagged, made on this device. The edition stands at the foot of every page.
import type { Block, PolicyDocument } from '@attune/policy'
import type { SheetFacts } from './content.ts'
import { drawHead, drawSection, styles } from './make-copy.ts'
import { ink, Sheet } from './sheet.ts'

export type DocumentWords = Pick<SheetFacts, 'language' | 'page' | 'demo'> & {
  /** The line below the title: edition and day of the last change. */
  readonly edition: string
}

export async function makeDocumentPdf(document: PolicyDocument, words: DocumentWords, madeAt: Date): Promise<Uint8Array> {
  const facts: SheetFacts = {
    title: document.title,
    language: words.language,
    lines: [document.operator, words.edition],
    foot: `${document.operator}, ${document.title.split(':')[0]}, ${words.edition}`,
    page: words.page,
    demo: words.demo,
  }
  const sheet = await Sheet.open(facts, madeAt)
  drawHead(sheet, facts)
  for (const section of document.sections) {
    drawSection(sheet, section.heading)
    for (const block of section.blocks) drawBlock(sheet, block)
  }
  sheet.gap(14)
  sheet.text(document.footer, styles.quiet)
  return sheet.finish()
}

function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      sheet.text(block.text, { ...styles.answer, after: 6 })
      return
    case 'list':
      for (const item of block.items) sheet.text(`•  ${item}`, { ...styles.answer, indent: 8, after: 3 })
      sheet.gap(4)
      return
    case 'table':
      // Columns of law and policy are long: on a page each row reads better as a small paragraph with its headings.
      for (const row of block.rows) {
        sheet.text(row[0] ?? '', { ...styles.question, keepWithNext: 30 })
        for (const [at, cell] of row.entries())
          if (at > 0 && cell !== '') sheet.text(`${block.columns[at] ?? ''}: ${cell}`, { ...styles.answer, size: 10, indent: 8, after: 1 })
        sheet.gap(6)
      }
      return
    case 'line':
      sheet.need(34)
      sheet.gap(22)
      sheet.text(block.label, { ...styles.question, colour: ink.quiet, after: 0 })
      sheet.line(sheet.left + 90, sheet.left + sheet.width, sheet.y + 4)
      sheet.gap(8)
      return
    case 'ticks':
      sheet.text(block.label, { ...styles.answer, after: 2 })
      sheet.need(20)
      block.choices.forEach((choice, at) => {
        const left = sheet.left + 8 + at * 90
        sheet.box(left, sheet.y - 13, 11, 11)
        sheet.textAt(choice, { ...styles.answer, size: 10.5 }, left + 17, sheet.y - 11)
      })
      sheet.gap(24)
  }
}
