// What one client stands for in the sums, worked out in memory and independently of the database (docs/database.md says the same in words).
import { toQuarter } from '../report/quarter.ts'

export type ScoredSession = {
  readonly sessionOn: string
  readonly received: string
  readonly recordId: string
  readonly timePoint: string
  readonly ageGroup: string
  readonly scales: readonly string[]
  readonly scores: readonly number[]
  readonly choices: readonly string[]
}

/** Numbers by cell: six of "sums|…", one of the others. */
export type Cells = Map<string, number[]>

/** Adds a client with all its counted sessions, in any order. */
export function addClient(cells: Cells, serviceId: string, programmeId: string, sessions: readonly ScoredSession[]): void {
  const sorted = [...sessions].sort((a, b) => compare(a.sessionOn, b.sessionOn) || compare(a.received, b.received) || compare(a.recordId, b.recordId))
  const first = sorted[0]
  if (first === undefined) return
  const choices = [...new Set(sorted.flatMap((session) => session.choices))].sort()
  const named = (question: string) => choices.filter((choice) => choice.startsWith(question)).map((choice) => choice.slice(question.length))
  const modes = named('mode/')
  const rest = `${first.ageGroup}|${modes.length > 1 ? 'mixed' : (modes[0] ?? '')}|${named('support/').join(' ')}|`
  const place = (day: string) => `${serviceId}|${programmeId}|${toQuarter(day)}|${rest}`
  const add = (cell: string, numbers: readonly number[]) => {
    const kept = cells.get(cell)
    if (kept === undefined) cells.set(cell, [...numbers])
    else for (let at = 0; at < numbers.length; at++) kept[at]! += numbers[at]!
  }
  add(`episodes|${place(first.sessionOn)}${sorted.length}`, [1])
  for (const choice of choices) add(`choices|${place(first.sessionOn)}${choice}`, [1])

  type Found = { x?: number; on?: string; during?: number; duringOn?: string; after?: number; afterOn?: string }
  const byScale = new Map<string, Found>()
  for (const { scales, scores, timePoint, sessionOn } of sorted) {
    for (let at = 0; at < scales.length; at++) {
      const [scale, score] = [scales[at]!, scores[at]!]
      let found = byScale.get(scale)
      if (found === undefined) byScale.set(scale, (found = {}))
      if (timePoint === 'before') {
        if (found.x === undefined) [found.x, found.on] = [score, sessionOn]
      } else if (timePoint === 'during') [found.during, found.duringOn] = [score, sessionOn]
      else [found.after, found.afterOn] = [score, sessionOn]
    }
  }
  for (const [scale, { x, on, during, duringOn, after, afterOn }] of byScale) {
    if (x === undefined || on === undefined) continue
    const pair = (name: string, day: string, y: number) => {
      add(`sums|${place(day)}${scale}|${name}`, [1, x, y, x * x, y * y, x * y])
      if (name.startsWith('before-')) add(`counts|${place(day)}${scale}|${name}|${y - x}`, [1])
    }
    pair('before', on, 0)
    if (after !== undefined && afterOn !== undefined) {
      pair('kept', on, after)
      pair('before-after', afterOn, after)
    }
    if (during !== undefined && duringOn !== undefined) pair('before-during', duringOn, during)
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
