// Runs the statistics of packages/measures against an oracle file made with R (base R and lme4) and prints `N passed, N failed`.
// The file is not part of this repository: pass its path, or keep it at ../shared/data/stats-oracle.json. Without it the run is skipped;
// a compact set of the same reference values is in the unit tests.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as measures from '@attune/measures'

// The oracle has one shape per section; a value that is not where it is looked for fails its comparison.
type Row = Record<string, ReturnType<typeof JSON.parse>>

const file = process.argv[2] ?? fileURLToPath(new URL('../../shared/data/stats-oracle.json', import.meta.url))
if (!existsSync(file)) {
  console.log(`skipped: there is no oracle file at ${process.argv[2] ?? '../shared/data/stats-oracle.json'}; pass its path to run it`)
  console.log('0 passed, 0 failed')
  process.exit(0)
}

const oracle = JSON.parse(readFileSync(file, 'utf8')) as Row
const tolerances = {
  default: oracle.meta.tolerance.default as number,
  dz: oracle.meta.tolerance.dzCi as number,
  model: oracle.meta.tolerance.lmm as number,
  offset: 1e-6,
}
let [passed, failed, compared] = [0, 0, 0]

/** Every value that the oracle states must be met; what it leaves out is not compared. */
function differences(path: string, expected: unknown, actual: unknown, tolerance: number): string[] {
  if (Array.isArray(expected)) {
    const list = Array.isArray(actual) ? actual : []
    if (list.length !== expected.length) return [`${path}: expected ${expected.length} values, got ${list.length}`]
    return expected.flatMap((value, i) => differences(`${path}[${i}]`, value, list[i], tolerance))
  }
  if (expected !== null && typeof expected === 'object') {
    return Object.entries(expected).flatMap(([key, value]) => differences(`${path}.${key}`, value, (actual as Row | null)?.[key], tolerance))
  }
  compared += 1
  const allowed = /dzCi/.test(path) ? Math.max(tolerance, tolerances.dz) : tolerance
  const isClose =
    typeof expected === 'number' &&
    typeof actual === 'number' &&
    Math.abs(expected - actual) <= allowed * Math.abs(expected) + 1e-14 + (allowed > 1e-9 ? allowed : 0)
  return isClose || expected === actual ? [] : [`${path}: expected ${String(expected)}, got ${String(actual)}`]
}

function check(name: string, expected: unknown, actual: unknown, tolerance = tolerances.default): void {
  const found = differences('', expected, actual, tolerance)
  if (found.length === 0) passed += 1
  else {
    failed += 1
    console.log(`failed: ${name}\n  ${found.slice(0, 8).join('\n  ')}`)
  }
}

const limits = (interval: measures.Interval | null) => (interval === null ? [null, null] : [interval.low, interval.high])

function toChange(change: measures.PairedChange): Row {
  const { effect } = change
  return {
    desc: { meanPre: change.meanBefore, meanPost: change.meanAfter, sdPre: change.sdBefore, sdPost: change.sdAfter, correlation: change.correlation },
    change: {
      meanDiff: change.meanChange,
      improvement: change.improvement,
      sdDiff: change.sdChange,
      seDiff: change.seChange,
      df: change.df,
      t: change.t,
      p: change.p,
      ciLow: change.ciLow,
      ciHigh: change.ciHigh,
    },
    effect: { ...effect, srm: effect.dz, dpreSeBecker: effect.dpreSe },
  }
}

function toMcnemar(result: measures.McNemar): Row {
  return { ...result, b: result.left, c: result.entered }
}

