// The outline of a form: what is asked, in which order, with which choices and words. The compiler writes it; the linter, the
// submission check, the printed blank, exports and tables read it. It never holds an answer.

/** Words per language. The key is the language as the form's author wrote it, for example "English (en)"; a form without languages uses "default". */
export type Texts = { readonly [language: string]: string }

export const questionTypes = [
  'text',
  'integer',
  'decimal',
  'date',
  'time',
  'dateTime',
  'select-one',
  'select-multiple',
  'rank',
  'range',
  'note',
  'acknowledge',
  'calculate',
  'hidden',
  'image',
  'audio',
  'video',
  'file',
  'barcode',
  'geopoint',
  'geotrace',
  'geoshape',
  'preload',
] as const
export type QuestionType = (typeof questionTypes)[number]

/** The type an answer has in the XForm's bind: what a value looks like on the wire. */
export const valueTypes = [
  'string',
  'int',
  'decimal',
  'date',
  'time',
  'dateTime',
  'boolean',
  'binary',
  'geopoint',
  'geotrace',
  'geoshape',
  'barcode',
  'odk:rank',
] as const
export type ValueType = (typeof valueTypes)[number]

export type Choice = {
  readonly name: string
  readonly label: Texts
  /** Further columns of the choices sheet, for choice filters. */
  readonly extra: { readonly [column: string]: string }
  readonly media: { readonly [kind: string]: Texts }
}

type NodeOutline = {
  /** The XLSForm name: the last step of the path. */
  readonly name: string
  /** Absolute path in the primary instance, for example "/data/goals/goal_1". */
  readonly path: string
  readonly label: Texts
  readonly hint: Texts
  readonly guidance: Texts
  readonly media: { readonly [kind: string]: Texts }
  readonly appearance: readonly string[]
  readonly relevant?: string
  /** The row of the survey sheet that declared it, counted from 1 with the header row as 1. */
  readonly row: number
  /** Further columns of the row, by header, that only other programs read, for example "bind::esri:style". */
  readonly columns?: { readonly [header: string]: string }
}

export type QuestionOutline = NodeOutline & {
  readonly kind: 'question'
  readonly type: QuestionType
  readonly valueType: ValueType
  readonly required: boolean | string
  readonly requiredMessage: Texts
  readonly readonly: boolean | string
  readonly constraint?: string
  readonly constraintMessage: Texts
  readonly calculation?: string
  readonly default?: string
  readonly parameters: { readonly [name: string]: string }
  /** Name of the choice list in `FormOutline.choices`, for selects and ranks over a list inside the form. */
  readonly list?: string
  readonly choiceFilter?: string
  /** The words of the type column where `type` and `list` do not tell all, for example "start" or "select_one_from_file towns.csv". */
  readonly xlsformType?: string
  /** Names of the questions whose change makes this one be computed anew. */
  readonly triggers?: readonly string[]
}

export type GroupOutline = NodeOutline & { readonly kind: 'group'; readonly children: readonly OutlineNode[] }
export type RepeatOutline = NodeOutline & { readonly kind: 'repeat'; readonly count?: string; readonly children: readonly OutlineNode[] }
export type OutlineNode = QuestionOutline | GroupOutline | RepeatOutline

export type FormOutline = {
  readonly formId: string
  readonly version: string
  readonly title: string
  /** Name of the primary instance's root element, "data" unless the settings sheet says otherwise. */
  readonly rootName: string
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  /** Words of the settings column `style`: pages, theme-grid. */
  readonly style: readonly string[]
  readonly instanceName?: string
  readonly children: readonly OutlineNode[]
  readonly choices: { readonly [list: string]: readonly Choice[] }
  /** Names of the files that must lie beside the form, for example "towns.csv"; pictures and sounds are named in `media`. */
  readonly files?: readonly string[]
  /** Further settings, by header, for example "namespaces". */
  readonly settings?: { readonly [header: string]: string }
}

/** Every question of a form in the order it is asked, groups and repeats flattened. */
export function questionsOf(outline: { readonly children: readonly OutlineNode[] }): QuestionOutline[] {
  return outline.children.flatMap((node) => (node.kind === 'question' ? [node] : questionsOf(node)))
}
