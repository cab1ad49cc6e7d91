// @vitest-environment jsdom
import { problemCodes, tell, told, toldKeys, toProblem } from '@attune/contract'
import { checkClientCode, refuse, sentenceKeys, sentences } from '@attune/policy'
import { afterEach, describe, expect, it } from 'vitest'
import { useLanguage } from './index.ts'
import { welshProblems } from './cy/problems.ts'
import { welshSentences } from './cy/sentences.ts'
import { welshTold } from './cy/told.ts'
import { sayProblem, saySaid } from './said.ts'

afterEach(() => useLanguage('en'))

// Every value that a sentence may be filled in with.
const values = {
  role: 'practitioner',
  act: 'record.read',
  day: '2026-11-30',
  purpose: 'Report',
  symbols: 10,
  given: 9,
  pattern: 'AB-####',
  domain: 'mail.example',
  domains: 'a.example or b.example',
  months: 12,
  count: 2,
  reference: 'R-234567',
  operator: 'AVIGuk',
}
const fill = (sentence: unknown) => (sentence as (given: typeof values) => string)(values)

describe('what the server and the policy say', () => {
  it.each([
    ['policy', sentenceKeys, sentences, welshSentences],
    ['server', toldKeys, told, welshTold],
  ] as const)('has Welsh words for every key of the %s, and they are not the English ones', (_, keys, english, welsh) => {
    expect(Object.keys(welsh).sort()).toEqual([...keys].sort())
    for (const key of keys) {
      const [inEnglish, inWelsh] = [fill(english[key as never]), fill(welsh[key as never])]
      expect(inWelsh, key).not.toBe(inEnglish)
      expect(inWelsh, key).not.toMatch(/undefined|\b(the|you|this|and)\b/)
    }
  })

  it('no key of the server is one of the policy', () => {
    expect(toldKeys.filter((key) => (sentenceKeys as readonly string[]).includes(key))).toEqual([])
  })

  it('has Welsh words for every problem', () => {
    expect(Object.keys(welshProblems).sort()).toEqual([...problemCodes].sort())
    for (const { title, next } of Object.values(welshProblems)) expect(`${title} ${next}`).not.toMatch(/\b(the|you|this|and)\b/)
  })

  it('is said in the language in use, filled in with the same', async () => {
    const short = checkClientCode('K7M42', { source: 'form', symbols: 10 })
    const late = refuse('extension-late', { day: '2026-11-30' })
    const left = toProblem('audit-unjudged', tell('audit.left', { count: 2 }))
    const say = () => [short.allowed ? '' : saySaid(short), saySaid(late), sayProblem(left).next, sayProblem(toProblem('not-found')).title]
    expect(say()).toEqual([
      'A code made by the form has 10 symbols. This one has 5.',
      'More time has to be told to the person by 30 November 2026. That day is past: answer the request now.',
      '2 texts need a verdict first. Nothing was changed.',
      'There is nothing here that you may see.',
    ])
    await useLanguage('cy')
    expect(say()).toEqual([
      'Mae gan god a wnaed gan y ffurflen 10 symbol. Mae gan hwn 5.',
      'Rhaid dweud wrth y person am ragor o amser erbyn 30 Tachwedd 2026. Mae’r diwrnod hwnnw wedi mynd heibio: atebwch y cais yn awr.',
      'Mae angen dyfarniad ar 2 testun yn gyntaf. Ni newidiwyd dim.',
      'Nid oes dim yma y cewch ei weld.',
    ])
  })

  it('a detail that only English has is shown as it came, and not replaced by something less exact', async () => {
    await useLanguage('cy')
    expect(sayProblem(toProblem('measure-refused', { detail: 'Sheet survey, row 3: the name is taken.' }))).toEqual({
      title: 'Ni ellir ychwanegu’r mesur hwn.',
      next: 'Sheet survey, row 3: the name is taken.',
    })
  })
})