function checkPaired(test: Row): void {
  const { params, expected } = test
  const { direction } = params
  const complete = (test.pre as (number | null)[]).flatMap((x, i) =>
    x === null || (test.post[i] ?? null) === null ? [] : [[x, test.post[i]] as const],
  )
  const [x, y] = [complete.map(([first]) => first), complete.map(([, last]) => last)]
  const change = measures.pairedChange(test.pre, test.post, { direction })
  const diffs = measures.countChanges(x, y)
  const lost = measures.attrition(test.pre, test.post)
  const actual: Row = { ...toChange(change), flags: [...change.flags], wilcoxon: measures.wilcoxon(diffs), signTest: measures.signTest(diffs) }
  const median = (values: readonly number[]) => measures.countedMedian(measures.countValues(values))
  Object.assign(actual.desc, { medianPre: median(x), medianPost: median(y), medianDiff: measures.countedMedian(diffs) })
  actual.attrition = {
    nRows: lost.nRows,
    nPre: lost.nBefore,
    nPost: lost.nAfter,
    nPaired: lost.nPaired,
    nPreOnly: lost.nBeforeOnly,
    nPostOnly: lost.nAfterOnly,
    nNeither: lost.nNeither,
    followUpRate: lost.followUpRate,
    followUpWilson: limits(lost.followUpInterval),
    baselineMeanAll: lost.meanBeforeAll,
    baselineMeanLost: lost.meanBeforeLost,
    baselineSdLost: lost.sdBeforeLost,
    bocfMeanDiff: lost.changeIfLostUnchanged,
    lostVsKept: lost.lostVersusKept ?? { t: null, df: null, p: null, smd: null },
  }
  const sdUsed = params.rciSd ?? change.sdBefore
  actual.reliableChange = null
  if (params.reliability !== undefined && sdUsed !== null && x.length > 0) actual.reliableChange = toReliable(x, y, sdUsed, params)
  actual.minChange = null
  if (params.minChange !== undefined && x.length > 0) {
    const { counts } = measures.clinicalChange(x, y, { direction, threshold: params.minChange, rule: 'at-least' })
    actual.minChange = {
      rule: 'inclusive >=',
      minChange: params.minChange,
      improved: counts.improved,
      noChange: counts.unchanged,
      deteriorated: counts.deteriorated,
    }
  }
  const { sums: _sums, ...rest } = expected
  const stated = { ...rest, wilcoxon: { ...rest.wilcoxon } }
  delete stated.wilcoxon.exactMethod
  check(`paired ${test.id}`, stated, actual, String(test.id).startsWith('offset') ? tolerances.offset : tolerances.default)
  checkSums(test, x, y, direction)
}

function toReliable(x: readonly number[], y: readonly number[], sd: number, params: Row): Row {
  const index = measures.reliableChangeIndex(sd, params.reliability)
  const rule = { direction: params.direction, threshold: index.threshold, rule: 'more-than' as const }
  const result = measures.clinicalChange(x, y, params.cutoff === undefined ? rule : { ...rule, cutoff: params.cutoff })
  const cases = result.caseness
  return {
    rciSdUsed: sd,
    sem: index.sem,
    sDiff: index.sDiff,
    threshold95: index.threshold,
    threshold90: measures.reliableChangeIndex(sd, params.reliability, 0.9).threshold,
    rci: y.map((last, i) => (index.sDiff > 0 ? (last - (x[i] ?? 0)) / index.sDiff : null)),
    category: result.categories,
    counts: result.counts,
    reliablyImproved: result.reliablyImproved,
    reliablyImprovedProp: result.reliablyImproved / x.length,
    reliablyImprovedWilson: limits(measures.wilsonInterval(result.reliablyImproved, x.length)),
    crossedNotReliable: cases?.crossedNotReliable ?? null,
    caseness:
      cases === null
        ? undefined
        : {
            preCases: cases.casesBefore,
            postCases: cases.casesAfter,
            reliableRecoveryDenominator: cases.casesBefore,
            reliableRecoveryRate: cases.recoveryRate,
            mcnemar: toMcnemar(cases.mcnemar),
          },
  }
}

