import { entitiesHeaders } from '../headers.ts'
import type { EntityAttribute } from '../form-tree.ts'
import type { IssueList, Place } from '../issues.ts'
import { isXmlName } from '../expressions/lexer.ts'
import { parseReferences } from '../expressions/references.ts'
import { findText, toPlace, type Table, type TableRow } from '../table.ts'

/** One row of the entities sheet: a list of things that a form adds to (create) or changes (update). */
export type EntityDeclaration = {
  readonly list: string
  readonly row: number
  /** The cell with its name. */
  readonly place: Place
  readonly label?: string
  readonly attributes: readonly EntityAttribute[]
  /** Names of the questions its expressions use. */
  readonly mentions: ReadonlySet<string>
}

/** ODK Entities specification: names that start with two underscores belong to the server. */
export const reservedPrefix = '__'

export function toEntityDeclarations(table: Table, issues: IssueList): Map<string, EntityDeclaration> {
  for (const column of table.columns) {
    if (entitiesHeaders.known.has(column.path[0] ?? '')) continue
    issues.report(
      'entities-header-unknown',
      { sheet: table.sheet, row: table.headerRow, column: column.header, columnNumber: column.number },
      { header: column.header },
    )
  }
  const declarations = new Map<string, EntityDeclaration>()
  for (const row of table.rows) {
    const declaration = toDeclaration(table, row, issues)
    if (declaration === undefined) continue
    if (declarations.has(declaration.list)) issues.report('entity-list-twice', toPlace(table, row, 'dataset'), { list: declaration.list })
    else declarations.set(declaration.list, declaration)
  }
  return declarations
}

function toDeclaration(table: Table, row: TableRow, issues: IssueList): EntityDeclaration | undefined {
  const list = findText(table, row, 'dataset')
  if (!isListName(list, table, row, issues)) return undefined
  const [id, createIf, updateIf, label] = ['entity_id', 'create_if', 'update_if', 'label'].map((name) => findText(table, row, name))
  const { report } = issues
  if (id === undefined && updateIf !== undefined) report('entity-id-missing', toPlace(table, row, 'entity_id'), { list })
  if (id !== undefined && createIf !== undefined && updateIf === undefined)
    report('entity-update-if-missing', toPlace(table, row, 'update_if'), { list })
  if (id === undefined && label === undefined) report('entity-label-missing', toPlace(table, row, 'label'), { list })
  const expressions = [id, createIf, updateIf, label].filter((text) => text !== undefined)
  return {
    list,
    row: row.number,
    place: toPlace(table, row, 'dataset'),
    ...(label === undefined ? {} : { label }),
    attributes: toAttributes(list, id, createIf, updateIf),
    mentions: new Set(expressions.flatMap((text) => parseReferences(text).references.map((reference) => reference.name))),
  }
}

function isListName(list: string | undefined, table: Table, row: TableRow, { report }: IssueList): list is string {
  const place = toPlace(table, row, 'dataset')
  if (list === undefined) report('entity-list-missing', place)
  else if (list.startsWith(reservedPrefix)) report('entity-name-reserved', place, { name: list })
  else if (list.includes('.')) report('entity-name-dot', place, { name: list })
  else if (isXmlName(list)) return true
  else report('name-not-allowed', place, { name: list })
  return false
}

const locked = { readonly: 'true()', type: 'string' }
const calculated = (expression: string): ReadonlyMap<string, string> => new Map(Object.entries({ calculate: expression, ...locked }))

/** Without an id a thing is made, with one it is changed, with both conditions either; ODK Entities, "declaring". */
function toAttributes(list: string, id: string | undefined, createIf: string | undefined, updateIf: string | undefined): EntityAttribute[] {
  const attributes: EntityAttribute[] = [{ name: 'dataset', value: list, actions: [] }]
  const add = (name: string, value: string, expression?: string): void => {
    attributes.push({ name, value, actions: [], ...(expression === undefined ? {} : { bind: calculated(expression) }) })
  }
  if (id === undefined || createIf !== undefined) add('create', '1', createIf)
  if (id === undefined) {
    attributes.push({
      name: 'id',
      value: '',
      bind: new Map(Object.entries(locked)),
      actions: [{ name: 'setvalue', event: 'odk-instance-first-load', value: 'uuid()' }],
    })
    return attributes
  }
  add('update', '1', updateIf)
  const item = `instance('${list}')/root/item[name=${id}]`
  add('baseVersion', '', `${item}/__version`)
  add('trunkVersion', '', `${item}/__trunkVersion`)
  add('branchId', '', `${item}/__branchId`)
  add('id', '', id)
  return attributes
}
