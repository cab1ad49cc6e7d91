import type { FormOutline } from '@attune/forms'
import { toChoices, type Choices } from './choices-sheet.ts'
import { checkFiles, type ExternalFiles } from './check-files.ts'
import { checkForm } from './check-form.ts'
import { checkNames } from './check-names.ts'
import { addEntities } from './entities/entities.ts'
import { descendantsOf, type FormNode } from './form-tree.ts'
import { surveyHeaders } from './headers.ts'
import { toIssueList, type Issue, type IssueList } from './issues.ts'
import { addMeta } from './meta.ts'
import { toNameLookup, type NameLookup } from './name-lookup.ts'
import { toOutline } from './outline.ts'
import { toFileSources, type Source } from './secondary-instances.ts'
import { toSettings, type Settings } from './settings-sheet.ts'
import { findSheet, findSimilarSheets, sheetNames } from './sheet-names.ts'
import type { SurveyContext } from './survey-context.ts'
import { toSurvey, type Survey } from './survey-sheet.ts'
import { toTable, type Table } from './table.ts'
import { mostRows, type Workbook } from './workbook.ts'
import { toXForm } from './xform.ts'

export type CompileOptions = {
  /** The workbook's file name: without a form_id in its settings, the form takes the name in front of the dot. */
  readonly fileName?: string
  /** Name of the record's root element where the settings sheet gives none; "data" unless said otherwise. */
  readonly rootName?: string
  /**
   * 'unchecked' leaves it to another program whether expressions can be read and their functions exist; such a form may not open.
   * Checked unless said otherwise.
   */
  readonly expressions?: 'checked' | 'unchecked'
  /** The files that lie beside the form. Where given, a file that is needed but not there, or lacks a column, is an error. */
  readonly external?: ExternalFiles
}

export type Compiled =
  | { readonly ok: true; readonly xml: string; readonly outline: FormOutline; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Turns a workbook into an XForm and its outline, or into the list of everything that is wrong with it.
 * Errors stop the form and come together with the warnings; warnings alone come with the form.
 *
 * @example compile(readMarkdown('| survey |\n| | type | name | label |\n| | text | town | Town |')).ok // true
 */
export function compile(workbook: Workbook, options: CompileOptions = {}): Compiled {
  const issues = toIssueList()
  const form = toForm(workbook, options, issues)
  if (form === undefined) return { ok: false, issues: issues.issues }
  const xml = toXForm(form, issues)
  if (issues.hasErrors()) return { ok: false, issues: issues.issues }
  return { ok: true, xml, outline: toOutline(form), warnings: issues.issues }
}

/** Everything the writers need. */
export type Form = {
  readonly table: Table
  readonly settings: Settings
  readonly choices: Choices
  readonly survey: Survey
  /** Everything in the tree, which is whole now. */
  readonly nodes: readonly FormNode[]
  readonly find: NameLookup
  /** The files its expressions and selects read. */
  readonly files: readonly Source[]
  readonly entitiesVersion: string | undefined
  readonly prefixes: ReadonlySet<string>
}

function toForm(workbook: Workbook, options: CompileOptions, issues: IssueList): Form | undefined {
  if (workbook.fault !== undefined) {
    issues.report(workbook.fault, { sheet: '', row: 1 })
    return undefined
  }
  const long = workbook.sheets.filter((sheet) => sheet.rows.length > mostRows && sheetNames.some((name) => name === sheet.name.toLowerCase()))
  for (const sheet of long)
    issues.report('too-many-rows', { sheet: sheet.name, row: sheet.rows[mostRows]?.number ?? mostRows }, { sheet: sheet.name, most: mostRows })
  if (long.length > 0) return undefined
  const names = workbook.sheets.map((sheet) => sheet.name)
  const surveySheet = findSheet(workbook, 'survey')
  if (surveySheet === undefined) {
    issues.report('survey-sheet-missing', { sheet: 'survey', row: 1 }, { similar: toHint(findSimilarSheets('survey', names)) })
    return undefined
  }
  const settingsSheet = findSheet(workbook, 'settings')
  if (settingsSheet === undefined) reportSimilar('settings', names, issues)
  const settings = toSettings(settingsSheet, { formId: toFormId(options.fileName), rootName: options.rootName ?? 'data' }, issues)
  const choices = toChoices(findSheet(workbook, 'choices'), settings.defaultLanguage, settings.allowsChoiceTwice, issues)
  const table = toTable(
    surveySheet,
    'survey',
    surveyHeaders,
    { defaultLanguage: settings.defaultLanguage, collapseSpaces: settings.collapsesSpaces },
    issues,
  )
  if (!table.byFirst.has('type')) {
    issues.report('header-missing', { sheet: 'survey', row: table.headerRow, column: 'type' }, { header: 'type' })
    return undefined
  }
  const context: SurveyContext = {
    table,
    choices,
    settings,
    issues,
    sheetNames: names,
    geometryTargets: [],
    instances: new Set(),
    multiplyChosen: new Set(),
  }
  const survey = toSurvey(context)
  const entitiesSheet = findSheet(workbook, 'entities')
  if (entitiesSheet === undefined) reportSimilar('entities', names, issues)
  const entities = addEntities(entitiesSheet, survey, context)
  const named: Settings = { ...settings, title: survey.overrides.title ?? settings.title, formId: survey.overrides.id_string ?? settings.formId }
  addMeta(survey.root, survey.meta, named)
  const nodes = descendantsOf(survey.root)
  const find = toNameLookup(survey.root, nodes)
  const files = toFileSources(nodes)
  checkForm(survey, nodes, find, context, entities, options.expressions !== 'unchecked')
  if (options.external !== undefined) checkFiles(nodes, files, options.external, table, issues)
  return { table, settings: named, choices, survey, nodes, find, files, entitiesVersion: entities.version, prefixes: checkNames(nodes, context) }
}

function toFormId(fileName: string | undefined): string {
  const stem = (fileName ?? '').replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')
  return stem === '' ? 'data' : stem
}

function toHint(similar: string): string {
  return similar === '' ? '' : ` Did you mean ${similar}?`
}

function reportSimilar(name: 'settings' | 'entities', names: readonly string[], { report }: IssueList): void {
  const similar = findSimilarSheets(name, names)
  if (similar !== '') report('sheet-name-similar', { sheet: similar.split("'")[1] ?? name, row: 1 }, { name, similar })
}
