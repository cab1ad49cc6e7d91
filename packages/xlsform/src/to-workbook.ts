import { questionsOf, type Choice, type FormOutline, type OutlineNode, type QuestionOutline, type Texts } from '@attune/forms'
import { toTypeWord } from './type-words.ts'
import type { Row, Sheet, Workbook } from './workbook.ts'

type Cells = Map<string, string>

/**
 * The workbook of a form, for other programs to open: sheets of text cells that a writer of .xlsx files can take as they are.
 * Compiling it gives the same outline again. Entities are no part of an outline and are left out.
 */
export function toWorkbook(outline: FormOutline): Workbook {
  const lists = Object.entries(outline.choices)
  const choices = lists.flatMap(([list, members]) => members.map((choice) => toChoiceCells(list, choice, outline)))
  return {
    sheets: [
      toSheet('survey', ['type', 'name'], [...toFileRows(outline), ...outline.children.flatMap((node) => toRows(node, outline))]),
      ...(choices.length === 0 ? [] : [toSheet('choices', ['list_name', 'name'], choices)]),
      toSheet('settings', [], [toSettingsCells(outline)]),
    ],
  }
}

/** Headers in the order they first appear, the given ones first. */
function toSheet(name: string, first: readonly string[], rows: readonly Cells[]): Sheet {
  const headers = [...new Set([...first, ...rows.flatMap((row) => [...row.keys()])])]
  const columns = new Map(headers.map((header, index) => [header, index + 1]))
  const toRow = (cells: Cells, number: number): Row => ({
    number,
    cells: [...cells]
      .filter(([, text]) => text !== '')
      .map(([header, text]) => ({ column: columns.get(header) ?? 1, text }))
      .toSorted((a, b) => a.column - b.column),
  })
  const header: Row = { number: 1, cells: headers.map((text, index) => ({ column: index + 1, text })) }
  return { name, rows: [header, ...rows.map((cells, index) => toRow(cells, index + 2))] }
}

function toSettingsCells(outline: FormOutline): Cells {
  return new Map([
    ['form_title', outline.title],
    ['form_id', outline.formId],
    ['version', outline.version],
    ['name', outline.rootName],
    ['style', outline.style.join(' ')],
    ['default_language', outline.defaultLanguage === 'default' ? '' : outline.defaultLanguage],
    ['instance_name', outline.instanceName ?? ''],
    ...Object.entries(outline.settings ?? {}),
  ])
}

/** Files that no question names need a row of their own. */
function toFileRows(outline: FormOutline): Cells[] {
  const chosen = new Set(questionsOf(outline).map(({ xlsformType }) => xlsformType?.split(' ').at(-1)))
  return (outline.files ?? [])
    .filter((file) => !chosen.has(file) && /\.(csv|xml)$/.test(file))
    .map((file) => {
      const dot = file.lastIndexOf('.')
      return new Map([
        ['type', `${file.slice(dot + 1)}-external`],
        ['name', file.slice(0, dot)],
      ])
    })
}

function toRows(node: OutlineNode, outline: FormOutline): Cells[] {
  if (node.kind === 'question') return [toQuestionCells(node, outline)]
  const cells = toNodeCells(`begin_${node.kind}`, node, outline)
  if (node.kind === 'repeat') cells.set('repeat_count', node.count ?? '')
  const end: Cells = new Map([
    ['type', `end_${node.kind}`],
    ['name', node.name],
  ])
  return [cells, ...node.children.flatMap((child) => toRows(child, outline)), end]
}

function toNodeCells(type: string, node: OutlineNode, outline: FormOutline): Cells {
  return new Map([
    ['type', type],
    ['name', node.name],
    ...toTextCells('label', node.label, outline),
    ...toTextCells('hint', node.hint, outline),
    ...toTextCells('guidance_hint', node.guidance, outline),
    ...Object.entries(node.media).flatMap(([kind, texts]) => toTextCells(`media::${kind}`, texts, outline)),
    ['appearance', node.appearance.join(' ')],
    ['relevant', node.relevant ?? ''],
    ...Object.entries(node.columns ?? {}),
  ])
}

function toQuestionCells(question: QuestionOutline, outline: FormOutline): Cells {
  const cells = toNodeCells(question.xlsformType ?? toTypeWord(question.type, question.list), question, outline)
  const own: [string, string][] = [
    ['required', toSwitch(question.required)],
    ...toTextCells('required_message', question.requiredMessage, outline),
    // A note is read-only by its type.
    ['readonly', question.type === 'note' && question.readonly === true ? '' : toSwitch(question.readonly)],
    ['constraint', question.constraint ?? ''],
    ...toTextCells('constraint_message', question.constraintMessage, outline),
    ['calculation', question.calculation ?? ''],
    ['default', question.default ?? ''],
    [
      'parameters',
      Object.entries(question.parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    ['choice_filter', question.choiceFilter ?? ''],
    ['trigger', (question.triggers ?? []).map((name) => `\${${name}}`).join(', ')],
  ]
  for (const [header, text] of own) cells.set(header, text)
  return cells
}

function toSwitch(value: boolean | string): string {
  return typeof value === 'string' ? value : value ? 'yes' : ''
}

/** One column per language, in the form's order; the texts of a form without languages need none. */
function toTextCells(header: string, texts: Texts, outline: FormOutline): [string, string][] {
  const place = ([language]: [string, string]) => outline.languages.indexOf(language)
  const ordered = Object.entries(texts).toSorted((one, other) => place(one) - place(other))
  return ordered.map(([language, text]) => [
    language === 'default' && outline.defaultLanguage === 'default' ? header : `${header}::${language}`,
    text,
  ])
}

function toChoiceCells(list: string, choice: Choice, outline: FormOutline): Cells {
  return new Map([
    ['list_name', list],
    ['name', choice.name],
    ...toTextCells('label', choice.label, outline),
    ...Object.entries(choice.media).flatMap(([kind, texts]) => toTextCells(`media::${kind}`, texts, outline)),
    ...Object.entries(choice.extra),
  ])
}
