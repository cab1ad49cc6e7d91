import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import type { CopyContent } from './content.ts'
import { makeCopy } from './make-copy.ts'
import { readAttachment } from './read-attachment.ts'
import { readPdfText } from './test/read-pdf-text.ts'

const madeAt = new Date('2026-03-07T10:00:00Z')
const content: CopyContent = {
  title: 'Client session',
  language: 'en-GB',
  lines: [],
  foot: 'Confidential',
  page: (page, pages) => `Page ${page} of ${pages}`,
  demo: undefined,
  code: undefined,
  scores: { title: 'Scores', note: '', cards: [] },
  sections: [],
}
const attachment = { name: 'attune-progress.json', says: 'For the next session', type: 'application/json', text: '{"wording":"Dŵr “glân”"}' }

describe('what lies inside a PDF', () => {
  it('comes out as it went in, also after another program has saved the file anew', async () => {
    const bytes = await makeCopy({ ...content, attachment }, madeAt)
    expect(await readAttachment(bytes, attachment.name, 1000)).toBe(attachment.text)
    const again = await (await PDFDocument.load(bytes)).save({ useObjectStreams: true })
    expect(await readAttachment(again, attachment.name, 1000)).toBe(attachment.text)
    expect((await readPdfText(bytes)).join(' ')).not.toContain('Dŵr')
  })

  it('is nothing in a file without it, in a file with another one, and in what is no PDF', async () => {
    expect(await readAttachment(await makeCopy(content, madeAt), attachment.name, 1000)).toBeUndefined()
    const other = await makeCopy({ ...content, attachment: { ...attachment, name: 'invoice.xml' } }, madeAt)
    expect(await readAttachment(other, attachment.name, 1000)).toBeUndefined()
    expect(await readAttachment(new TextEncoder().encode('GIF89a'), attachment.name, 1000)).toBeUndefined()
    expect(await readAttachment(new Uint8Array(), attachment.name, 1000)).toBeUndefined()
  })

  it('is not read when it is longer than a copy can be', async () => {
    const bytes = await makeCopy({ ...content, attachment: { ...attachment, text: 'x'.repeat(50_000) } }, madeAt)
    expect(await readAttachment(bytes, attachment.name, 10_000)).toBeUndefined()
  })

  it('a client’s copy opens with a sentence and ends with what they can ask for', async () => {
    const closing = { title: 'What you can ask for', lines: ['See what is held.', 'Questions: someone@example.org'] }
    const text = (await readPdfText(await makeCopy({ ...content, opening: 'This is your copy.', closing }, madeAt))).join(' ')
    for (const words of ['This is your copy.', 'What you can ask for', 'See what is held.', 'someone@example.org']) expect(text).toContain(words)
  })
})
