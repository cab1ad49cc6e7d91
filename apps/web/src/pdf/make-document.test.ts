import { clientConsentSheet, documentsOf, privacyNotice, type Policy, type PolicyDocument } from '@attune/policy'
import { describe, expect, it } from 'vitest'
import { readVigDcs, shortFiles } from '../../../../packages/programme/test/vig-dcs.ts'
import { makeDocumentPdf } from './make-document.ts'
import { readPdfText } from './test/read-pdf-text.ts'

const { policy } = readVigDcs()
const pagesOf = async (document: PolicyDocument) => {
  const words = {
    language: 'en-GB',
    edition: `Edition ${document.edition}`,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    demo: undefined,
  }
  return readPdfText(await makeDocumentPdf(document, words, new Date('2025-11-21T10:00:00Z')))
}

describe('a document of the policy as a PDF', () => {
  it('DCS-137: the policy in full has the edition at the foot of every page, and after an update the new text and edition', async () => {
    const pages = await pagesOf(privacyNotice(policy))
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(page.replaceAll('\n', ' ')).toContain(`Edition ${policy.edition}`)
    const later: Policy = {
      ...policy,
      edition: '2026-01',
      about: [...policy.about, 'Since January there is a helpline.'],
      changes: [...policy.changes, { edition: '2026-01', on: '2026-01-05', what: 'Helpline', material: true }],
    }
    const after = await pagesOf(privacyNotice(later))
    expect(after.join('\n')).toContain('Since January there is a helpline.')
    for (const page of after) expect(page.replaceAll('\n', ' ')).toContain('Edition 2026-01')
    expect(pages.join('\n')).not.toContain('helpline')
  }, 30_000)

  it('DCS-002: the operator as policy.yaml names it stands at the head and foot of the PDF of each document, and a former name nowhere', async () => {
    const files = shortFiles()
    files.set('policy.yaml', (files.get('policy.yaml') ?? '').replaceAll('AVIGuk', 'Northern Video Trust'))
    const renamed = readVigDcs(files).policy
    const notice = await pagesOf(privacyNotice(renamed))
    for (const page of notice) expect(page.replaceAll('\n', ' ')).toContain('Northern Video Trust, Privacy notice, Edition 2025-06')
    expect(notice.join(' ')).toMatch(/Northern Video Trust[\s\S]*controller/i)
    expect(notice.join(' ')).not.toContain('AVIGuk')
    for (const document of documentsOf(renamed)) {
      expect(document.operator, document.id).toBe('Northern Video Trust')
      expect(JSON.stringify(document), document.id).not.toContain('AVIGuk')
    }
  }, 30_000)

  it('DCS-139: the client’s sheet has lines for signature and day and its edition, and no place for the code', async () => {
    const text = (await pagesOf(clientConsentSheet(policy))).join('\n')
    for (const words of ['Signature', 'Day', `Edition ${policy.edition}`]) expect(text).toContain(words)
    const lines = clientConsentSheet(policy).sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'line'))
    expect(lines.map((block) => block.label)).toEqual(['Name', 'Signature', 'Day'])
    expect(text).toContain('Do not write the client code on it')
  }, 30_000)
})
