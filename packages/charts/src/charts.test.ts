import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { englishWords as words } from '../test/english-words.ts'
import { changeChart, reliableBars, trajectoryChart } from './index.ts'
import type { Chart, ChangeRow, ReliableRow } from './index.ts'

const parser = new new JSDOM('').window.DOMParser()
const rows: readonly ChangeRow[] = [
  { label: 'PHQ-9', n: 45, before: 14.2, after: 9.6, changeLow: -5.9, changeHigh: -3.3, min: 0, max: 27, direction: 'lower' },
  { label: 'GAD-7', n: 40, before: 8.1, after: 7.9, changeLow: -1.2, changeHigh: 0.8, min: 0, max: 21, direction: 'lower' },
  { label: 'Goals', n: 60, before: 3.1, after: 6.8, changeLow: 3.1, changeHigh: 4.3, min: 0, max: 10, direction: 'higher' },
  { label: 'KPCS', hidden: 'Fewer than 10 people have both scores, so averages are hidden to protect them.' },
]
const shown = (value: number) => ({ shown: true, value }) as const
const hidden = (because: string) => ({ shown: false, because }) as const
const small = hidden('7 people or fewer, so the number is hidden to protect them.')
const bars: readonly ReliableRow[] = [
  { label: 'PHQ-9', improved: shown(25), unchanged: shown(15), worse: shown(10), total: shown(50), improvedInterval: { low: 0.37, high: 0.63 } },
  {
    label: 'SDQ',
    improved: shown(60),
    unchanged: hidden('Hidden so that a smaller hidden number beside it cannot be worked out.'),
    worse: small,
    total: shown(85),
  },
  { label: 'GAD-7', improved: small, unchanged: small, worse: small, total: small },
]
const sessions = [18, 16, null, 11, 9].map((score, i) => ({ label: `Session ${i + 1}`, score }))
const trajectory = { points: sessions, min: 0, max: 27, direction: 'lower', realChange: { points: 6, rule: 'at-least' } } as const
function allCharts(width: number, idPrefix = 'c'): readonly Chart[] {
  const frame = { idPrefix, title: 'A chart', width, words }
  return [
    changeChart({ ...frame, rows }),
    changeChart({ ...frame, rows, isDense: true }),
    reliableBars({ ...frame, rows: bars }),
    trajectoryChart({ ...frame, ...trajectory }),
  ]
}

function toDocument(chart: Chart): Document {
  return parser.parseFromString(chart.svg, 'image/svg+xml') as unknown as Document
}