// The same case once more from six sums: scores are scaled to whole numbers first, as they are stored.
function checkSums(test: Row, x: readonly number[], y: readonly number[], direction: measures.Direction): void {
  const factor = [1, 10, 100, 1000, 10_000, 1_000_000].find((f) => [...x, ...y].every((value) => Math.round(value * f) / f === value))
  const largest = Math.max(0, ...x.map(Math.abs), ...y.map(Math.abs))
  if (factor === undefined || (largest * factor) ** 2 * x.length > Number.MAX_SAFE_INTEGER) return
  const scaled = (values: readonly number[]) => values.map((value) => Math.round(value * factor))
  const before = scaled(x)
  const sums = measures.sumPairs(scaled(y).map((last, i) => [before[i] ?? 0, last] as const))
  const { desc, change, effect } = test.expected
  const { medianPre: _pre, medianPost: _post, medianDiff: _diff, ...moments } = desc
  const tolerance = String(test.id).startsWith('offset') ? tolerances.offset : tolerances.default
  check(
    `paired ${test.id}, from sums`,
    { desc: moments, change, effect },
    toChange(measures.toPairedChange(sums, { scoreFactor: factor, direction })),
    tolerance,
  )
}

for (const test of oracle.paired as Row[]) checkPaired(test)

const { merge } = oracle
const merged = (merge.services as measures.ChangeSums[]).reduce(
  (sum, service) => measures.mergeSums(sum, { ...service, histogram: {} }),
  measures.emptySums,
)
check('merged services: sums', merge.total, merged)
check('merged services: change', merge.expected, toChange(measures.toPairedChange(merged, { scoreFactor: 1, direction: 'lower' })))
const histogram = (merge.diffHistogram.values as number[]).map((value, i) => [value, merge.diffHistogram.counts[i]] as const)
const { exactMethod: _method, ...histogramTest } = merge.diffHistogram.wilcoxon
check(
  'merged services: histogram',
  [histogramTest, merge.diffHistogram.medianDiff],
  [measures.wilcoxon(histogram), measures.countedMedian(histogram)],
)

