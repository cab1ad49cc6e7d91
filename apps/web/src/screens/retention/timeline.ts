// The months ahead as columns: one lane per kind of event, all lanes to one scale.
import type { ForesightView } from '@attune/contract'
import { foreseenKinds, type ForeseenKind } from '@attune/policy'

export type Lane = {
  readonly kind: ForeseenKind
  readonly columns: readonly { readonly month: string; readonly records: number; readonly height: number }[]
}

/** Every month from the first on, also those in which nothing happens. */
export function monthsFrom(from: string, count: number): string[] {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1]
  return Array.from({ length: count }, (_, at) => {
    const place = year * 12 + month + at
    return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`
  })
}

/** Lanes of columns; `height` is a share of the highest, and what is there at all stays visible. */
export function toLanes({ from, foreseen }: Pick<ForesightView, 'from' | 'foreseen'>, count: number): Lane[] {
  const months = monthsFrom(from, count)
  const most = Math.max(1, ...foreseen.map((one) => one.records))
  return foreseenKinds.map((kind) => ({
    kind,
    columns: months.map((month) => {
      const records = foreseen.find((one) => one.kind === kind && one.month === month)?.records ?? 0
      return { month, records, height: records === 0 ? 0 : Math.max(0.06, records / most) }
    }),
  }))
}

export type Standing = { readonly warned: number; readonly gone: number; readonly blanked: number; readonly mayGo: number }

/** How things stand at the end of one of the months: everything that happened from the first month until then, added up. */
export function toStanding(lanes: readonly Lane[], at: number): Standing {
  const until = (kind: ForeseenKind) =>
    (lanes.find((lane) => lane.kind === kind)?.columns ?? []).slice(0, at + 1).reduce((sum, column) => sum + column.records, 0)
  return { warned: until('warn'), gone: until('dispose'), blanked: until('blank'), mayGo: until('eligible') }
}

/** What a lane says in words: how many records in all, and the first month in which there are any. */
export function summariseLane({ columns }: Lane): { readonly records: number; readonly first: string | undefined } {
  return { records: columns.reduce((sum, column) => sum + column.records, 0), first: columns.find((column) => column.records > 0)?.month }
}

/** Where a year begins on the axis; one that is too short to be named is left out. */
export function toYears(months: readonly string[]): readonly { readonly at: number; readonly year: string }[] {
  const starts = months.flatMap((month, at) => (at === 0 || month.endsWith('-01') ? [{ at, year: month.slice(0, 4) }] : []))
  return starts.filter(({ at }, index) => (starts[index + 1]?.at ?? months.length) - at >= Math.max(2, months.length / 12))
}
