import type { CopyContent, SheetFacts } from './content.ts'
import { ink, Sheet, type TextStyle } from './sheet.ts'

export const styles = {
  title: { size: 22, weight: 'bold', colour: ink.text, role: 'H1', after: 4 },
  fact: { size: 10, weight: 'regular', colour: ink.quiet, role: 'P', after: 0 },
  codeLabel: { size: 10, weight: 'regular', colour: ink.quiet, role: 'P' },
  code: { size: 24, weight: 'bold', colour: ink.action, role: 'P', after: 8 },
  section: { size: 14, weight: 'bold', colour: ink.action, role: 'H2', after: 4, keepWithNext: 110 },
  question: { size: 10.5, weight: 'bold', colour: ink.text, role: 'P', after: 1, keepWithNext: 18 },
  answer: { size: 11, weight: 'regular', colour: ink.text, role: 'P', after: 9 },
  quiet: { size: 10, weight: 'regular', colour: ink.quiet, role: 'P', after: 4 },
} as const satisfies { readonly [name: string]: TextStyle }

/** A copy of a form's answers, for the practitioner or for the client, as an A4 PDF: real text, tagged, with the fonts in it. Made on this device; nothing is sent. */
export async function makeCopy(content: CopyContent, madeAt: Date): Promise<Uint8Array> {
  const sheet = await Sheet.open(content, madeAt)
  drawHead(sheet, content)
  if (content.opening !== undefined) sheet.text(content.opening, styles.answer)
  if (content.code !== undefined) {
    sheet.gap(10)
    sheet.text(content.code.label, styles.codeLabel)
    sheet.text(content.code.shown, styles.code)
  }
  if (content.scores.cards.length > 0) {
    drawSection(sheet, content.scores.title)
    for (const card of content.scores.cards) {
      sheet.text(card.name, styles.question)
      card.lines.forEach((line, index) =>
        sheet.text(line, index === 0 ? { ...styles.answer, size: 13, weight: 'bold', after: 1 } : { ...styles.answer, after: 1 }),
      )
      for (const sentence of card.says) sheet.text(sentence, { ...styles.quiet, after: 0 })
      sheet.gap(8)
    }
    sheet.text(content.scores.note, styles.quiet)
  }
  for (const section of content.sections) {
    drawSection(sheet, section.title)
    for (const row of section.rows) {
      sheet.text(row.label, styles.question)
      if (row.picture === undefined) sheet.text(row.answer, row.answered ? styles.answer : { ...styles.answer, colour: ink.quiet })
      else await sheet.picture(row.picture, { width: 300, height: 160 })
    }
  }
  if (content.closing !== undefined) {
    drawSection(sheet, content.closing.title)
    for (const line of content.closing.lines) sheet.text(line, { ...styles.answer, after: 5 })
  }
  if (content.attachment !== undefined) await sheet.attach(content.attachment, madeAt)
  return sheet.finish()
}

export function drawHead(sheet: Sheet, facts: SheetFacts): void {
  sheet.text(facts.title, styles.title)
  for (const line of facts.lines) sheet.text(line, styles.fact)
  sheet.gap(8)
  sheet.rule(ink.action, 1.5)
  sheet.gap(4)
}

export function drawSection(sheet: Sheet, title: string): void {
  sheet.gap(10)
  sheet.text(title, styles.section)
  sheet.rule()
  sheet.gap(6)
}
