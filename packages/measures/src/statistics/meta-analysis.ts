// Services pooled: fixed effect by inverse variance; random effects after DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2;
// Hartung-Knapp-Sidik-Jonkman standard error (IntHout et al. 2014, doi 10.1186/1471-2288-14-25), which may come out too small when
// services agree more than chance allows, and is then not used below the DerSimonian-Laird one.
import { chiSquareTail } from '../distributions/chi-square.ts'
import { tQuantile } from '../distributions/student-t.ts'

export type MetaAnalysis = {
  readonly services: number
  readonly fixed: number
  readonly fixedSe: number
  readonly q: number
  readonly df: number
  readonly pQ: number | null
  readonly i2: number
  readonly tau2: number
  readonly random: number
  readonly randomSe: number
  readonly hksjSe: number | null
  /** The 95 % interval to report: t(k - 1) with the larger of both standard errors; null for a single service. */
  readonly ciLow: number | null
  readonly ciHigh: number | null
}

/** Pools one estimate with its sampling variance per service; undefined without any. */
export function metaAnalysis(estimates: readonly { readonly estimate: number; readonly variance: number }[]): MetaAnalysis | undefined {
  const services = estimates.length
  if (services === 0) return undefined
  const pool = (tau2: number) => {
    const weights = estimates.map(({ variance }) => 1 / (variance + tau2))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const mean = estimates.reduce((sum, { estimate }, i) => sum + (weights[i] ?? 0) * estimate, 0) / total
    const spread = estimates.reduce((sum, { estimate }, i) => sum + (weights[i] ?? 0) * (estimate - mean) ** 2, 0)
    return { mean, total, spread, squares: weights.reduce((sum, weight) => sum + weight * weight, 0) }
  }
  const fixed = pool(0)
  const df = services - 1
  const tau2 = df === 0 ? 0 : Math.max(0, (fixed.spread - df) / (fixed.total - fixed.squares / fixed.total))
  const random = pool(tau2)
  const randomSe = Math.sqrt(1 / random.total)
  const hksjSe = df === 0 ? null : Math.sqrt(random.spread / df / random.total)
  const reach = hksjSe === null ? null : tQuantile(0.975, df) * Math.max(hksjSe, randomSe)
  return {
    services,
    fixed: fixed.mean,
    fixedSe: Math.sqrt(1 / fixed.total),
    q: fixed.spread,
    df,
    pQ: df === 0 ? null : chiSquareTail(fixed.spread, df),
    i2: df > 0 && fixed.spread > 0 ? Math.max(0, (fixed.spread - df) / fixed.spread) : 0,
    tau2,
    random: random.mean,
    randomSe,
    hksjSe,
    ciLow: reach === null ? null : random.mean - reach,
    ciHigh: reach === null ? null : random.mean + reach,
  }
}
