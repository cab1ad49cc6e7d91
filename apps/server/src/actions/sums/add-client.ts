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

/** What the clients of one place (service, programme, quarter, age group, mode, support) add up to. Names of cells are put together once, at the end. */
type PlaceCells = {
  readonly episodes: Map<number, number>
  readonly choices: Map<string, number>
  readonly scales: Map<string, ScaleCells>
}
type ScaleCells = { readonly sums: Map<string, number[]>; readonly counts: Map<string, Map<number, number>> }

/** Adds up clients one by one. */
export type Adding = {
  /** Adds a client with all its counted sessions, in any order. */
  readonly addClient: (serviceId: string, programmeId: string, sessions: readonly ScoredSession[]) => void
  readonly toCells: () => Cells
}

export function makeAdding(): Adding {
  const places = new Map<string, PlaceCells>()
  const placeOf = (name: string) => {
    let place = places.get(name)
    if (place === undefined) places.set(name, (place = { episodes: new Map(), choices: new Map(), scales: new Map() }))
    return place
  }
  return {
    addClient(serviceId, programmeId, sessions) {
      const sorted = sessions.toSorted(
        (a, b) => compare(a.sessionOn, b.sessionOn) || compare(a.received, b.received) || compare(a.recordId, b.recordId),
      )
      const first = sorted[0]
      if (first === undefined) return
      const choices = [...new Set(sorted.flatMap((session) => session.choices))].sort()
      const named = (question: string) => choices.filter((choice) => choice.startsWith(question)).map((choice) => choice.slice(question.length))
      const modes = named('mode/')
      const rest = `${first.ageGroup}|${modes.length > 1 ? 'mixed' : (modes[0] ?? '')}|${named('support/').join(' ')}|`
      const byQuarter = new Map<string, PlaceCells>()
      const placeAt = (day: string) => {
        const quarter = toQuarter(day)
        let place = byQuarter.get(quarter)
        if (place === undefined) byQuarter.set(quarter, (place = placeOf(`${serviceId}|${programmeId}|${quarter}|${rest}`)))
        return place
      }
      const start = placeAt(first.sessionOn)
      addOne(start.episodes, sorted.length)
      for (const choice of choices) addOne(start.choices, choice)

      for (const [scale, { x, on, during, duringOn, after, afterOn }] of toPairs(sorted)) {
        if (x === undefined || on === undefined) continue
        const pair = (name: string, day: string, y: number) => {
          const cells = scaleOf(placeAt(day), scale)
          addSix(cells.sums, name, x, y)
          if (name.startsWith('before-')) addOne(countsOf(cells, name), y - x)
        }
        pair('before', on, 0)
        if (after !== undefined && afterOn !== undefined) {
          pair('kept', on, after)
          pair('before-after', afterOn, after)
        }
        if (during !== undefined && duringOn !== undefined) pair('before-during', duringOn, during)
      }
    },
    toCells() {
      const cells: Cells = new Map()
      for (const [place, { episodes, choices, scales }] of places) {
        for (const [sessions, count] of episodes) cells.set(`episodes|${place}${sessions}`, [count])
        for (const [choice, count] of choices) cells.set(`choices|${place}${choice}`, [count])
        for (const [scale, { sums, counts }] of scales) {
          for (const [name, six] of sums) cells.set(`sums|${place}${scale}|${name}`, six)
          for (const [name, changes] of counts) for (const [change, count] of changes) cells.set(`counts|${place}${scale}|${name}|${change}`, [count])
        }
      }
      return cells
    },
  }
}

type Found = { x?: number; on?: string; during?: number; duringOn?: string; after?: number; afterOn?: string }

/** By scale, the first score before and the last during and after. */
function toPairs(sorted: readonly ScoredSession[]): ReadonlyMap<string, Found> {
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
  return byScale
}

function addOne<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function addSix(sums: Map<string, number[]>, name: string, x: number, y: number): void {
  const six = sums.get(name)
  if (six === undefined) {
    sums.set(name, [1, x, y, x * x, y * y, x * y])
    return
  }
  six[0]! += 1
  six[1]! += x
  six[2]! += y
  six[3]! += x * x
  six[4]! += y * y
  six[5]! += x * y
}

function scaleOf({ scales }: PlaceCells, scale: string): ScaleCells {
  let cells = scales.get(scale)
  if (cells === undefined) scales.set(scale, (cells = { sums: new Map(), counts: new Map() }))
  return cells
}

function countsOf({ counts }: ScaleCells, name: string): Map<number, number> {
  let changes = counts.get(name)
  if (changes === undefined) counts.set(name, (changes = new Map()))
  return changes
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
