import { AFRelationship, PDFDocument, rgb, type PDFImage, type PDFPage, type RGB } from 'pdf-lib'
import { markForArchive } from './archive.ts'
import type { Picture, SheetAttachment, SheetFacts } from './content.ts'
import { Tags, type Role } from './tags.ts'
import { embedTypefaces, toPrintable, toRuns, widthOf, type Typefaces, type Weight } from './typefaces.ts'
import { wrapText } from './wrap-text.ts'

// A4 sheets that text flows down. All measures are points (1/72 inch), counted from the bottom left as PDF does.

const paper = { width: 595.28, height: 841.89 }
const margin = { left: 56, right: 56, top: 56, bottom: 64 }
export const ink = {
  text: rgb(0.11, 0.16, 0.16),
  quiet: rgb(0.32, 0.36, 0.36),
  action: rgb(0.04, 0.35, 0.36),
  rule: rgb(0.85, 0.82, 0.76),
  warm: rgb(0.63, 0.29, 0.09),
}

export type TextStyle = {
  readonly size: number
  readonly weight: Weight
  readonly colour: RGB
  readonly role: Role
  readonly indent?: number
  readonly after?: number
  readonly keepWithNext?: number
}
type Column = { readonly left: number; readonly width: number }

export class Sheet {
  readonly document: PDFDocument
  readonly tags: Tags
  readonly width = paper.width - margin.left - margin.right
  readonly left = margin.left
  page: PDFPage
  y = 0
  #typefaces: Typefaces
  #facts: SheetFacts
  #madeAt: Date

  static async open(facts: SheetFacts, madeAt: Date): Promise<Sheet> {
    const document = await PDFDocument.create()
    document.setTitle(facts.title, { showInWindowTitleBar: true })
    document.setLanguage(facts.language)
    document.setProducer('Attune')
    document.setCreator('Attune')
    document.setCreationDate(madeAt)
    document.setModificationDate(madeAt)
    return new Sheet(document, await embedTypefaces(document), facts, madeAt)
  }

  private constructor(document: PDFDocument, typefaces: Typefaces, facts: SheetFacts, madeAt: Date) {
    this.document = document
    this.tags = new Tags(document)
    this.#typefaces = typefaces
    this.#facts = facts
    this.#madeAt = madeAt
    this.page = document.addPage([paper.width, paper.height])
    this.y = paper.height - margin.top
  }

  /** Goes on to a new page when fewer than `height` points are left on this one. */
  need(height: number): void {
    if (this.y - height >= margin.bottom) return
    this.page = this.document.addPage([paper.width, paper.height])
    this.y = paper.height - margin.top
  }

  gap(height: number): void {
    this.y -= height
  }

