import { choicesHeaders } from './headers.ts'
import type { IssueList } from './issues.ts'
import { isXmlName } from './expressions/lexer.ts'
import { hasReference } from './expressions/references.ts'
import { findText, findWords, toGroup, toPlace, toTable, type Table, type TableRow } from './table.ts'
import { isTranslated, type Words } from './words.ts'
import type { Sheet } from './workbook.ts'

export type ListedChoice = {
  readonly name: string
  readonly label?: Words | undefined
  readonly media: ReadonlyMap<string, Words>
  readonly extra: ReadonlyMap<string, string>
  readonly row: number
}

/** A list of choices. `isWordy`: its words need the form's translations (languages, media, or answers inside labels). */
export type ChoiceList = { readonly name: string; readonly choices: ListedChoice[]; isWordy: boolean }

export type Choices = { readonly lists: ReadonlyMap<string, ChoiceList>; readonly table?: Table }

export function toChoices(sheet: Sheet | undefined, defaultLanguage: string, allowsTwice: boolean, issues: IssueList): Choices {
  if (sheet === undefined) return { lists: new Map() }
  const table = toTable(sheet, 'choices', choicesHeaders, { defaultLanguage, collapseSpaces: false }, issues)
  const lists = new Map<string, ChoiceList>()
  if (table.rows.length > 0 && !table.byFirst.has('name'))
    issues.report('header-missing', { sheet: 'choices', row: table.headerRow, column: 'name' }, { header: 'name' })
  const extras = toExtraColumns(table, issues)
  for (const row of table.rows) {
    const listName = findText(table, row, 'list name')
    if (listName === undefined) continue
    const list = lists.get(listName) ?? { name: listName, choices: [], isWordy: false }
    lists.set(listName, list)
    const choice = toChoice(table, row, extras, issues)
    if (choice !== undefined) list.choices.push(choice)
  }
  for (const list of lists.values()) {
    list.isWordy = list.choices.some(isWordy)
    if (!allowsTwice) reportTwice(list, table, issues)
  }
  return { lists, table }
}

function toChoice(
  table: Table,
  row: TableRow,
  extras: ReadonlyMap<string, Table['columns'][number]>,
  { report }: IssueList,
): ListedChoice | undefined {
  const name = findText(table, row, 'name')
  if (name === undefined) {
    if (table.byFirst.has('name')) report('choice-name-missing', toPlace(table, row, 'name'))
    return undefined
  }
  const label = findWords(table, row, 'label')
  if (label === undefined) report('choice-label-missing', toPlace(table, row, 'label'), { name })
  const extra = new Map<string, string>()
  for (const [header, column] of extras) {
    const text = row.texts.get(column)
    if (text !== undefined) extra.set(header, text)
  }
  return { name, label, media: toGroup(table, row, 'media'), extra, row: row.number }
}

/** Labels that need the itext block: per language, with media, or naming an answer. */
export function isWordy({ label, media }: ListedChoice): boolean {
  return media.size > 0 || isTranslated(label) || (label !== undefined && hasReference(label))
}

/** Further columns become elements of each choice, so their headers must be XML names; others are notes of the author and are left out. */
function toExtraColumns(table: Table, { report }: IssueList): Map<string, Table['columns'][number]> {
  const extras = new Map<string, Table['columns'][number]>()
  for (const column of table.columns) {
    const [first = ''] = column.path
    if (choicesHeaders.known.has(first)) continue
    if (column.path.length > 1 || !isXmlName(first) || first.includes(':')) {
      report(
        'choices-header-not-allowed',
        { sheet: 'choices', row: table.headerRow, column: column.header, columnNumber: column.number },
        { header: column.header },
      )
      continue
    }
    extras.set(first, column)
  }
  return extras
}

function reportTwice(list: ChoiceList, table: Table, { report }: IssueList): void {
  const seen = new Map<string, number>()
  for (const { name, row } of list.choices) {
    const earlier = seen.get(name)
    if (earlier === undefined) seen.set(name, row)
    else report('choice-name-twice', toPlace(table, row, 'name'), { name, list: list.name, earlier })
  }
}