for (const test of oracle.cutoffs as Row[]) {
  check(
    'cut-offs',
    { a: test.a, b: test.b, c: test.c },
    measures.clinicalCutoffs({ mean: test.clinicalMean, sd: test.clinicalSd }, { mean: test.normMean, sd: test.normSd }),
  )
}
for (const test of oracle.rci as Row[]) {
  const at = (confidence: number) => measures.reliableChangeIndex(test.sd, test.reliability, confidence)
  check('reliable change index', test, { ...test, ...at(0.95), rc95: at(0.95).threshold, rc90: at(0.9).threshold, rc80: at(0.8).threshold })
}
for (const test of oracle.proportions as Row[]) {
  const [wilson, exact] = [limits(measures.wilsonInterval(test.x, test.n)), limits(measures.exactInterval(test.x, test.n))]
  check(`proportion ${test.x}/${test.n}`, test, { ...test, wilsonLow: wilson[0], wilsonHigh: wilson[1], clopperLow: exact[0], clopperHigh: exact[1] })
}
for (const test of oracle.mcnemar as Row[]) check(`McNemar ${test.b}, ${test.c}`, test, toMcnemar(measures.mcnemar(test.b, test.c)))
for (const test of oracle.prorate as Row[]) {
  const sum = measures.prorate(test.items, test.minValid)
  check(`prorate: ${test.rule}`, test.expected, sum !== null && String(test.rule).startsWith('SDQ') ? measures.roundHalfUp(sum) : sum)
}
for (const test of oracle.alpha as Row[]) check('alpha', { nComplete: test.nComplete, alpha: test.alpha }, measures.cronbachAlpha(test.items))
for (const test of oracle.ancova as Row[]) {
  const result = measures.ancova(test.group, test.pre, test.post)
  check(
    'ANCOVA',
    { ancova: test.ancova, changeScore: test.changeScore },
    { ancova: { ...result?.adjusted, slopePre: result?.adjusted.slopeBefore }, changeScore: result?.changeScore },
  )
}
for (const test of oracle.mixedModel as Row[]) {
  const rows = (test.data.id as number[]).map((person, i) => ({ person, time: test.data.time[i] as number, value: test.data.y[i] as number }))
  for (const [name, time, method] of [
    ['linear', 'linear', 'REML'],
    ['factor', 'factor', 'REML'],
    ['linearML', 'linear', 'ML'],
  ] as const) {
    const model = measures.randomIntercept(rows, time, method)
    const actual =
      model === undefined
        ? undefined
        : {
            fixef: model.coefficients.map((one) => one.estimate),
            se: model.coefficients.map((one) => one.se),
            tau2: model.tau2,
            sigma2: model.sigma2,
            theta: Math.sqrt(model.tau2 / model.sigma2),
            remlCriterion: model.deviance,
            logLik: -model.deviance / 2,
            icc: model.icc,
          }
    check(`mixed model ${test.id} ${name}`, test[name], actual, tolerances.model)
  }
}
for (const test of oracle.metaAnalysis as Row[]) {
  const result = measures.metaAnalysis((test.y as number[]).map((estimate, i) => ({ estimate, variance: test.v[i] as number })))
  check('meta-analysis', test, { ...test, ...result, Q: result?.q, I2: result?.i2, tau2DL: result?.tau2 })
}
const funnel = oracle.funnel.proportions
const spread = measures.overdispersion((funnel.x as number[]).map((x, i) => ({ x, n: funnel.n[i] as number })))
check('funnel of proportions', funnel, {
  ...funnel,
  target: spread.target,
  z: spread.z,
  phiWinsorised10: spread.phi,
  overdispersed: spread.isOverdispersed,
  limits95: (funnel.n as number[]).map((n) => limits(measures.funnelLimits(spread.target, n))),
  limits998: (funnel.n as number[]).map((n) => limits(measures.funnelLimits(spread.target, n, 0.998))),
  exact95: (funnel.n as number[]).map((n) => limits(measures.exactFunnelLimits(spread.target, n))),
})
const { means } = oracle.funnel
check(
  'funnel of means',
  means.limits95,
  (means.n as number[]).map((n) => limits(measures.meanFunnelLimits(means.mu0, means.sigma, n))),
)
const { xmr, pChart } = oracle.spc
const individuals = measures.individualsChart(xmr.values)
check('XmR chart', xmr, {
  ...xmr,
  ...individuals,
  mrBar: individuals?.meanRange,
  ucl: individuals?.upper,
  lcl: individuals?.lower,
  urlMr: individuals?.rangeUpper,
  runLength: individuals?.runs,
})
const chart = measures.proportionChart((pChart.x as number[]).map((x, i) => ({ x, n: pChart.n[i] as number })))
check('p chart', pChart, {
  ...pChart,
  pBar: chart?.centre,
  laneySigmaZ: chart?.laneySigma,
  ucl: chart?.limits.map((limit) => limit.upper),
  lcl: chart?.limits.map((limit) => limit.lower),
  uclLaney: chart?.laneyLimits.map((limit) => limit.upper),
  lclLaney: chart?.laneyLimits.map((limit) => limit.lower),
})
const rules: measures.DisclosureRules = { ...measures.defaultDisclosureRules, hideUpTo: 4, zeros: 'show', totals: 'rounded' }
const toValue = (cell: measures.Cell | undefined) => (cell?.shown === true ? cell.value : null)
for (const test of oracle.disclosure.cases as Row[]) {
  const { cells, total } = measures.suppressCounts(test.counts, rules)
  check(`disclosure ${JSON.stringify(test.counts)}`, test.expected, {
    ...Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, toValue(cell)])),
    total: toValue(total),
  })
}
for (const test of oracle.disclosure.round5 as Row[]) {
  check(`rounding ${test.x}`, test.y, toValue(measures.suppressCount(test.x, { ...rules, hideUpTo: 0 })))
}

console.log(`${compared} values compared with ${oracle.meta.R}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
