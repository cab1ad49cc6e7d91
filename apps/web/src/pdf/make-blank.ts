import type { BlankContent, BlankQuestion } from './content.ts'
import { drawHead, drawSection, styles } from './make-copy.ts'
import { Sheet, type TextStyle } from './sheet.ts'

const square = 11
const questionPicture = { width: 320, height: 220 }
const choicePicture = { width: 150, height: 90 }
const choiceStyle: TextStyle = { ...styles.answer, after: 0 }
const numberStyle: TextStyle = { ...styles.answer, size: 10, after: 0 }

/** The paper form: every question with boxes to tick and lines to write on, for a client who says no to the computer (DCS-143). */
export async function makeBlank(content: BlankContent, madeAt: Date): Promise<Uint8Array> {
  const sheet = await Sheet.open(content, madeAt)
  drawHead(sheet, content)
  for (const section of content.sections) {
    drawSection(sheet, section.title)
    for (const sentence of section.says) sheet.text(sentence, styles.quiet)
    for (const question of section.questions) await drawQuestion(sheet, question)
  }
  return sheet.finish()
}

async function drawQuestion(sheet: Sheet, question: BlankQuestion): Promise<void> {
  sheet.need(70)
  sheet.text(question.label, styles.question)
  if (question.hint !== '') sheet.text(question.hint, { ...styles.quiet, after: 2 })
  const { answer, picture, choicePictures = [] } = question
  if (picture !== undefined) await sheet.picture(picture, questionPicture)
  if (answer.kind === 'lines') drawLines(sheet, answer.count)
  else if (answer.kind === 'boxes') await drawBoxes(sheet, answer.choices, answer.many, choicePictures)
  else if (answer.kind === 'scale') drawScale(sheet, answer.values)
  else if (answer.kind === 'date') drawDate(sheet, answer.parts)
  sheet.gap(10)
}

function drawLines(sheet: Sheet, count: number): void {
  for (let line = 0; line < count; line++) {
    sheet.need(24)
    sheet.gap(23)
    sheet.line(sheet.left, sheet.left + sheet.width, sheet.y)
  }
}

async function drawBoxes(
  sheet: Sheet,
  choices: readonly string[],
  many: boolean,
  pictures: NonNullable<BlankQuestion['choicePictures']>,
): Promise<void> {
  for (const [at, choice] of choices.entries()) {
    const picture = pictures[at]
    sheet.need(picture === undefined ? 20 : 20 + choicePicture.height)
    const top = sheet.y
    const page = sheet.page
    sheet.text(choice, { ...choiceStyle, indent: 22 })
    // A long choice may have run over to the next page; its box belongs to where it began.
    if (page === sheet.page) sheet.box(sheet.left + 2, top - square - 2.5, square, square, !many)
    if (picture !== undefined) await sheet.picture(picture, choicePicture, 22)
    sheet.gap(3)
  }
}

function drawScale(sheet: Sheet, values: readonly string[]): void {
  const step = Math.min(42, sheet.width / values.length)
  sheet.need(34)
  sheet.gap(30)
  values.forEach((value, index) => {
    const left = sheet.left + index * step
    sheet.box(left + 4, sheet.y + 13, square, square, true)
    sheet.textAt(value, numberStyle, left + 4 + (square - sheet.widthOf(value, numberStyle)) / 2, sheet.y)
  })
}

function drawDate(sheet: Sheet, parts: readonly string[]): void {
  sheet.need(42)
  sheet.gap(38)
  let left = sheet.left
  parts.forEach((part, index) => {
    const width = index === parts.length - 1 ? 66 : 40
    sheet.box(left, sheet.y + 13, width, 24)
    sheet.textAt(part, numberStyle, left, sheet.y)
    left += width + 12
  })
}
