import { describe, expect, it } from 'vitest'
import { exactFunnelLimits, funnelLimits, individualsChart, meanFunnelLimits, overdispersion, proportionChart } from '../index.ts'

const services = [
  [12, 20],
  [30, 61],
  [8, 9],
  [55, 80],
  [3, 10],
  [41, 60],
  [22, 50],
].map(([x, n]) => ({ x: x ?? 0, n: n ?? 1 }))

describe('funnel limits', () => {
  it('target, spread beyond chance and limits meet R', () => {
    const spread = overdispersion(services)
    expect(spread.target).toBeCloseTo(0.589655172413793, 12)
    expect(spread.phi).toBeCloseTo(2.62489710130506, 10)
    expect(spread.isOverdispersed).toBe(true)
    expect(funnelLimits(spread.target, 20).low).toBeCloseTo(0.374076083988195, 12)
    expect(funnelLimits(spread.target, 9, 0.998).high).toBeCloseTo(1.09634643076506, 12)
    expect(exactFunnelLimits(spread.target, 9).low).toBeCloseTo(0.203566395114972, 10)
    expect(exactFunnelLimits(spread.target, 9).high).toBeCloseTo(0.855163234174126, 10)
    expect(meanFunnelLimits(-3.2, 5.1, 5).low).toBeCloseTo(-7.67026495694056, 12)
  })

  it('narrow as services grow', () => {
    const widths = [5, 20, 80, 320].map((n) => funnelLimits(0.5, n).high - funnelLimits(0.5, n).low)
    expect(widths.map((width) => Number((width / (widths[0] ?? 1)).toFixed(6)))).toEqual([1, 0.5, 0.25, 0.125])
  })
})

describe('control charts', () => {
  it('single values meet R, and the outlier and the runs are found', () => {
    const chart = individualsChart([12, 14, 11, 13, 15, 12, 10, 13, 16, 19, 21, 20, 22, 21, 23, 20, 22, 40])
    expect(chart?.centre).toBe(18)
    expect(chart?.upper).toBeCloseTo(26.4480600750939, 10)
    expect(chart?.rangeUpper).toBeCloseTo(10.3775294117647, 10)
    expect(chart?.outside).toEqual([17])
    expect(chart?.runs.slice(7, 11)).toEqual([8, 9, 1, 2])
    expect(individualsChart([4])).toBeUndefined()
  })

  it('a point on the centre line neither counts nor ends a run', () => {
    expect(individualsChart([1, 1, 2, 3, 3, 2])?.runs).toEqual([1, 2, 0, 1, 2, 0])
    expect(individualsChart([3, 2, 3, 1, 1])?.runs).toEqual([1, 0, 2, 1, 2])
  })

  it('proportions meet R, plain and widened by Laney', () => {
    const chart = proportionChart(
      [
        [12, 20],
        [9, 18],
        [15, 22],
        [8, 19],
        [22, 25],
        [11, 40],
      ].map(([x, n]) => ({ x: x ?? 0, n: n ?? 1 })),
    )
    expect(chart?.centre).toBeCloseTo(0.534722222222222, 12)
    expect(chart?.limits[5]?.upper).toBeCloseTo(0.771320473777235, 12)
    expect(chart?.laneySigma).toBeCloseTo(2.86251175000059, 10)
    expect(chart?.laneyLimits[0]).toEqual({ lower: 0, upper: 1 })
    expect(proportionChart([])).toBeUndefined()
  })

  it('a month in which nobody came leaves the limits of the others as they are', () => {
    const months = [
      { x: 12, n: 20 },
      { x: 9, n: 18 },
      { x: 15, n: 22 },
    ]
    const [plain, gap] = [proportionChart(months), proportionChart([...months.slice(0, 2), { x: 0, n: 0 }, ...months.slice(2)])]
    expect(gap).toEqual({
      ...plain,
      limits: [...plain!.limits.slice(0, 2), { lower: 0, upper: 1 }, ...plain!.limits.slice(2)],
      laneyLimits: [...plain!.laneyLimits.slice(0, 2), { lower: 0, upper: 1 }, ...plain!.laneyLimits.slice(2)],
    })
    expect(plain?.laneySigma).toBeGreaterThan(0)
  })

  it('where everybody counts, the limits are the centre itself', () => {
    expect(proportionChart([5, 8].map((n) => ({ x: n, n })))).toEqual({
      centre: 1,
      limits: [1, 1].map((at) => ({ lower: at, upper: at })),
      laneySigma: null,
      laneyLimits: [1, 1].map((at) => ({ lower: at, upper: at })),
    })
  })
})
