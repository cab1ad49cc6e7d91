import { isXmlName } from './expressions/lexer.ts'
import { isSection, type FormNode } from './form-tree.ts'
import { isKnownPrefix } from './namespaces.ts'
import type { SurveyContext } from './survey-context.ts'
import { toPlace } from './table.ts'

const mediaKinds: ReadonlySet<string> = new Set(['image', 'big-image', 'audio', 'video'])
const attributeGroups = ['bind', 'control', 'instance'] as const

/**
 * Names that end up as XML names: of questions, and of the attributes that columns such as `bind::esri:style` add. A name with a prefix
 * nobody declared would make the whole form unreadable. Gives the prefixes in use.
 */
export function checkNames(nodes: readonly FormNode[], { table, settings, issues }: SurveyContext): ReadonlySet<string> {
  const used = new Set<string>()
  /** Attributes without a fault: the same few stand in every row. */
  const sound = new Set<string>()
  const check = (name: string, place: ReturnType<typeof toPlace>): void => {
    if (!isXmlName(name)) {
      issues.report('attribute-not-allowed', place, { name })
      return
    }
    const colon = name.indexOf(':')
    if (colon < 0) {
      sound.add(name)
      return
    }
    used.add(name.slice(0, colon))
    if (!isKnownPrefix(name.slice(0, colon), settings.namespaces)) issues.report('name-prefix-unknown', place, { name })
  }
  if (settings.rootName.includes(':'))
    check(
      settings.rootName,
      settings.table && settings.row ? toPlace(settings.table, settings.row, 'name') : { sheet: 'settings', row: 1, column: 'name' },
    )
  for (const name of settings.attributes.keys())
    check(name, settings.table && settings.row ? toPlace(settings.table, settings.row, 'attribute', name) : { sheet: 'settings', row: 1 })
  for (const node of nodes) {
    if (node.name.includes(':')) check(node.name, toPlace(table, node.row, 'name'))
    if (node.kind !== 'question' && !isSection(node)) continue
    for (const group of attributeGroups) {
      const attributes = node[group]
      if (attributes === undefined || attributes.size === 0) continue
      for (const name of attributes.keys()) if (!sound.has(name)) check(name, toPlace(table, node.row, group, name))
    }
    if (node.media.size === 0) continue
    for (const kind of node.media.keys()) if (!mediaKinds.has(kind)) issues.report('media-unknown', toPlace(table, node.row, 'media', kind), { kind })
  }
  return used
}