describe.each([320, 460, 720])('every chart %i pixels wide', (width) => {
  it('is one labelled picture with title and description, and a table with the same figures', () => {
    for (const chart of allCharts(width)) {
      const svg = toDocument(chart).documentElement
      expect([svg.tagName, svg.getAttribute('role'), svg.getAttribute('viewBox')?.split(' ')[2]]).toEqual(['svg', 'img', String(width)])
      const [titleId, descriptionId] = svg.getAttribute('aria-labelledby')?.split(' ') ?? []
      expect(svg.querySelector(`#${titleId}`)?.textContent).toBe(chart.title)
      expect(svg.querySelector(`#${descriptionId}`)?.textContent).toBe(chart.description)
      expect(chart.description.length).toBeGreaterThan(20)
      for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length)
    }
  })

  it('carries no style and no script, which a strict content policy would refuse', () => {
    for (const chart of allCharts(width)) {
      const elements = [...toDocument(chart).querySelectorAll('*')]
      expect(elements.filter((one) => one.hasAttribute('style') || ['style', 'script', 'foreignObject'].includes(one.tagName))).toEqual([])
      expect(
        elements.flatMap((one) => [...one.attributes]).filter((attribute) => attribute.name.startsWith('on') || /url\((?!#)/.test(attribute.value)),
      ).toEqual([])
    }
  })

  it('has no text below 12 pixels and none that starts or ends outside the picture', () => {
    for (const chart of allCharts(width)) {
      const texts = [...toDocument(chart).querySelectorAll('text')]
      expect(texts.length).toBeGreaterThan(3)
      for (const text of texts) {
        const [x, y, size] = ['x', 'y', 'font-size'].map((name) => Number(text.getAttribute(name))) as [number, number, number]
        const length = (text.textContent ?? '').length * size * 0.5
        const anchor = text.getAttribute('text-anchor')
        const left = anchor === 'end' ? x - length : anchor === 'middle' ? x - length / 2 : x
        expect(size).toBeGreaterThanOrEqual(12)
        expect(left).toBeGreaterThanOrEqual(-1)
        expect(left + length).toBeLessThanOrEqual(width + 1)
        expect(y).toBeLessThanOrEqual(Number(toDocument(chart).documentElement.getAttribute('height')))
      }
    }
  })

  it('is the same bytes every time, and its ids start with the prefix given', () => {
    expect(allCharts(width).map((chart) => chart.svg)).toEqual(allCharts(width).map((chart) => chart.svg))
    for (const chart of allCharts(width, 'report-7')) {
      const ids = [...toDocument(chart).querySelectorAll('[id]')].map((one) => one.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.filter((id) => !id.startsWith('report-7-'))).toEqual([])
    }
  })
})

describe('the change chart', () => {
  const chart = changeChart({ words, idPrefix: 'c', title: 'Change', rows })

  it('says the change as it was worked out, not as the difference of rounded averages, and every average with as many decimals', () => {
    const row: ChangeRow = {
      ...{ label: 'PHQ-9', n: 140, before: 11.1, after: 7.9, change: -3.3, changeLow: -3.9, changeHigh: -2 },
      ...{ min: 0, max: 27, direction: 'lower' },
    }
    const frame = { idPrefix: 'c', title: 'A chart', width: 640, words }
    const { description, table } = changeChart({ ...frame, rows: [row, { ...row, label: 'KPCS', before: 35.3, after: 38, change: 2.7 }] })
    expect(description).toContain('3.3 points')
    expect(description).not.toContain('3.2 points')
    expect(table.rows.map((cells) => cells.slice(2, 6))).toEqual([
      ['11.1', '7.9', '−3.3', expect.stringMatching(/−3\.9.*−2\.0/)],
      ['35.3', '38.0', '2.7', expect.any(String)],
    ])
  })

  it('says in words what got better, what did not clearly change, and by how much', () => {
    expect(chart.description).toContain('PHQ-9: from 14.2 to 9.6 on a scale from 0 to 27. Better by 4.6 points (likely 3.3 to 5.9).')
    expect(chart.description).toContain('No clear change (likely −1.2 to 0.8 points).')
    expect(chart.description).toContain('Goals: from 3.1 to 6.8 on a scale from 0 to 10. Better by 3.7 points')
  })

  it('calls a rise worse where lower is better, and neither where neither end is better', () => {
    const rise = { label: 'x', n: 20, before: 10, after: 14, changeLow: 1, changeHigh: 7, min: 0, max: 40 }
    const sentences = (['lower', 'higher', 'none'] as const).map((direction) =>
      changeChart({ words, idPrefix: 'c', title: 't', rows: [{ ...rise, direction }] }).table.rows[0]?.at(-1),
    )
    expect(sentences.map((sentence) => sentence?.split(' by ')[0])).toEqual(['Worse', 'Better', 'Went up'])
  })

  it('always draws the interval where one is known', () => {
    const intervals = [...toDocument(chart).querySelectorAll('rect[fill-opacity]')]
    expect(intervals).toHaveLength(3)
    // PHQ-9: from 14.2 - 5.9 to 14.2 - 3.3 on a track of 27 points.
    const [track] = [...toDocument(chart).querySelectorAll('line')]
    const perPoint = (Number(track?.getAttribute('x2')) - Number(track?.getAttribute('x1'))) / 27
    expect(Number(intervals[0]?.getAttribute('width'))).toBeCloseTo(2.6 * perPoint, 1)
  })

  it('draws a hidden row as hidden, with the reason in picture, description and table', () => {
    const reason = 'Fewer than 10 people have both scores, so averages are hidden to protect them.'
    const texts = [...toDocument(chart).querySelectorAll('text')].map((text) => text.textContent).join(' ')
    expect(texts).toContain('Fewer than 10 people')
    expect(chart.description).toContain(`KPCS: ${reason}`)
    expect(chart.table.rows[3]).toEqual(['KPCS', 'hidden', 'hidden', 'hidden', 'hidden', 'hidden', reason])
  })

  it('without rows says that there is nothing yet', () => {
    expect(changeChart({ words, idPrefix: 'c', title: 't', rows: [] }).description).toBe('There is nothing to show yet.')
  })

  it('never draws a number that is not one (property, seed 61)', () => {
    const number = fc.integer({ min: 0, max: 400 }).map((value) => value / 10)
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.integer({ min: 280, max: 1100 }),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        (before, after, half, width, label) => {
          const row = {
            label,
            n: 10,
            before,
            after,
            changeLow: after - before - half,
            changeHigh: after - before + half,
            min: 0,
            max: 40,
            direction: 'lower',
          } as const
          const svg = changeChart({ words, idPrefix: 'c', title: label, rows: [row], width }).svg
          expect(svg).not.toMatch(/NaN|Infinity|undefined/)
          expect(toDocument({ svg, title: '', description: '', table: { columns: [], rows: [] } }).querySelector('parsererror')).toBeNull()
        },
      ),
      { seed: 61 },
    )
  })
})

