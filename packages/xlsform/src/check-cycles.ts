import { toPlacedReferences } from './expressions/reference-surroundings.ts'
import { isSection, type FormNode, type Nameable, type Section } from './form-tree.ts'
import type { IssueList } from './issues.ts'
import type { NameLookup } from './name-lookup.ts'
import { toPlace, type Table } from './table.ts'

type Graph = ReadonlyMap<Nameable, Set<Nameable>>

/** More circles than these are one tangle; the rest is found once the first are gone. */
const mostCircles = 20

/**
 * Reports questions whose calculation or relevance depends on itself, straight or by way of others. Phones refuse such a form, and a
 * browser would show whatever it computed last.
 */
export function checkCycles(root: Section, all: readonly FormNode[], find: NameLookup, table: Table, { report }: IssueList): void {
  const nodes = all.filter((node): node is Nameable => node.kind === 'question' || isSection(node))
  const graph = toGraph(root, nodes, find)
  const left = withoutEnds(nodes, graph)
  for (let count = 0; count < mostCircles; count += 1) {
    const circle = findCircle(graph, left)
    if (circle === undefined) return
    for (const node of circle) left.delete(node)
    const first = circle.reduce((earliest, node) => (node.row < earliest.row ? node : earliest))
    const at = circle.indexOf(first)
    const names = [...circle.slice(at), ...circle.slice(0, at), first].map(({ name }) => name)
    const attribute = first.bind?.has('calculate') === true ? 'calculate' : 'relevant'
    // Some players compute what depends on itself alone, from its last value; none computes a larger circle.
    report(circle.length === 1 ? 'reference-to-itself' : 'reference-circle', toPlace(table, first.row, 'bind', attribute), {
      name: first.name,
      circle: names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-5)].join(' → ') : names.join(' → '),
    })
  }
}

const computing = ['calculate', 'relevant'] as const

/** For each node on which others depend: those that change when it changes. A section hands its relevance down to what it holds. */
function toGraph(root: Section, nodes: readonly Nameable[], find: NameLookup): Map<Nameable, Set<Nameable>> {
  const graph = new Map<Nameable, Set<Nameable>>()
  const add = (source: Nameable, target: Nameable): void => {
    const targets = graph.get(source)
    if (targets === undefined) graph.set(source, new Set([target]))
    else targets.add(target)
  }
  for (const node of nodes) {
    if (node.parent !== undefined && node.parent !== root) add(node.parent, node)
    if (node.bind === undefined) continue
    for (const attribute of computing) {
      const expression = node.bind.get(attribute)
      const isAction = attribute === 'calculate' && node.kind === 'question' && node.triggers.length > 0
      if (typeof expression !== 'string' || isAction) continue
      for (const { name, lastSaved, indexedRepeatArgument } of toPlacedReferences(expression)) {
        const source = lastSaved || indexedRepeatArgument !== undefined ? undefined : find(name)
        if (source !== undefined && source !== root) add(source, node)
      }
    }
  }
  return graph
}

/** The nodes that are left when all those are taken away, again and again, on which nothing acts: circles and what follows them. */
function withoutEnds(nodes: readonly Nameable[], graph: Graph): Set<Nameable> {
  const incoming = new Map<Nameable, number>()
  for (const targets of graph.values()) for (const target of targets) incoming.set(target, (incoming.get(target) ?? 0) + 1)
  const free = [...graph.keys()].filter((node) => !incoming.has(node))
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    for (const target of graph.get(node) ?? []) {
      const count = (incoming.get(target) ?? 0) - 1
      incoming.set(target, count)
      if (count === 0) free.push(target)
    }
  }
  return new Set(nodes.filter((node) => (incoming.get(node) ?? 0) > 0))
}

/** One circle among the nodes that are left; those that lead nowhere are taken out on the way. */
function findCircle(graph: Graph, left: Set<Nameable>): Nameable[] | undefined {
  const path: { readonly node: Nameable; readonly targets: Iterator<Nameable> }[] = []
  const places = new Map<Nameable, number>()
  for (;;) {
    const here = path.at(-1)
    const next = here === undefined ? left.values().next().value : findLeft(here.targets, left)
    if (next !== undefined) {
      const place = places.get(next)
      if (place !== undefined) return path.slice(place).map(({ node }) => node)
      places.set(next, path.length)
      path.push({ node: next, targets: (graph.get(next) ?? new Set<Nameable>()).values() })
      continue
    }
    if (here === undefined) return undefined
    path.pop()
    places.delete(here.node)
    left.delete(here.node)
  }
}

function findLeft(targets: Iterator<Nameable>, left: ReadonlySet<Nameable>): Nameable | undefined {
  for (let next = targets.next(); next.done !== true; next = targets.next()) if (left.has(next.value)) return next.value
  return undefined
}