  /** Text from here down, wrapped, over as many pages as it takes. Lines of its own stay lines. */
  text(words: string, style: TextStyle): void {
    const indent = style.indent ?? 0
    const column = { left: this.left + indent, width: this.width - indent }
    const lines = this.wrap(words, style, column.width)
    const height = style.size * 1.4
    this.need(Math.min(lines.length, 2) * height + (style.keepWithNext ?? 0))
    const element = this.tags.begin(style.role)
    for (const line of lines) {
      this.need(height)
      this.y -= height
      this.tags.draw(this.page, element, style.role, () => this.#drawLine(line, column, this.y + height * 0.28, style))
    }
    this.y -= style.after ?? 0
  }

  wrap(words: string, style: TextStyle, width: number): string[] {
    return words
      .split(/\r\n?|[\n\u2028]/)
      .flatMap((line) => wrapText(toPrintable(line), width, (part) => widthOf(this.#typefaces, style.weight, style.size, part)))
  }

  /** One line drawn where it is told, outside the flow; it belongs to the text. */
  textAt(words: string, style: TextStyle, left: number, baseline: number): void {
    const element = this.tags.begin(style.role)
    this.tags.draw(this.page, element, style.role, () => this.#drawLine(toPrintable(words), { left, width: this.width }, baseline, style))
  }

  rule(colour: RGB = ink.rule, thickness = 0.7): void {
    this.tags.drawBeside(this.page, () => {
      this.page.drawLine({ start: { x: this.left, y: this.y }, end: { x: this.left + this.width, y: this.y }, thickness, color: colour })
    })
  }

  box(left: number, bottom: number, width: number, height: number, round = false): void {
    this.tags.drawBeside(this.page, () => {
      if (round) this.page.drawCircle({ x: left + width / 2, y: bottom + height / 2, size: width / 2, borderColor: ink.text, borderWidth: 0.9 })
      else this.page.drawRectangle({ x: left, y: bottom, width, height, borderColor: ink.text, borderWidth: 0.9 })
    })
  }

  line(left: number, right: number, y: number): void {
    this.tags.drawBeside(this.page, () => this.page.drawLine({ start: { x: left, y }, end: { x: right, y }, thickness: 0.6, color: ink.quiet }))
  }

  async picture(picture: Picture, most: { readonly width: number; readonly height: number }, indent = 0): Promise<void> {
    const image: PDFImage = picture.type === 'image/png' ? await this.document.embedPng(picture.bytes) : await this.document.embedJpg(picture.bytes)
    const scale = Math.min(1, most.width / image.width, most.height / image.height)
    const [width, height] = [image.width * scale, image.height * scale]
    this.need(height + 6)
    this.y -= height
    const element = this.tags.begin('Figure', picture.says)
    this.tags.draw(this.page, element, 'Figure', () => this.page.drawImage(image, { x: this.left + indent, y: this.y, width, height }))
    this.y -= 6
  }

  /** Puts a file inside the PDF, as data that belongs to the whole document (ISO 32000-2, 7.11.4 and 14.13). */
  async attach({ name, says, type, text }: SheetAttachment, at: Date): Promise<void> {
    await this.document.attach(new TextEncoder().encode(text), name, {
      mimeType: type,
      description: says,
      creationDate: at,
      modificationDate: at,
      afRelationship: AFRelationship.Data,
    })
  }

  widthOf(words: string, style: TextStyle): number {
    return widthOf(this.#typefaces, style.weight, style.size, toPrintable(words))
  }

  /** Numbers the pages and writes the file. */
  async finish(): Promise<Uint8Array> {
    const pages = this.document.getPages()
    const small: TextStyle = { size: 9, weight: 'regular', colour: ink.quiet, role: 'P' }
    pages.forEach((page, index) => {
      const number = toPrintable(this.#facts.page(index + 1, pages.length))
      this.tags.drawBeside(page, () => {
        page.drawLine({ start: { x: margin.left, y: 46 }, end: { x: paper.width - margin.right, y: 46 }, thickness: 0.7, color: ink.rule })
        this.#drawOn(page, toPrintable(this.#facts.foot), margin.left, 32, small)
        this.#drawOn(page, number, paper.width - margin.right - this.widthOf(number, small), 32, small)
        if (this.#facts.demo !== undefined)
          this.#drawOn(page, toPrintable(this.#facts.demo), margin.left, paper.height - 34, { ...small, weight: 'bold', colour: ink.warm })
      })
    })
    this.tags.finish(this.#facts.language)
    markForArchive(this.document, { title: this.#facts.title, language: this.#facts.language, madeAt: this.#madeAt, says: 'Attune' })
    return this.document.save({ useObjectStreams: false })
  }

  #drawLine(line: string, column: Column, baseline: number, style: TextStyle): void {
    this.#drawOn(this.page, line, column.left, baseline, style)
  }

  #drawOn(page: PDFPage, line: string, left: number, baseline: number, style: TextStyle): void {
    let x = left
    for (const run of toRuns(this.#typefaces, style.weight, line)) {
      page.drawText(run.text, { x, y: baseline, size: style.size, font: run.font, color: style.colour })
      x += run.font.widthOfTextAtSize(run.text, style.size)
    }
  }
}
