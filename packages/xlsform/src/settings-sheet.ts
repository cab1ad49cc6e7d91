import type { IssueList } from './issues.ts'
import { settingsHeaders } from './headers.ts'
import { isXmlName } from './expressions/lexer.ts'
import { findText, toPlace, toTable, type Table, type TableRow } from './table.ts'
import type { Sheet } from './workbook.ts'

export type Settings = {
  readonly formId: string
  readonly title: string
  readonly rootName: string
  readonly version: string
  readonly style: string
  readonly defaultLanguage: string
  readonly instanceName?: string
  readonly instanceId: string
  readonly instanceNamespace?: string
  readonly namespaces: ReadonlyMap<string, string>
  readonly submission: { readonly [attribute: string]: string | undefined }
  /** Own attributes of the record's root element, from `attribute::name` columns. */
  readonly attributes: ReadonlyMap<string, string>
  readonly compact: { readonly prefix?: string; readonly delimiter?: string }
  readonly allowsChoiceTwice: boolean
  readonly omitsInstanceId: boolean
  readonly collapsesSpaces: boolean
  readonly table?: Table
  readonly row?: TableRow
}

export type FormNames = { readonly formId: string; readonly rootName: string }

const yes: ReadonlySet<string> = new Set(['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'true()'])
const no: ReadonlySet<string> = new Set(['no', 'No', 'NO', 'false', 'False', 'FALSE', 'false()'])

/** The yes or no of a cell; anything else counts as undefined. */
export function findYesNo(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  return yes.has(text) ? true : no.has(text) ? false : undefined
}

/** Reads the first row of the settings sheet; without a sheet, the names the form was given by its file. */
export function toSettings(sheet: Sheet | undefined, names: FormNames, issues: IssueList): Settings {
  const table =
    sheet === undefined
      ? undefined
      : toTable(withoutOldFormId(sheet, issues), 'settings', settingsHeaders, { defaultLanguage: 'default', collapseSpaces: false }, issues)
  const row = table?.rows[0]
  const find = (name: string): string | undefined => (table === undefined || row === undefined ? undefined : findText(table, row, name))
  const formId = find('id_string') ?? names.formId
  const rootName = find('name') ?? names.rootName
  if (!isXmlName(rootName))
    issues.report('name-not-allowed', table && row ? toPlace(table, row, 'name') : { sheet: 'settings', row: 1, column: 'name' }, { name: rootName })
  const publicKey = find('public_key')
  if (publicKey !== undefined && table && row) issues.report('public-key-unsupported', toPlace(table, row, 'public_key'))
  const omitsInstanceId = findYesNo(find('omit_instanceID')) === true
  const submissionUrl = find('submission_url')
  const attributes = table && row ? table.columns.filter((column) => column.path[0] === 'attribute' && column.path.length === 2) : []
  const optional = <Key extends string>(key: Key, text: string | undefined): { [K in Key]?: string } =>
    text === undefined ? {} : ({ [key]: text } as { [K in Key]: string })
  return {
    formId,
    title: find('title') ?? formId,
    rootName,
    version: find('version') ?? '',
    style: find('style') ?? '',
    defaultLanguage: find('default_language') ?? 'default',
    ...optional('instanceName', find('instance_name')),
    instanceId: find('instance_id') ?? 'uid',
    ...optional('instanceNamespace', find('instance_xmlns')),
    namespaces: toNamespaces(find('namespaces') ?? ''),
    submission: {
      action: submissionUrl,
      method: submissionUrl === undefined ? undefined : 'post',
      'orx:auto-send': find('auto_send'),
      'orx:auto-delete': find('auto_delete'),
      'odk:client-editable': findYesNo(find('client_editable')) === true ? 'true' : undefined,
    },
    attributes: new Map(attributes.flatMap((column) => (row?.texts.has(column) ? [[column.path[1] ?? '', row.texts.get(column) ?? '']] : []))),
    compact: { ...optional('prefix', find('prefix')), ...optional('delimiter', find('delimiter')) },
    allowsChoiceTwice: findYesNo(find('allow_choice_duplicates')) === true,
    omitsInstanceId,
    collapsesSpaces: findYesNo(find('clean_text_values')) !== false,
    ...(table ? { table } : {}),
    ...(row ? { row } : {}),
  }
}

/** `form_id` and its old name `id_string` side by side: the new one counts. */
function withoutOldFormId(sheet: Sheet, { report }: IssueList): Sheet {
  const header = sheet.rows[0]
  const old = header?.cells.find((cell) => cell.text.trim() === 'id_string')
  if (header === undefined || old === undefined || !header.cells.some((cell) => cell.text.trim() === 'form_id')) return sheet
  report('form-id-twice', { sheet: 'settings', row: header.number, column: old.text, columnNumber: old.column })
  return { name: sheet.name, rows: sheet.rows.map((row) => ({ number: row.number, cells: row.cells.filter((cell) => cell.column !== old.column) })) }
}

/** `esri="http://esri.com/xforms" enk=…`: prefixes and addresses, quotes optional. */
function toNamespaces(text: string): Map<string, string> {
  const pairs = text.split(/\s+/).flatMap((part): [string, string][] => {
    const [prefix = '', address, ...more] = part.split('=')
    return prefix === '' || address === undefined || more.length > 0 || !isXmlName(prefix) ? [] : [[prefix, address.replace(/["']/g, '')]]
  })
  return new Map(pairs)
}
