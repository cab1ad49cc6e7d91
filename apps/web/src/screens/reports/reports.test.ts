import type { MeasureChange, Report } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { reasonsOf, sayCount, sayPoints, sayThreshold } from './cells.ts'
import { sayPeriod, saySpan } from './period-words.ts'
import { readChange } from './read-change.ts'
import { reportCsv } from './report-csv.ts'
import { splitMeasures } from './split-measures.ts'
import { toChangeRow } from './to-chart-rows.ts'
import { toCsv } from './to-csv.ts'
import { plainReport } from './report.fixture.ts'

const shown = (value: number) => ({ hidden: false as const, value })
const few = { hidden: true as const, because: 'Fewer than 10 people have both scores.' }

const change: MeasureChange = {
  measure: 'phq9',
  scale: 'total',
  label: 'PHQ-9',
  direction: 'lower',
  range: [0, 27],
  nBefore: shown(120),
  nPaired: shown(90),
  meanBefore: shown(14.2),
  meanAfter: shown(9.8),
  meanChange: shown(-4.4),
  low: shown(-5.6),
  high: shown(-3.2),
  effect: shown(-0.71),
  effectName: 'd pre (Becker 1988), Hedges corrected',
  improved: shown(40),
  unchanged: shown(45),
  worse: few,
  followedUp: { hidden: false, value: 75, low: 67, high: 82 },
  ifLostUnchanged: shown(-3.3),
  improvedShare: few,
  threshold: { value: 6, source: 'NHS Talking Therapies manual' },
}

describe('periods in words', () => {
  it('a quarter is said as its months', () => expect(sayPeriod('2026-Q3')).toBe('Jul to Sep 2026'))
  it('a span over one year names the year once', () => expect(saySpan('2026-Q1', '2026-Q3')).toBe('January to September 2026'))
  it('a span over years names both', () => expect(saySpan('2025-Q4', '2026-Q1')).toBe('October 2025 to March 2026'))
  it('another kind of period stays as it is written', () => expect(sayPeriod('2026')).toBe('2026'))
})

describe('numbers in words', () => {
  it('thousands are marked and a hidden count is a dash', () => {
    expect(sayCount(shown(12345))).toBe('12,345')
    expect(sayCount(few)).toBe('–')
  })
  it('a negative number has a real minus sign', () => expect(sayPoints(-4.4)).toBe('−4.4'))
  it('each reason for hiding is told once', () => expect(reasonsOf([few, shown(1), few])).toEqual([few.because]))
})

describe('better or worse', () => {
  it('lower scores are better when the measure says so', () => expect(readChange(change)).toBe('better'))
  it('the same fall is worse where higher is better', () => expect(readChange({ ...change, direction: 'higher' })).toBe('worse'))
  it('an interval over nought is never called better or worse', () =>
    expect(readChange({ ...change, low: shown(-1.9), high: shown(0.7) })).toBe('unclear'))
  it('a hidden change is neither', () => expect(readChange({ ...change, meanChange: few, low: few, high: few })).toBe('hidden'))
})

describe('parts of measures', () => {
  it('stand apart where there is a total, and for themselves where there is none', () => {
    const [total, part, warmth] = [change, { ...change, scale: 'somatic' }, { ...change, measure: 'mors-sf', scale: 'warmth' }]
    expect(splitMeasures([total, part, warmth])).toEqual({ wholes: [total, warmth], parts: [part] })
  })
})

it('a published threshold is told as it was published, not as a round number', () => {
  expect([2.45, 6, 2.77].map(sayThreshold)).toEqual(['2.45', '6', '2.77'])
})

describe('the rows of the chart', () => {
  it('a change is drawn over the whole range of its measure, with its interval', () => {
    expect(toChangeRow(change)).toEqual({
      label: 'PHQ-9',
      n: 90,
      before: 14.2,
      after: 9.8,
      change: -4.4,
      changeLow: -5.6,
      changeHigh: -3.2,
      min: 0,
      max: 27,
      direction: 'lower',
    })
  })
  it('a hidden average is drawn as its reason, never as a number', () => {
    expect(toChangeRow({ ...change, meanAfter: few })).toEqual({ label: 'PHQ-9', hidden: few.because })
  })
})

describe('the report as a table to take away', () => {
  it('a cell that looks like a formula cannot run', () => {
    expect(toCsv([['=1+1', -3, '-3', 'a "b", c', 'line\nbreak']])).toBe('\uFEFF\'=1+1,-3,\'-3,"a ""b"", c","line\nbreak"\r\n')
  })
  it('shown figures are numbers, hidden ones are blank with their reason, and the cautions go along', () => {
    const report: Report = {
      ...plainReport,
      scope: 'national',
      title: 'All services',
      clients: shown(150),
      sessions: shown(420),
      complete: shown(120),
      incomplete: shown(30),
      completion: { hidden: false, value: 80, low: 73, high: 86 },
      practitioners: { active: 12, trained: 11 },
      support: [{ choice: 'camhs', label: 'CAMHS', labels: {}, count: few }],
      ageGroups: [{ ageGroup: '0-2', count: shown(60) }],
      measures: [change],
      operator: 'Northern Trust',
      caveats: ['There is no control group.'],
    }
    const lines = reportCsv(report).replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(lines[0]).toBe('section,item,figure,value,hidden because,note')
    expect(lines).toContain('about,All services,operated by,Northern Trust,,')
    expect(lines).toContain('people,all,clients,150,,')
    expect(lines).toContain('other support,CAMHS,clients,,Fewer than 10 people have both scores.,')
    expect(lines).toContain('change,PHQ-9,mean change,-4.4,,lower is better')
    expect(lines).toContain('change,PHQ-9,worse,,Fewer than 10 people have both scores.,real change from 6 points: NHS Talking Therapies manual')
    expect(lines).toContain('change,PHQ-9,"followed up, 95% interval low",67,,')
    expect(lines).toContain('change,PHQ-9,mean change if nobody else had changed,-3.3,,')
    expect(lines.at(-1)).toBe('read this,There is no control group.,,,,')
    expect(new Set(lines.map((text) => text.replaceAll(/"[^"]*"/g, '').split(',').length))).toEqual(new Set([6]))
  })
})
