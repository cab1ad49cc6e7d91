import { addChild, findRepeat, type EntityAttribute, type EntityNode, type Section } from '../form-tree.ts'
import { entitiesHeaders } from '../headers.ts'
import { getMeta } from '../meta.ts'
import type { Place } from '../issues.ts'
import type { SurveyContext } from '../survey-context.ts'
import type { Survey } from '../survey-sheet.ts'
import { toTable, type Table } from '../table.ts'
import type { Sheet } from '../workbook.ts'
import { toEntityDeclarations, type EntityDeclaration } from './entity-declaration.ts'
import { toMentions } from './entity-mentions.ts'
import { toPlaceWish, type PlaceWish } from './entity-place.ts'
import { toEntityPlaces } from './entity-places.ts'

export type Entities = {
  readonly names: ReadonlySet<string>
  /** Version of the ODK Entities specification the form needs; undefined without entities. */
  readonly version: '2024.1.0' | '2025.1.0' | undefined
  readonly table?: Table
}

/** Reads the entities sheet and puts each entity into the `meta` block of the section its mentions ask for. */
export function addEntities(sheet: Sheet | undefined, survey: Survey, context: SurveyContext): Entities {
  const { issues, settings } = context
  const table =
    sheet === undefined
      ? undefined
      : toTable(sheet, 'entities', entitiesHeaders, { defaultLanguage: settings.defaultLanguage, collapseSpaces: false }, issues)
  const declarations = table === undefined ? new Map<string, EntityDeclaration>() : toEntityDeclarations(table, issues)
  const mentions = toMentions(survey.root, declarations, context)
  if (table === undefined || declarations.size === 0) return { names: new Set(), version: undefined, ...(table ? { table } : {}) }
  // Mentioned entities come first, as they have less choice of place.
  const mentioned = [...mentions].flatMap(([list, found]) => toWish(list, declarations, (place) => toPlaceWish(list, place, found, context)))
  const others = [...declarations.keys()].filter((list) => !mentions.has(list))
  const anywhere = others.flatMap((list) =>
    toWish(list, declarations, (place) => ({ list, place, scope: survey.root, wanted: survey.root, savedIn: [] })),
  )
  const places = toEntityPlaces([...mentioned, ...anywhere], survey.root, issues)
  for (const [section, list] of places) {
    const declaration = declarations.get(list)
    if (declaration !== undefined) addEntity(section, declaration)
  }
  const isRepeated = [...places.keys()].some((section) => section.kind === 'repeat' || findRepeat(section) !== undefined)
  return { names: new Set(declarations.keys()), version: declarations.size > 1 || isRepeated ? '2025.1.0' : '2024.1.0', table }
}

function toWish(list: string, declarations: ReadonlyMap<string, EntityDeclaration>, make: (place: Place) => PlaceWish): PlaceWish[] {
  const declaration = declarations.get(list)
  return declaration === undefined ? [] : [make(declaration.place)]
}

function addEntity(section: Section, { attributes, label, row }: EntityDeclaration): void {
  const isRepeated = section.kind === 'repeat' || findRepeat(section) !== undefined
  const none: ReadonlyMap<string, string> = new Map()
  const entity: EntityNode = {
    kind: 'entity',
    name: 'entity',
    row,
    parent: undefined,
    path: '',
    media: none,
    control: none,
    instance: none,
    attributes: isRepeated ? attributes.map(withNewRepeat) : attributes,
    ...(label === undefined ? {} : { savedLabel: label }),
  }
  addChild(getMeta(section), entity)
}

/** In a repeat the id is made anew for every round. */
function withNewRepeat(attribute: EntityAttribute): EntityAttribute {
  const again = attribute.actions.map((action) => ({ ...action, event: 'odk-new-repeat' as const }))
  return { ...attribute, actions: [...attribute.actions, ...again] }
}
