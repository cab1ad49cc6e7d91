import type { Section } from '../form-tree.ts'
import type { Place } from '../issues.ts'
import type { SurveyContext } from '../survey-context.ts'
import { toPlace } from '../table.ts'
import type { Mention } from './entity-mentions.ts'

// An entity is made or changed once per round of the repeat (or once per record) that its mentions share: its scope.

/** From the form's root down to a section. */
export function toChain(section: Section): Section[] {
  const chain = [section]
  for (let at = section.parent; at !== undefined; at = at.parent) chain.unshift(at)
  return chain
}

/** The nearest repeat around a section, itself included, or the form as a whole. */
export function getScope(section: Section): Section {
  let at = section
  while (at.kind === 'group' && at.parent !== undefined) at = at.parent
  return at
}

const countRepeats = (section: Section): number => toChain(section).filter(({ kind }) => kind === 'repeat').length
const countGroupsInScope = (section: Section): number => toChain(section).length - toChain(getScope(section)).length

export type PlaceWish = {
  readonly list: string
  /** The cell that declares the list. */
  readonly place: Place
  readonly scope: Section
  /** The section the entity would best stand in. */
  readonly wanted: Section
  /** The sections of the questions saved to it: no other entity may come between them and it. */
  readonly savedIn: readonly Section[]
}

/** Where an entity wants to stand, given its mentions; mentions in repeats that exclude each other are reported. */
export function toPlaceWish(list: string, place: Place, mentions: readonly Mention[], context: SurveyContext): PlaceWish {
  const deepest = mentions.reduce((best, one) => (countRepeats(one.container) > countRepeats(best.container) ? one : best))
  const scope = getScope(deepest.container)
  const inScope = mentions.filter(({ container }) => getScope(container) === scope)
  const savedIn = [...new Set(mentions.filter(({ property }) => property !== undefined).map(({ container }) => container))]
  const wanted = savedIn.length > 0 ? toSavedPlace(savedIn) : toInnermost(inScope.map(({ container }) => container))
  checkScopes(list, place, mentions, { scope, deepest, wanted }, context)
  return { list, place, scope, wanted, savedIn }
}

function toInnermost(sections: readonly Section[]): Section {
  return sections.reduce((best, one) => (countGroupsInScope(one) > countGroupsInScope(best) ? one : best))
}

/** The lowest section that holds all saved questions, but never above the scope of the deepest of them. */
function toSavedPlace(savedIn: readonly Section[]): Section {
  const chains = savedIn.map(toChain)
  const [first = []] = chains
  let shared = first[0] as Section
  for (const [depth, section] of first.entries()) if (chains.every((chain) => chain[depth] === section)) shared = section
  const deepest = savedIn.reduce((best, one) => (countRepeats(one) > countRepeats(best) ? one : best))
  return countRepeats(getScope(deepest)) > countRepeats(shared) ? getScope(deepest) : shared
}

type Found = { readonly scope: Section; readonly deepest: Mention; readonly wanted: Section }

function checkScopes(
  list: string,
  place: Place,
  mentions: readonly Mention[],
  { scope, deepest, wanted }: Found,
  { table, issues }: SurveyContext,
): void {
  const around = new Set(toChain(scope))
  const wantedScope = getScope(wanted)
  const savedAround = new Set(toChain(wantedScope))
  for (const { container, property, question, row: mentionRow } of mentions) {
    const own = getScope(container)
    const isApart = !around.has(own)
    const words = { list, question, scope: toWords(container), other: toWords(isApart ? deepest.container : wanted) }
    if (property !== undefined && (isApart || own !== wantedScope))
      issues.report('saveto-scope', toPlace(table, mentionRow, 'bind', 'entities:saveto'), words)
    // An entity saved once per record cannot take a value from some round of a repeat inside it.
    else if (property === undefined && (isApart || !savedAround.has(own))) issues.report('entity-scope', place, words)
  }
}

function toWords({ kind, name }: Section): string {
  return kind === 'survey' ? 'the form itself' : `the ${kind} '${name}'`
}
