import { describe, expect, it } from 'vitest'
import { englishWords as words } from '../test/english-words.ts'
import { shareChart } from './share-chart.ts'
import { wrapText } from './text.ts'

const rows = [
  { label: 'PHQ-9', of: 'of about 40 who began', share: 75, low: 60, high: 86 },
  { label: 'GAD-7', hidden: '9 people or fewer.' },
] as const

describe('a text that is broken into lines', () => {
  it('keeps a number with its sign of per cent', () => {
    const lines = Array.from({ length: 30 }, (_, at) => wrapText('likely range of the true change (95 %)', 40 + at * 8, 13)).flat()
    expect(lines.filter((line) => /^%/.test(line))).toEqual([])
    expect(lines.some((line) => line.endsWith('(95\u00A0%)'))).toBe(true)
  })
})

describe('shares', () => {
  it('stand on one scale with their interval, and the words say the same as the picture', () => {
    const chart = shareChart({ words, idPrefix: 'a', title: 'Followed up', rows, width: 640 })
    const dots = [...chart.svg.matchAll(/<circle[^>]*cx="([\d.]+)"/g)].map((match) => Number(match[1]))
    const [band] = [...chart.svg.matchAll(/chart-fill-band"[^>]*x="([\d.]+)"[^>]*width="([\d.]+)"/g)]
    expect(dots).toHaveLength(1)
    const perCent = Number(band![2]) / (86 - 60)
    expect((dots[0]! - Number(band![1])) / perCent).toBeCloseTo(75 - 60, 0)
    expect(chart.description).toBe('PHQ-9: 75 % of about 40 who began, likely between 60 % and 86 %. GAD-7: 9 people or fewer.')
    expect(chart.table.rows).toEqual([
      ['PHQ-9', '75 %', '60 % to 86 %', 'of about 40 who began'],
      ['GAD-7', 'hidden', 'hidden', '9 people or fewer.'],
    ])
  })

  it('known only to be at least so much, have a band to the end and no dot', () => {
    const chart = shareChart({ words, idPrefix: 'a', title: 'Followed up', rows: [{ label: 'PHQ-9', hidden: 'Few others.', atLeast: 81 }] })
    expect(chart.svg).not.toContain('<circle')
    expect(chart.description).toBe('PHQ-9: at least 81 %. Few others.')
    expect(chart.table.rows[0]![1]).toBe('at least 81 %')
  })

  it('fit a small phone', () => {
    const { svg } = shareChart({ words, idPrefix: 'a', title: 'Followed up', rows, width: 320 })
    for (const [, x] of svg.matchAll(/ x="([\d.-]+)"/g)) expect(Number(x)).toBeLessThanOrEqual(320)
    expect(shareChart({ words, idPrefix: 'a', title: 'Nothing', rows: [] }).description).toBe('There is nothing to show yet.')
  })
})
