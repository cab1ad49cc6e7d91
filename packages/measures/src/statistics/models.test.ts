import { describe, expect, it } from 'vitest'
import { ancova, metaAnalysis, randomIntercept } from '../index.ts'

// Twelve people at three times; reference values from lme4 1.1.31 (bobyqa), tolerance 1e-5.
const values = [
  21, 18, 17, 24, 17, 25, 25, 22, 16, 17, 16, 18, 25, 18, 18, 19, 19, 13, 16, 13, 14, 17, 21, 17, 14, 17, 18, 19, 20, 15, 21, 15, 18, 20, 24, 15,
]
const rows = values.map((value, i) => ({ person: Math.floor(i / 3), time: i % 3, value }))

function expectClose(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)))
}

describe('random intercept', () => {
  it('meets lme4 with time as a line, as steps, and by maximum likelihood', () => {
    const [line, steps, ml] = [randomIntercept(rows), randomIntercept(rows, 'factor'), randomIntercept(rows, 'linear', 'ML')]
    const found = [
      line?.coefficients[1]?.estimate,
      line?.coefficients[1]?.se,
      line?.tau2,
      line?.sigma2,
      line?.deviance,
      steps?.coefficients[2]?.estimate,
      steps?.tau2,
      ml?.tau2,
      ml?.deviance,
    ]
    const expected = [
      -1.41666666666667,
      0.595626165899621,
      1.72412537725472,
      8.51449270810279,
      181.290902794377,
      -2.83333333333334,
      1.59595959419136,
      1.46219145263979,
      2 * 91.4488617565328,
    ]
    expected.forEach((value, i) => expectClose(found[i], value, 1e-5))
  })

  it('no difference between people is an answer (tau2 = 0), not a failure', () => {
    const flat = [10, 14, 12, 14, 10, 12, 12, 10, 14, 10, 12, 14].map((value, i) => ({ person: Math.floor(i / 3), time: i % 3, value }))
    const model = randomIntercept(flat)
    expect(model?.tau2).toBe(0)
    expect(model?.icc).toBe(0)
  })

  it('adding a constant moves the intercept and nothing else', () => {
    const [one, moved] = [randomIntercept(rows), randomIntercept(rows.map((row) => ({ ...row, value: row.value + 1000 })))]
    expectClose(moved?.coefficients[0]?.estimate, (one?.coefficients[0]?.estimate ?? 0) + 1000, 1e-10)
    expectClose(moved?.tau2, one?.tau2 ?? 0, 1e-6)
  })

  it('too little to go on gives no model', () => {
    expect(randomIntercept([])).toBeUndefined()
    expect(randomIntercept(rows.filter((row) => row.time === 0))).toBeUndefined()
  })
})

describe('two groups', () => {
  const group = Array.from({ length: 16 }, (_, i) => (i % 2) as 0 | 1)
  const before = [17, 19, 14, 28, 15, 22, 22, 16, 23, 19, 24, 23, 18, 15, 15, 21]
  const after = [12, 17, 12, 19, 14, 18, 23, 17, 24, 10, 16, 28, 12, 2, 13, 15]

  it('analysis of covariance and of change scores meet R', () => {
    const result = ancova(group, before, after)
    const found = [
      result?.adjusted.effect,
      result?.adjusted.se,
      result?.adjusted.p,
      result?.adjusted.slopeBefore,
      result?.changeScore.effect,
      result?.changeScore.se,
      result?.changeScore.p,
    ]
    const expected = [-1.9473898858075, 2.54356906502447, 0.457582400196397, 1.03860793909734, -1.875, 2.3806324189773, 0.444058059672125]
    expected.forEach((value, i) => expectClose(found[i], value, 1e-9))
    expect(result?.adjusted.df).toBe(13)
  })

  it('one group only, or nothing to adjust for, gives no answer', () => {
    expect(
      ancova(
        group.map(() => 0 as const),
        before,
        after,
      ),
    ).toBeUndefined()
    expect(
      ancova(
        group,
        before.map(() => 9),
        after,
      ),
    ).toBeUndefined()
  })
})

describe('services pooled', () => {
  it('fixed and random effects meet R', () => {
    const result = metaAnalysis(
      [
        [-4.2, 0.8],
        [-3.1, 1.2],
        [-5.6, 2.5],
        [-0.8, 0.6],
        [-2.9, 1.9],
      ].map(([estimate, variance]) => ({ estimate: estimate ?? 0, variance: variance ?? 1 })),
    )
    const found = [result?.fixed, result?.q, result?.pQ, result?.i2, result?.tau2, result?.random, result?.randomSe, result?.hksjSe]
    const expected = [
      -2.76563496529732, 12.3274073031951, 0.0150756181145381, 0.675519766515443, 2.37503744984396, -3.12875244203848, 0.854405307471409,
      0.793435331804953,
    ]
    expected.forEach((value, i) => expectClose(found[i], value ?? 0, 1e-9))
  })

  it('services that agree more than chance allows do not shrink the interval', () => {
    const result = metaAnalysis([0.3, 0.31, 0.29, 0.3].map((estimate) => ({ estimate, variance: 0.03 })))
    expect(result?.hksjSe).toBeLessThan(result?.randomSe ?? 0)
    expect((result?.ciHigh ?? 0) - (result?.random ?? 0)).toBeGreaterThan(1.96 * (result?.randomSe ?? 1))
  })

  it('a single service is passed through without an interval between services', () => {
    expect(metaAnalysis([{ estimate: 1.2, variance: 0.2 }])).toMatchObject({ random: 1.2, tau2: 0, pQ: null, ciLow: null })
    expect(metaAnalysis([])).toBeUndefined()
  })
})
