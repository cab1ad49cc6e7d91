// The sheets of a KoboToolbox workbook put together again: the first has a row for each record, every other one the rows of a repeat, which say
// by `_parent_table_name` and `_parent_index` whose they are. https://github.com/kobotoolbox/formpack (reporting/export.py)
import type { SourceRow } from './source.ts'

export type Table = { readonly name: string; readonly keys: readonly string[]; readonly rows: readonly SourceRow[] }
type OpenRow = { [key: string]: string | readonly SourceRow[] }

/** Records with the rows of their repeats inside, and in words what belongs to none of them. Linear in the number of rows. */
export function joinRepeats(tables: readonly Table[]): { readonly rows: readonly SourceRow[]; readonly leftOut: readonly string[] } {
  const [first, ...others] = tables.map(({ name, keys, rows }) => {
    const open = rows.map((row): OpenRow => ({ ...row }))
    return { name, keys, rows: open, byIndex: new Map(open.map((row) => [toIndex(row['_index']) ?? -1, row])) }
  })
  if (first === undefined) return { rows: [], leftOut: [] }
  const leftOut: string[] = []
  for (const { name, keys, rows } of others) {
    if (!keys.includes('_parent_index')) {
      leftOut.push(`the sheet "${name}"`)
      continue
    }
    let lost = 0
    for (const row of rows) {
      const above = typeof row['_parent_table_name'] === 'string' ? row['_parent_table_name'] : ''
      const table = others.find((other) => isSheetOf(other.name, above)) ?? first
      const parent = table.byIndex.get(toIndex(row['_parent_index']) ?? Number.NaN)
      if (parent === undefined) lost++
      else parent[name] = [...((parent[name] ?? []) as readonly SourceRow[]), row]
    }
    if (lost > 0) leftOut.push(`of the sheet "${name}", rows that are of no record: ${lost}`)
  }
  return { rows: first.rows, leftOut }
}

/**
 * The tables of ODK Central's zip file put together again: each row is known by its `KEY`, and a row of a repeat says by `PARENT_KEY` whose it is.
 * Linear in the number of rows. https://docs.getodk.org/central-submissions/#downloading-submissions-as-csv
 */
export function joinByKeys([records, ...repeats]: readonly [Table, ...Table[]]): {
  readonly rows: readonly SourceRow[]
  readonly leftOut: readonly string[]
} {
  type Open = { [key: string]: string | SourceRow[] | readonly SourceRow[] }
  const byKey = new Map<string, Open>()
  const toOpen = (row: SourceRow): { readonly row: Open; readonly above: SourceRow[string] } => {
    const { KEY: key, PARENT_KEY: above, ...answers } = row
    const open: Open = Object.fromEntries(Object.entries(answers).filter(([name]) => !/(?:^|-)SET-OF-/.test(name)))
    if (typeof key === 'string') byKey.set(key, open)
    return { row: open, above: above ?? '' }
  }
  const rows = records.rows.map((row) => ({ ...toOpen(row).row, ...(row['KEY'] !== undefined && { KEY: row['KEY'] }) }))
  rows.forEach((row) => typeof row['KEY'] === 'string' && byKey.set(row['KEY'], row))
  const leftOut = repeats
    .map(({ name, rows: below }) => ({ name, below: below.map(toOpen) }))
    .flatMap(({ name, below }) => {
      let lost = 0
      for (const { row, above } of below) {
        const parent = typeof above === 'string' ? byKey.get(above) : undefined
        if (parent === undefined) lost++
        else ((parent[name] ??= []) as SourceRow[]).push(row as SourceRow)
      }
      return lost === 0 ? [] : [`of the file for "${name}", rows that are of no record: ${lost}`]
    })
  return { rows: rows as readonly SourceRow[], leftOut }
}

// Spreadsheet programs write whole numbers with a point. A row without a number is of nobody.
const toIndex = (value: OpenRow[string] | undefined): number | undefined =>
  typeof value === 'string' && /^\d+(?:\.0+)?$/.test(value) ? Number(value) : undefined

/** A sheet's name is no longer than 31 signs: a longer one ends in dots, with a number when there are two such. */
export function isSheetOf(sheet: string, repeat: string): boolean {
  const start = /^(.+)\.\.\.(?: \(\d+\))?$/.exec(sheet)?.[1]
  return repeat !== '' && (sheet === repeat || (start !== undefined && repeat.startsWith(start)))
}