describe('the bars of reliable change', () => {
  const chart = reliableBars({ words, idPrefix: 'b', title: 'Reliable change', rows: bars })

  it('tell numbers, shares and the likely range in words', () => {
    expect(chart.description).toContain(
      'About 50 people: 25 better (50 %), 15 no clear change (30 %), 10 worse (20 %). Better: likely between 37 % and 63 %.',
    )
  })

  it('give each part a pattern of its own, so that colour is never the only sign', () => {
    const fills = [...toDocument(chart).querySelectorAll('rect[height="28"]')].map((rect) => rect.getAttribute('fill'))
    expect(fills).toEqual(['#0b6560', 'url(#b-part-unchanged)', 'url(#b-part-worse)', '#0b6560', 'none'])
  })

  it('join hidden numbers into one unlabelled rest, and hide the bar when nothing may be shown', () => {
    expect(chart.description).toContain('About 85 people: 60 better (71 %), the rest is hidden. Hidden so that')
    expect(chart.table.rows[1]?.slice(0, 5)).toEqual(['SDQ', '60', 'hidden', 'hidden', '85'])
    expect(chart.description).toContain('GAD-7: 7 people or fewer')
  })
})

describe('the trajectory of one person', () => {
  it('tells the change and whether it may be chance, and equals the figures given', () => {
    const chart = trajectoryChart({ words, idPrefix: 't', title: 'PHQ-9', ...trajectory })
    expect(chart.description).toBe('From 18 to 9: better by 9 points. That is more than chance alone would bring.')
    expect(chart.table.rows).toEqual([
      ['Session 1', '18'],
      ['Session 2', '16'],
      ['Session 3', 'no score'],
      ['Session 4', '11'],
      ['Session 5', '9'],
    ])
  })

  it.each([
    ['exactly the threshold counts when the rule says at least', [18, 12], 'at-least', 'That is more than chance alone would bring.'],
    ['exactly the threshold does not count when the rule says more than', [18, 12], 'more-than', 'A change this small may be chance.'],
    ['one point is one point', [18, 17], 'at-least', 'From 18 to 17: better by 1 point.'],
    ['a rise is worse where lower is better', [9, 18], 'at-least', 'worse by 9 points'],
    ['no change is no change', [9, 9], 'at-least', 'no change'],
    ['one score only', [9], 'at-least', 'Change can be seen after the next session.'],
    ['none', [], 'at-least', 'There is no score yet.'],
  ] as const)('%s', (_about, scores, rule, expected) => {
    const points = scores.map((score, i) => ({ label: `Session ${i + 1}`, score }))
    const chart = trajectoryChart({ words, idPrefix: 't', title: 'x', ...trajectory, points, realChange: { points: 6, rule } })
    expect(chart.description).toContain(expected)
    expect(chart.svg).not.toMatch(/NaN|undefined/)
  })

  it('draws no band where no threshold is confirmed, and says so', () => {
    const { realChange: _none, ...without } = trajectory
    const chart = trajectoryChart({ words, idPrefix: 't', title: 'x', ...without })
    expect(chart.svg).not.toContain('may be chance<')
    expect(chart.description).toContain('is not known for this measure')
  })

  it('breaks the line at a session without a score and dashes the way across', () => {
    const paths = [...toDocument(trajectoryChart({ words, idPrefix: 't', title: 'x', ...trajectory })).querySelectorAll('path')]
    expect(paths.map((path) => [path.hasAttribute('stroke-dasharray'), path.getAttribute('d')?.match(/M/g)?.length])).toEqual([
      [true, 1],
      [false, 2],
    ])
  })

  it('shows two hundred sessions without piling up their labels', () => {
    const points = Array.from({ length: 200 }, (_, i) => ({ label: `Session ${i + 1}`, score: i % 27 }))
    const texts = toDocument(trajectoryChart({ words, idPrefix: 't', title: 'x', ...trajectory, points, width: 320 })).querySelectorAll('text')
    expect(texts.length).toBeLessThan(20)
  })
})
