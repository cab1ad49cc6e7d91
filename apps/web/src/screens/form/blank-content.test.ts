import { readFileSync } from 'node:fs'
import { questionsOf } from '@attune/forms'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { makeBlank } from '../../pdf/index.ts'
import { readPdfText } from '../../pdf/test/read-pdf-text.ts'
import { toBlankContent } from './blank-content.ts'

const at = new Date('2026-03-07T10:00:00Z')
const notice = {
  programme: 'VIG',
  operator: 'AVIGuk',
  edition: '2025-06',
  contact: 'someone@example.org',
  demo: false,
  programmeId: 'vig-dcs',
  rights: [],
}
const compiled = compile(readMarkdown(readFileSync(new URL('../../../../../programmes/vig-dcs/forms/client-session.md', import.meta.url), 'utf8')))

describe('the paper form', () => {
  it.each(['English (en)', 'Cymraeg (cy)'])('DCS-143: lists every question of the live form with its choices, in %s', async (language) => {
    if (!compiled.ok) throw new Error('The client form does not compile.')
    const { outline } = compiled
    const text = (await readPdfText(await makeBlank(toBlankContent(outline, language, notice, at), at))).join(' ').replace(/\s+/g, ' ')
    const plain = (words: string) => words.replace(/\*\*/g, '').replace(/\s+/g, ' ').trim()
    const asked = questionsOf(outline).filter(
      ({ type, calculation, label }) =>
        !['note', 'calculate', 'hidden', 'preload'].includes(type) && calculation === undefined && (label[language] ?? '') !== '',
    )
    expect(asked.length).toBeGreaterThan(40)
    for (const question of asked) {
      expect(text).toContain(plain(question.label[language] ?? ''))
      const choices = question.type.startsWith('select') ? (outline.choices[question.list ?? ''] ?? []) : []
      for (const choice of choices) expect(text).toContain(plain(choice.label[language] ?? choice.name))
    }
  })

  it('has room to write for what is written and boxes for what is ticked', () => {
    if (!compiled.ok) throw new Error('The client form does not compile.')
    const kinds = new Map(
      toBlankContent(compiled.outline, 'English (en)', notice, at)
        .sections.flatMap(({ questions }) => questions)
        .map(({ label, answer }) => [label, answer.kind]),
    )
    expect(kinds.get('Which age group is the child in?')).toBe('boxes')
    expect(kinds.get('On which day was the session?')).toBe('date')
    expect(kinds.get('How close is the client to the first goal?')).toBe('scale')
    expect(kinds.get('How does the client see their child now?')).toBe('lines')
  })
})
