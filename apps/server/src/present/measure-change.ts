// One score of a report: averages, the share followed up, who changed for real. Hidden cells say why.
import type { CountCell, MeasureChange, NumberCell, ShareCell } from '@attune/contract'
import {
  findReliableChange,
  reliableCounts,
  suppressChange,
  suppressCount,
  suppressCounts,
  toPairedChange,
  wilsonInterval,
  type Cell,
  type ChangeSums,
  type DisclosureRules,
  type Scale,
  type Score,
} from '@attune/measures'

/** Released sums by "measure/scale pair"; `withheld` by the same name. */
export type ChangeSource = {
  readonly changes: Readonly<Record<string, readonly [number, number, number, number, number, number]>>
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly withheld: Readonly<Record<string, string>>
}

const effectName = 'd pre (Becker 1988), Hedges corrected'
const hide = (because: string) => ({ hidden: true as const, because })

export function presentMeasure(
  scale: Scale,
  score: Score,
  source: ChangeSource,
  pair: 'before-during' | 'before-after',
  { rules, reportable }: { readonly rules: DisclosureRules; readonly reportable: number },
): MeasureChange | undefined {
  const { direction } = score
  if (direction === 'none') return undefined
  const name = (of: string) => `${scale.id}/${score.id} ${of}`
  const sumsOf = (of: string): ChangeSums => {
    const [n, sx, sy, sxx, syy, sxy] = source.changes[name(of)] ?? [0, 0, 0, 0, 0, 0]
    return { n, sx, sy, sxx, syy, sxy, histogram: source.counts[name(of)] ?? {} }
  }
  const whyNot = (of: string) => source.withheld[name(of)]
  const before = sumsOf('before')
  if (before.n === 0 && whyNot('before') === undefined) return undefined
  const sums = sumsOf(pair)
  const hidden = whyNot(pair)
  const shown = hidden === undefined ? suppressChange(toPairedChange(sums, score), rules, score) : { shown: false as const, because: hidden }
  const number = (pick: (change: Extract<typeof shown, { shown: true }>['change']) => number | null): NumberCell => {
    if (!shown.shown) return hide(shown.because)
    const value = pick(shown.change)
    return value === null ? hide('This could not be worked out from these numbers.') : { hidden: false, value }
  }
  const count = (of: string, n: number) => (whyNot(of) === undefined ? toCount(suppressCount(n, rules)) : hide(whyNot(of) ?? ''))
  // A fact from memory is never used for a figure: no threshold rather than a doubtful one.
  const threshold = findReliableChange(score)
  const reliable = threshold && reliableCounts(sums.histogram, threshold.points * score.scoreFactor, direction, threshold.rule)
  const parts = reliable && suppressCounts({ improved: reliable.improved, unchanged: reliable.unchanged, worse: reliable.worse }, rules)
  const reliableCell = (part: string): CountCell => {
    if (hidden !== undefined) return hide(hidden)
    const cell = parts?.cells[part]
    return cell === undefined ? hide('No published threshold says how many points are a real change.') : toCount(cell)
  }
  return {
    measure: scale.id,
    scale: score.id,
    label: score.id === 'total' ? scale.name : `${scale.name}: ${score.name}`,
    direction,
    range: [score.min, score.max],
    nBefore: count('before', before.n),
    nPaired: count(pair, sums.n),
    meanBefore: number((change) => change.meanBefore),
    meanAfter: number((change) => change.meanAfter),
    meanChange: number((change) => change.meanChange),
    low: number((change) => change.ciLow),
    high: number((change) => change.ciHigh),
    // DCS-092: a claim about effectiveness needs a large sample.
    effect:
      shown.shown && sums.n < reportable
        ? hide(`Not reportable: fewer than ${reportable} people have both scores.`)
        : number((change) => change.gpre),
    effectName,
    ...presentFollowUp(before, sumsOf('kept'), whyNot('kept') ?? whyNot('before'), score, rules),
    improved: reliableCell('improved'),
    unchanged: reliableCell('unchanged'),
    worse: reliableCell('worse'),
    improvedShare:
      hidden === undefined && parts !== undefined && parts !== null
        ? toShare(parts.cells['improved']!, parts.total, sums.n - (reliable?.improved ?? 0), rules)
        : hide(reasonOf(reliableCell('improved'))),
    threshold: threshold === undefined ? null : { value: threshold.points, source: threshold.source },
  }
}

// Of those who began in the period, how many have a score after by now. Had all others not changed at all, the mean change would be the sum of
// changes over everybody (attrition.ts in packages/measures).
function presentFollowUp(
  before: ChangeSums,
  kept: ChangeSums,
  withheld: string | undefined,
  score: Score,
  rules: DisclosureRules,
): Pick<MeasureChange, 'followedUp' | 'ifLostUnchanged'> {
  if (withheld !== undefined) return { followedUp: hide(withheld), ifLostUnchanged: hide(withheld) }
  const split = suppressCounts({ kept: kept.n, lost: before.n - kept.n }, rules)
  const lost = before.n - kept.n
  const followedUp = toShare(split.cells['kept']!, split.total, lost, rules)
  // With fewer lost than that, the two means together would tell about those few.
  const mayTell = kept.n >= rules.meansFrom && (lost === 0 || lost >= rules.differBy)
  return {
    followedUp,
    ifLostUnchanged: mayTell
      ? { hidden: false, value: Number(((kept.sy - kept.sx) / score.scoreFactor / before.n).toFixed(rules.decimals)) + 0 }
      : hide(
          kept.n < rules.meansFrom
            ? `Fewer than ${rules.meansFrom} of those who began have a later score.`
            : `Fewer than ${rules.differBy} of those who began have no later score, so this would tell about those few.`,
        ),
  }
}

export function toCount(cell: Cell): CountCell {
  return cell.shown ? { hidden: false, value: cell.value } : hide(cell.because)
}

/**
 * A share of two counts that are shown; nothing finer than the rounded counts goes into it. Where the part is hidden only because the rest is
 * small, what follows from "small" is told: at least so many per cent.
 */
export function toShare(part: Cell, whole: Cell, rest: number, rules: DisclosureRules): ShareCell {
  if (!whole.shown) return hide(whole.because)
  if (!part.shown) {
    if (rest > rules.hideUpTo) return hide(part.because)
    const fewest = whole.value - rules.roundTo / 2
    const atLeast = Math.max(0, Math.floor(100 * (1 - rules.hideUpTo / fewest)))
    if (atLeast === 0) return hide(part.because)
    return { ...hide(`${rules.hideUpTo} people or fewer are the others, so the share is told as “at least”.`), atLeast }
  }
  const interval = wilsonInterval(Math.min(part.value, whole.value), whole.value)
  if (interval === null) return hide('There is nobody to take a share of.')
  const percent = (share: number) => Math.round(100 * share)
  return { hidden: false, value: percent(Math.min(1, part.value / whole.value)), low: percent(interval.low), high: percent(interval.high) }
}

function reasonOf(cell: CountCell): string {
  return cell.hidden ? cell.because : 'The total of these is hidden.'
}
