// Whether a further slice of the same people may be released. Somebody who holds several slices can add and subtract them; a slice is
// refused when that would leave fewer people than the rules allow, also when it takes more than two slices to get there.
// Slices are given as the smallest cells of the sums (for example service x age group x period) with the people in each.
import { defaultDisclosureRules } from './suppress.ts'
import type { DisclosureRules } from './suppress.ts'

/** What a released or asked slice is made of: for each smallest cell, the number of people in it at that time. */
export type Slice = { readonly id: string; readonly cells: Readonly<Record<string, number>> }

export type SliceDecision = { readonly allowed: true } | { readonly allowed: false; readonly because: string }

// A prime below 2^26: products of two remainders stay exact in a double.
const prime = 67_108_859
// Unions of three and more groups are searched up to this many steps; one and two groups are always searched completely.
const searchLimit = 20_000

/** Whether `asked` may be released beside what is already out. Pass every release of the same people. */
export function maySlice(released: readonly Slice[], asked: Slice, rules: Pick<DisclosureRules, 'differBy'> = defaultDisclosureRules): SliceDecision {
  const people = Object.values(asked.cells).reduce((sum, n) => sum + n, 0)
  if (people < rules.differBy) return { allowed: false, because: `Fewer than ${rules.differBy} people are in this slice, so it cannot be released.` }
  for (const earlier of released) {
    const gap = findGap(earlier, asked, rules.differBy)
    if (gap !== undefined) return { allowed: false, because: gap }
  }
  const groups = toGroups([...released, asked])
  if (hasSmallCombination(groups, rules.differBy)) {
    return { allowed: false, because: `Together with slices already released, this one would single out fewer than ${rules.differBy} people.` }
  }
  return { allowed: true }
}

function findGap(earlier: Slice, asked: Slice, differBy: number): string | undefined {
  let onlyEarlier = 0
  let onlyAsked = 0
  let inBoth = 0
  for (const cell of new Set([...Object.keys(earlier.cells), ...Object.keys(asked.cells)])) {
    const before = earlier.cells[cell] ?? 0
    const now = asked.cells[cell] ?? 0
    onlyEarlier += Math.max(0, before - now)
    onlyAsked += Math.max(0, now - before)
    inBoth += Math.min(before, now)
  }
  if (inBoth === 0) return undefined
  const differing = onlyEarlier + onlyAsked
  if (differing === 0 || differing >= differBy) return undefined
  return `It differs by fewer than ${differBy} people from "${earlier.id}", which is already released, so subtracting one from the other would point at them.`
}

type Group = { readonly people: number; readonly membership: readonly number[] }

// People who are in exactly the same slices can never be told apart by adding and subtracting: they are one group.
// A cell that grew between two releases is split: those counted at both times, and those who came later.
function toGroups(slices: readonly Slice[]): readonly Group[] {
  const byMembership = new Map<string, { people: number; membership: number[] }>()
  for (const cell of new Set(slices.flatMap((slice) => Object.keys(slice.cells)))) {
    const counts = slices.map((slice) => slice.cells[cell] ?? 0)
    let reached = 0
    for (const level of [...new Set(counts)].sort((a, b) => a - b)) {
      if (level <= reached) continue
      const membership = counts.map((count) => (count >= level ? 1 : 0))
      const key = membership.join('')
      const group = byMembership.get(key) ?? { people: 0, membership }
      group.people += level - reached
      byMembership.set(key, group)
      reached = level
    }
  }
  return [...byMembership.values()]
}

/*
 * Adding and subtracting slices yields the row space of the slice x group matrix. A vector of that space that is zero outside a few
 * groups isolates them. Such a vector exists exactly when, in a matrix whose columns span the null space, the rows of those groups are
 * linearly dependent: one zero row, two parallel rows, and so on.
 */
function hasSmallCombination(groups: readonly Group[], differBy: number): boolean {
  const small = groups.map((group, index) => ({ index, people: group.people })).filter((group) => group.people < differBy)
  if (small.length === 0) return false
  const rows = nullSpaceRows(groups)
  const directions = new Map<string, number[]>()
  for (const { index, people } of small) {
    const row = rows[index] ?? []
    const key = toDirection(row)
    if (key === undefined) return true
    const beside = directions.get(key) ?? []
    if (beside.some((other) => other + people < differBy)) return true
    directions.set(key, [...beside, people])
  }
  return hasDependentUnion(small, rows, differBy)
}

function hasDependentUnion(small: readonly { index: number; people: number }[], rows: readonly (readonly number[])[], differBy: number): boolean {
  const sorted = [...small].sort((a, b) => a.people - b.people)
  let steps = 0
  const search = (from: number, people: number, kept: readonly (readonly number[])[]): boolean => {
    for (let i = from; i < sorted.length; i++) {
      const group = sorted[i]
      if (group === undefined || people + group.people >= differBy) return false
      if ((steps += 1) > searchLimit) return false
      const reduced = reduce(rows[group.index] ?? [], kept)
      if (reduced === undefined) return true
      if (search(i + 1, people + group.people, [...kept, reduced])) return true
    }
    return false
  }
  return search(0, 0, [])
}

// The row with the kept rows taken out of it, first entry 1; undefined when nothing is left.
function reduce(row: readonly number[], kept: readonly (readonly number[])[]): readonly number[] | undefined {
  let rest = row
  for (const pivotRow of kept) {
    const column = pivotRow.findIndex((value) => value !== 0)
    const factor = rest[column] ?? 0
    if (factor !== 0) rest = rest.map((value, i) => modulo(value - factor * (pivotRow[i] ?? 0)))
  }
  const lead = rest.find((value) => value !== 0)
  if (lead === undefined) return undefined
  const scale = inverse(lead)
  return rest.map((value) => modulo(value * scale))
}

function toDirection(row: readonly number[]): string | undefined {
  return reduce(row, [])?.join(',')
}

function nullSpaceRows(groups: readonly Group[]): readonly (readonly number[])[] {
  const slices = groups[0]?.membership.length ?? 0
  const matrix = Array.from({ length: slices }, (_, slice) => groups.map((group) => group.membership[slice] ?? 0))
  const pivots: number[] = []
  let rank = 0
  for (let column = 0; column < groups.length && rank < slices; column++) {
    const found = matrix.findIndex((row, i) => i >= rank && row[column] !== 0)
    if (found < 0) continue
    const pivot = matrix[found] ?? []
    matrix[found] = matrix[rank] ?? []
    const scale = inverse(pivot[column] ?? 1)
    const unit = pivot.map((value) => modulo(value * scale))
    matrix[rank] = unit
    matrix.forEach((row, i) => {
      const factor = row[column] ?? 0
      if (i !== rank && factor !== 0) matrix[i] = row.map((value, j) => modulo(value - factor * (unit[j] ?? 0)))
    })
    pivots.push(column)
    rank += 1
  }
  const free = groups.map((_, column) => column).filter((column) => !pivots.includes(column))
  return groups.map((_, column) => {
    const pivot = pivots.indexOf(column)
    return free.map((freeColumn) => (pivot >= 0 ? modulo(-(matrix[pivot]?.[freeColumn] ?? 0)) : freeColumn === column ? 1 : 0))
  })
}

function modulo(value: number): number {
  const rest = value % prime
  return rest < 0 ? rest + prime : rest
}

// Fermat: a^(p-2) is the inverse of a. Exact because every factor is below 2^26.
function inverse(value: number): number {
  let result = 1
  let square = modulo(value)
  for (let power = prime - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * square) % prime
    square = (square * square) % prime
  }
  return result
}
