// A chart in a Welsh page is Welsh: picture, what is read aloud, and table. What stands there beside its words are names and numbers.
import { changeChart, reliableBars, shareChart, trajectoryChart, type Chart, type WordedFrame } from '@attune/charts'
import { suppressCount, suppressCounts } from '@attune/measures'
import { afterAll, describe, expect, it } from 'vitest'
import { newDevice } from '../device.fixture.ts'

newDevice()
const { english } = await import('../messages/en.ts')
const { useLanguage } = await import('../messages/index.ts')
const { chartWords } = await import('./chart-words.ts')
const { sayPeriod, saySpan } = await import('../screens/reports/period-words.ts')
const { sayChoice } = await import('../screens/reports/say-choice.ts')
const { sayReason } = await import('../screens/reports/say-reason.ts')

afterAll(() => useLanguage('en'))

const change = { n: 40, before: 14.2, after: 9.6, min: 0, max: 27 }
const small = suppressCount(3)
const because = small.shown ? '' : small.because
const shown = (value: number) => ({ shown: true, value }) as const

/** Every chart with every kind of sentence. Labels are numbers, so that every letter in the outcome is a word of the chart. */
function drawAll(): readonly Chart[] {
  const frame: WordedFrame = { idPrefix: 'c', title: '0', width: 640, words: chartWords() }
  const rows = [
    { ...change, changeLow: -5.9, changeHigh: -3.3, direction: 'lower' as const },
    { ...change, changeLow: -5.9, changeHigh: -3.3, direction: 'higher' as const },
    { ...change, changeLow: -5.9, changeHigh: -3.3, direction: 'none' as const },
    { ...change, after: 18, changeLow: 1, changeHigh: 6, direction: 'none' as const },
    { ...change, changeLow: -5.9, changeHigh: 3.3, direction: 'lower' as const },
    { ...change, changeLow: null, changeHigh: null, direction: 'lower' as const },
  ].map((row, at) => ({ ...row, label: String(at) }))
  const hidden = { shown: false, because: sayReason(because) } as const
  const lines = (scores: readonly (number | null)[], direction: 'higher' | 'lower' | 'none', points?: number) =>
    trajectoryChart({
      ...frame,
      points: scores.map((score, at) => ({ label: String(at), score })),
      ...{ min: 0, max: 27, direction },
      ...(points !== undefined && { realChange: { points, rule: 'at-least' as const } }),
    })
  return [
    changeChart({ ...frame, rows: [...rows, { label: '7', hidden: sayReason(because) }] }),
    changeChart({ ...frame, rows: [] }),
    reliableBars({
      ...frame,
      rows: [
        { label: '1', improved: shown(25), unchanged: shown(15), worse: shown(10), total: shown(50), improvedInterval: { low: 0.3, high: 0.6 } },
        { label: '2', improved: shown(60), unchanged: hidden, worse: hidden, total: shown(85) },
        { label: '3', improved: shown(0), unchanged: shown(0), worse: shown(0), total: shown(0) },
      ],
    }),
    shareChart({
      ...frame,
      rows: [
        { label: '1', of: '', share: 75, low: 60, high: 86 },
        { label: '2', hidden: sayReason(because), atLeast: 81 },
      ],
    }),
    lines([18, null, 9], 'lower', 6),
    lines([18, 16], 'higher', 6),
    lines([18, 16], 'none'),
    lines([18, 18], 'lower', 6),
    lines([18], 'lower', 6),
    lines([], 'lower', 6),
  ]
}

const wordsOf = ({ svg, description, table }: Chart) =>
  [...svg.replaceAll(/<[^>]*>/g, '\n').split('\n'), description, ...table.columns, ...table.rows.flat()].flatMap(
    (text) => text.toLowerCase().match(/\p{L}+/gu) ?? [],
  )

describe('the words of charts', () => {
  it('are Welsh in a Welsh page, in the picture, read aloud and in the table', async () => {
    await useLanguage('en')
    const inEnglish = new Set(drawAll().flatMap(wordsOf))
    for (const word of ['better', 'before', 'hidden', 'session', 'likely', 'people']) expect(inEnglish).toContain(word)
    await useLanguage('cy')
    const charts = drawAll()
    for (const word of ['gwell', 'cyn', 'sesiwn', 'bobl']) expect(charts.flatMap(wordsOf)).toContain(word)
    // "is" and "a" are words of both languages ("lower", "and").
    const left = charts.flatMap(wordsOf).filter((word) => inEnglish.has(word) && !['a', 'is', 'o', 'i'].includes(word))
    expect([...new Set(left)]).toEqual([])
  })

  it('fit a small phone in Welsh as well', async () => {
    await useLanguage('cy')
    const frame: WordedFrame = { idPrefix: 'c', title: '0', width: 320, words: chartWords() }
    const { svg } = changeChart({ ...frame, rows: [{ ...change, label: '1', changeLow: -5, changeHigh: -3, direction: 'lower' }] })
    for (const [, x, text] of svg.matchAll(/<text[^>]* x="([\d.-]+)"[^>]*font-size="13"[^>]*>([^<]*)/g))
      expect(Number(x) + text!.length * 6.5, text).toBeLessThanOrEqual(340)
  })
})

describe('the period of a report', () => {
  it('has its months in the language in use', async () => {
    await useLanguage('cy')
    expect([sayPeriod('2026-Q3'), saySpan('2025-Q2', '2026-Q3'), saySpan('2026-Q1', '2026-Q2')]).toEqual([
      'Gorff i Medi 2026',
      'Ebrill 2025 i Medi 2026',
      'Ionawr i Mehefin 2026',
    ])
    await useLanguage('en')
    expect(saySpan('2025-Q2', '2026-Q3')).toBe('April 2025 to September 2026')
  })
})

describe('a choice of the form', () => {
  it('is said in the language in use where the form has it', async () => {
    const choice = { label: 'feeling heard', labels: { en: 'feeling heard', cy: 'cael fy nghlywed' } }
    await useLanguage('cy')
    expect([sayChoice(choice), sayChoice({ ...choice, labels: {} })]).toEqual(['cael fy nghlywed', 'feeling heard'])
    await useLanguage('en')
    expect(sayChoice(choice)).toBe('feeling heard')
  })
})

describe('why a figure is hidden', () => {
  it('is said in the language in use, whatever it is; an unknown sentence stays as it came', async () => {
    await useLanguage('cy')
    const all = Object.entries(english).filter(([key]) => key.startsWith('reasons.') || key.startsWith('caveats.'))
    expect(all.length).toBeGreaterThan(25)
    for (const [key, message] of all) {
      const sentence = typeof message === 'string' ? message : (message as (given: object) => string)({ count: '10', label: '2025-Q1' })
      const said = sayReason(sentence.replaceAll('’', "'").replaceAll(/[“”]/g, '"'))
      expect(said, key).not.toBe(sentence)
      expect(said.includes('10'), key).toBe(sentence.includes('10'))
    }
    expect(sayReason('Something new.')).toBe('Something new.')
  })

  it('is known for every sentence that the disclosure rules give', async () => {
    await useLanguage('cy')
    const parts = suppressCounts({ a: 3, b: 12, c: 40 })
    const reasons = [small, parts.total, ...Object.values(parts.cells), ...[2, 9].map((count) => suppressCount(count))].flatMap((cell) =>
      cell.shown ? [] : [cell.because],
    )
    expect(reasons.length).toBeGreaterThan(2)
    for (const reason of reasons) expect(sayReason(reason)).not.toBe(reason)
  })
})
