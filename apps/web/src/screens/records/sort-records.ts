// Sorting by one column. Blank cells stay at the end in both directions; equal cells keep the newest session first.
import type { RecordRow } from '@attune/contract'

export type SortKey =
  'code' | 'sessionOn' | 'sessionNo' | 'timePoint' | 'sessionMode' | 'ageGroup' | 'practitioner' | 'receivedAt' | `score:${string}`
export type SortOrder = { readonly key: SortKey; readonly down: boolean }

export const newestFirst: SortOrder = { key: 'sessionOn', down: true }

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' })
// Steps of an intervention in the order in which they happen; the alphabet would put "after" before "before".
const timePointOrder = ['before', 'during', 'after', 'follow-up']
const ageOrder = ['pre-birth', '0-2', '2-4', '5-11', '11-18']

const isInstant = /^\d{4}-\d{2}-\d{2}/

type Cell = string | number | null

function place(list: readonly string[], word: string): Cell {
  const index = list.indexOf(word)
  return index === -1 ? word : index
}

function cellOf(record: RecordRow, key: SortKey, practitionerNames: ReadonlyMap<string, string>): Cell {
  if (key.startsWith('score:')) return record.scores[key.slice('score:'.length)] ?? null
  switch (key as Exclude<SortKey, `score:${string}`>) {
    case 'timePoint':
      return place(timePointOrder, record.timePoint)
    case 'ageGroup':
      return place(ageOrder, record.ageGroup)
    case 'practitioner':
      return record.practitionerId === null ? null : (practitionerNames.get(record.practitionerId) ?? null)
    default:
      return record[key as 'code' | 'sessionOn' | 'sessionNo' | 'sessionMode' | 'receivedAt']
  }
}

function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number') return -1
  if (typeof b === 'number') return 1
  const [first, second] = [a ?? '', b ?? '']
  // Equal words and instants (ISO 8601 sorts as it stands) are most of the work on ten thousand rows; the collator is the dear part.
  if (first === second) return 0
  if (isInstant.test(first) && isInstant.test(second)) return first < second ? -1 : 1
  return words.compare(first, second)
}

/** A sorted copy. */
export function sortRecords(
  records: readonly RecordRow[],
  order: SortOrder,
  practitionerNames: ReadonlyMap<string, string> = new Map(),
): readonly RecordRow[] {
  const turn = order.down ? -1 : 1
  return records
    .map((record) => ({ record, cell: cellOf(record, order.key, practitionerNames) }))
    .sort((a, b) => {
      const blankA = a.cell === null || a.cell === ''
      const blankB = b.cell === null || b.cell === ''
      if (blankA !== blankB) return blankA ? 1 : -1
      const byCell = blankA ? 0 : turn * compareCells(a.cell, b.cell)
      if (byCell !== 0) return byCell
      return a.record.sessionOn < b.record.sessionOn ? 1 : a.record.sessionOn > b.record.sessionOn ? -1 : 0
    })
    .map(({ record }) => record)
}

/** What a press on a column's heading asks for: the same column turns round, another one starts upwards (days start with the newest). */
export function nextOrder(order: SortOrder, key: SortKey): SortOrder {
  if (order.key === key) return { key, down: !order.down }
  return { key, down: key === 'sessionOn' || key === 'receivedAt' }
}
