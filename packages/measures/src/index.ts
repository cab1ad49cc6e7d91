export {
  asTotals,
  confidences,
  directions,
  findBand,
  findReliableChange,
  findScore,
  itemTextRules,
  scaleEntries,
  toPoints,
  toScores,
} from './scale.ts'
export type {
  Band,
  BandTable,
  Caseness,
  Confidence,
  Direction,
  ItemTextRule,
  MissingRule,
  ReliableChange,
  RiskItem,
  ItemWords,
  Scale,
  ScaleEntry,
  ScaleItem,
  ScaleOption,
  Score,
} from './scale.ts'
export { parseScale } from './parse-scale.ts'
export type { ScaleIssue } from './parse-scale.ts'
export { isCase, scoreMeasure, scoreRefusals } from './score.ts'
export type { Answers, MeasureScore, ScoreRefusal } from './score.ts'
export { addPair, emptySums, mergeSums, reliableCounts, removePair, sumPairs, toPairedChange } from './sums.ts'
export type { ChangeSums, ReliableCounts } from './sums.ts'
export { defaultDisclosureRules, suppressChange, suppressCount, suppressCounts } from './suppress.ts'
export type { Cell, DisclosureRules, ShownChange, SuppressedChange, SuppressedCounts } from './suppress.ts'
export { outlookOfSample, type SampleOutlook } from './sample-outlook.ts'
export { maySlice } from './may-slice.ts'
export type { Slice, SliceDecision } from './may-slice.ts'
export { decideRelease, isInSlice } from './release-slice.ts'
export type { ComponentDecision, EarlierRelease, PopulationCell, ReleaseRules, SliceFilter } from './release-slice.ts'
export { changeFlags, changeFromMoments, pairedChange } from './statistics/paired-change.ts'
export type { ChangeFlag, ChangeOptions, PairedChange } from './statistics/paired-change.ts'
export type { EffectSizes } from './statistics/effect-size.ts'
export { dzInterval, effectSizes } from './statistics/effect-size.ts'
export { hedgesJ, hedgesJApproximate } from './statistics/hedges-j.ts'
export { clinicalCutoffs, reliableChangeIndex } from './statistics/reliable-change.ts'
export type { ClinicalCutoffs, ReliableChangeIndex } from './statistics/reliable-change.ts'
export { clinicalCategories, clinicalChange } from './statistics/clinical-change.ts'
export type { ClinicalCategory, ClinicalChange, ClinicalRule } from './statistics/clinical-change.ts'
export { personChange } from './statistics/person-change.ts'
export { signTest, wilcoxon } from './statistics/wilcoxon.ts'
export type { SignTest, Wilcoxon } from './statistics/wilcoxon.ts'
export { countChanges, countedMedian, countValues } from './statistics/median.ts'
export type { CountedValue } from './statistics/median.ts'
export { mcnemar } from './statistics/mcnemar.ts'
export type { McNemar } from './statistics/mcnemar.ts'
export { exactInterval, wilsonInterval } from './statistics/proportion.ts'
export type { Interval } from './statistics/proportion.ts'
export { attrition, followUp } from './statistics/attrition.ts'
export type { Attrition } from './statistics/attrition.ts'
export { welch } from './statistics/welch.ts'
export type { Welch } from './statistics/welch.ts'
export { prorate, roundHalfUp } from './statistics/prorate.ts'
export { randomIntercept } from './statistics/random-intercept.ts'
export type { Observation, RandomIntercept } from './statistics/random-intercept.ts'
export { ancova } from './statistics/ancova.ts'
export type { Ancova, GroupEffect } from './statistics/ancova.ts'
export { metaAnalysis } from './statistics/meta-analysis.ts'
export type { MetaAnalysis } from './statistics/meta-analysis.ts'
export { exactFunnelLimits, funnelLimits, meanFunnelLimits, overdispersion } from './statistics/funnel.ts'
export type { Overdispersion } from './statistics/funnel.ts'
export { individualsChart, proportionChart } from './statistics/control-chart.ts'
export type { IndividualsChart, ProportionChart } from './statistics/control-chart.ts'
export { cronbachAlpha } from './statistics/cronbach-alpha.ts'
export type { CronbachAlpha } from './statistics/cronbach-alpha.ts'
export { makePairs } from './synthetic-pairs.ts'
export type { ReleasedPairs, ScoredPair } from './synthetic-pairs.ts'
export { withItemPack, withoutItemWords } from './item-pack.ts'
export { findStanding, parseItemLicence } from './item-licence.ts'
export type { ItemLicence, LicenceStanding } from './item-licence.ts'
export { toComparablePair } from './comparable-pair.ts'
export type { ScorePair } from './comparable-pair.ts'
