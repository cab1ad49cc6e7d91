import type { NameLookup } from '../name-lookup.ts'
import { toPlacedReferences, type PlacedReference } from './reference-surroundings.ts'

/** Anything that stands somewhere in the form: a question, a section, an attribute of an entity. */
export type Standing = { readonly parent: Standing | undefined; readonly name: string; readonly kind?: string }

export type PathOptions = {
  /** In choice filters a relative path starts at the choice, so it is anchored with current(). */
  readonly anchored?: boolean
  /** For choices taken from earlier answers: reach the repeat itself, so that a filter can follow it. */
  readonly fromAboveRepeat?: boolean
}

/** Writes `${name}` as the path to name: relative where both stand in the same repeat, absolute elsewhere, or in the last saved record. */
export type PathWriter = (text: string, from: Standing | undefined, options?: PathOptions) => string

export const lastSavedInstance = '__last-saved'

// Arguments of indexed-repeat() that name repeats and the question in them stay absolute (ODK XForms, XPath functions); only positions are relative.
const absoluteArguments: ReadonlySet<number> = new Set([0, 1, 3, 5])

export function toPathWriter(find: NameLookup): PathWriter {
  return (text, from, options = {}) => {
    if (!text.includes('${')) return text
    const parts: string[] = []
    let at = 0
    for (const reference of toPlacedReferences(text)) {
      parts.push(text.slice(at, reference.start), toPath(reference, from, options, find))
      at = reference.end
    }
    parts.push(text.slice(at))
    return parts.join('')
  }
}

function toPath(reference: PlacedReference, from: Standing | undefined, options: PathOptions, find: NameLookup): string {
  const target = find(reference.name)
  if (target === undefined) return reference.name
  if (reference.lastSaved) return ` instance('${lastSavedInstance}')${target.path} `
  const staysAbsolute = reference.indexedRepeatArgument !== undefined && absoluteArguments.has(reference.indexedRepeatArgument)
  const relative = from === undefined || staysAbsolute ? undefined : findRelativePath(from, target, options.fromAboveRepeat === true)
  if (relative === undefined) return ` ${target.path} `
  return options.anchored === true || reference.isInInstancePredicate ? ` current()/${relative} ` : ` ${relative} `
}

/** The path from one place to another inside the same repeat; undefined where they share none. */
function findRelativePath(from: Standing, target: Standing, fromAboveRepeat: boolean): string | undefined {
  const repeat = findShared(from, target, (kind) => kind === 'repeat')
  if (repeat === undefined) return undefined
  if (fromAboveRepeat && reachesAbove(from, target, repeat.shared)) {
    return `${toSteps(repeat.steps + 1)}${toPathBelow(target, repeat.shared.parent)}`
  }
  const nearest = findShared(from, target, (kind) => kind === 'repeat' || kind === 'group') ?? repeat
  return `${toSteps(nearest.steps)}${toPathBelow(target, nearest.shared)}`
}

/** Only where the target is not itself in a repeat below the shared one, and no outer repeat would be left. */
function reachesAbove(from: Standing, target: Standing, shared: Standing): boolean {
  if (findNearestRepeat(target) !== shared) return false
  return findNearestRepeat(shared) === undefined || findNearestRepeat(from) !== shared
}

function findNearestRepeat(node: Standing): Standing | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at.kind === 'repeat') return at
  return undefined
}

function findShared(
  from: Standing,
  target: Standing,
  isWanted: (kind: string | undefined) => boolean,
): { shared: Standing; steps: number } | undefined {
  const above = new Set<Standing>()
  for (let at = target.parent; at !== undefined; at = at.parent) above.add(at)
  let steps = 1
  for (let at = from.parent; at !== undefined; at = at.parent) {
    if (above.has(at) && isWanted(at.kind)) return { shared: at, steps }
    steps += 1
  }
  return undefined
}

function toSteps(count: number): string {
  return Array.from({ length: count }, () => '..').join('/')
}

function toPathBelow(target: Standing, ancestor: Standing | undefined): string {
  const names = [target.name]
  for (let at = target.parent; at !== undefined && at !== ancestor; at = at.parent) names.unshift(at.name)
  return `/${names.join('/')}`
}
