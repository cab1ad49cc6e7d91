import { addChild, type Section } from './form-tree.ts'
import { toQuestion } from './question-draft.ts'
import { questionTypes, type TypeRule } from './question-types.ts'
import { toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'
import type { TableRow } from './table.ts'
import type { Words } from './words.ts'

// A table-list group shows several selects over one list as a table: a first row with the labels of the choices, then rows without.

/** Turns the appearance `table-list` into `field-list`, which players know, and says whether it was there. */
export function toTableAppearance(control: Map<string, string>): boolean {
  const words = (control.get('appearance') ?? '').split(/\s+/)
  if (!words.includes('table-list')) return false
  control.set('appearance', ['field-list', ...words.filter((word) => word !== 'table-list')].join(' '))
  return true
}

const noMedia: ReadonlyMap<string, string> = new Map()

function addExtra(section: Section, draft: Partial<QuestionDraft> & { type: string; name: string; row: TableRow }): void {
  const rule = questionTypes.get(draft.type) as TypeRule
  const whole = {
    media: noMedia,
    bind: new Map(),
    control: new Map(),
    instance: noMedia,
    isDefaultComputed: false,
    actions: [],
    triggers: [],
    parameters: new Map(),
    ...draft,
  }
  addChild(section, toQuestion(whole, rule, true))
}

/** The group's own words become a note above the table. */
export function addTableLabel(section: Section, row: TableRow, label: Words | undefined, hint: Words | undefined): void {
  if (label === undefined && hint === undefined) return
  addExtra(section, {
    type: 'note',
    name: `generated_table_list_label_${row.number}`,
    row,
    ...(label === undefined ? {} : { label }),
    ...(hint === undefined ? {} : { hint }),
  })
}

/** Before the first select comes the row of labels; gives the list's name, which all further selects must share. */
export function addTableHeader(section: Section, draft: QuestionDraft, list: string, context: SurveyContext): string {
  const itemset = draft.itemset ?? ''
  if (list === '') {
    if (draft.choiceFilter !== undefined) context.issues.report('table-list-with-filter', toDraftPlace(draft, context, 'choice_filter'))
    addExtra(section, {
      type: draft.type,
      name: `reserved_name_for_field_list_labels_${draft.row.number}`,
      row: draft.row,
      control: new Map([['appearance', 'label']]),
      itemset,
    })
  } else if (list !== itemset) {
    context.issues.report('table-list-other-list', toDraftPlace(draft, context, 'type'), { list, other: itemset })
  }
  draft.control.set('appearance', 'list-nolabel')
  return list === '' ? itemset : list
}
