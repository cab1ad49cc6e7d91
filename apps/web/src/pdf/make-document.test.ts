import { clientConsentSheet, privacyNotice, type Policy, type PolicyDocument } from '@attune/policy'
import { describe, expect, it } from 'vitest'
import { readVigDcs } from '../../../../packages/programme/test/vig-dcs.ts'
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

  it('DCS-139: the client’s sheet has lines for signature and day and its edition, and no place for the code', async () => {
    const text = (await pagesOf(clientConsentSheet(policy))).join('\n')
    for (const words of ['Signature', 'Day', `Edition ${policy.edition}`]) expect(text).toContain(words)
    const lines = clientConsentSheet(policy).sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'line'))
    expect(lines.map((block) => block.label)).toEqual(['Name', 'Signature', 'Day'])
    expect(text).toContain('Do not write the client code on it')
  }, 30_000)
})
