// A service's own measures come at the end of the form that everybody has, as a block of totals. The form before them stays as it is, so that
// records of all services remain one set (DCS-003, COM-059).
import { toStableJson, type FormOutline } from '@attune/forms'
import { toScores, type Direction, type Scale, type Score } from '@attune/measures'
import type { Field } from '@attune/policy'
import { toWorkbook, type Row, type Sheet, type Workbook } from '@attune/xlsform'
import { checkForm, type CheckedForm } from './check-form.ts'
import { measuresOf, type ClientRecordForm, type FormAdditions, type MeasureDomain, type MeasureUse, type Programme } from './programme.ts'

/** A measure that a service wants, and why it may be asked. */
export type OwnMeasure = {
  readonly scale: Scale
  readonly domain: MeasureDomain
  readonly purposes: readonly string[]
  readonly justification: string
}

type Words = {
  readonly title: string
  readonly total: (score: string) => string
  readonly hint: (least: number, most: number, direction: Direction) => string
  readonly outside: (least: number, most: number) => string
}

const english: Words = {
  title: 'Measures of our service',
  total: (score) => score,
  hint: (least, most, direction) =>
    `A whole number from ${least} to ${most}.${{ higher: ' Higher is better.', lower: ' Lower is better.', none: '' }[direction]}`,
  outside: (least, most) => `This score lies between ${least} and ${most}.`,
}
const welsh: Words = {
  title: 'Mesurau ein gwasanaeth',
  total: (score) => score,
  hint: (least, most, direction) =>
    `Rhif cyfan o ${least} i ${most}.${{ higher: ' Mae uwch yn well.', lower: ' Mae is yn well.', none: '' }[direction]}`,
  outside: (least, most) => `Mae’r sgôr hwn rhwng ${least} a ${most}.`,
}
const wordsOf = (language: string): Words => (/\(cy\)/.test(language) ? welsh : english)

/** The name of the question that holds a score of a service's own measure. */
export const ownQuestion = (scale: Pick<Scale, 'id'>, score: Pick<Score, 'id'>): string =>
  `own_${`${scale.id}_${score.id}`.replace(/[^a-zA-Z0-9]+/g, '_')}`

/** Measures that cannot be added, each with the reason; none when all can. */
export function refuseOwnMeasures(
  programme: Programme,
  form: ClientRecordForm,
  measures: readonly OwnMeasure[],
): readonly { readonly scale: string; readonly why: string }[] {
  const inCore = new Set(measuresOf(programme, form.id).map(({ scale }) => scale.id))
  return measures.flatMap(({ scale }, at) => {
    if (toScores(scale).length === 0)
      return [{ scale: scale.id, why: `${scale.name} cannot be entered yet. ${scale.notReady ?? 'It has no score.'}` }]
    if (inCore.has(scale.id)) return [{ scale: scale.id, why: `${scale.name} is in everybody's form already.` }]
    if (measures.findIndex((other) => other.scale.id === scale.id) !== at) return [{ scale: scale.id, why: `${scale.name} is in your form already.` }]
    return []
  })
}

/** The core form with the service's measures after it, as a version of its own for this service. */
export function extendForm(
  programme: Programme,
  core: ClientRecordForm,
  {
    serviceId,
    version,
    measures,
    digest,
  }: { readonly serviceId: string; readonly version: string; readonly measures: readonly OwnMeasure[]; readonly digest: (text: string) => string },
): CheckedForm {
  const additions: FormAdditions = {
    serviceId,
    fields: [...(core.additions?.fields ?? []), ...measures.flatMap((measure) => toFields(programme, core, measure))],
    measures: measures.map((own) => toUse(own, core.id)),
  }
  return checkForm(programme, { workbook: toExtendedWorkbook(core, version, measures), fileName: core.file, digest, additions })
}

/** The workbook behind `extendForm`, for showing its cells. */
export function toExtendedWorkbook(core: ClientRecordForm, version: string, measures: readonly OwnMeasure[]): Workbook {
  const { sheets } = toWorkbook({ ...core.outline, version })
  return { sheets: sheets.map((sheet) => (sheet.name === 'survey' ? appendRows(sheet, toBlock(core, measures)) : sheet)) }
}

function toUse({ scale, domain }: OwnMeasure, form: string): MeasureUse {
  return { scale, form, domain, items: {}, scores: Object.fromEntries(toScores(scale).map((score) => [score.id, ownQuestion(scale, score)])) }
}

function toFields({ policy }: Programme, core: ClientRecordForm, { scale, purposes, justification }: OwnMeasure): Field[] {
  const pattern = policy.fields.find((field) => field.form === core.id && field.sensitivity === 'health')
  if (pattern === undefined) throw new Error(`The policy keeps no measure of ${core.id}.`)
  return toScores(scale).map((score) => ({
    ...pattern,
    name: ownQuestion(scale, score),
    label: `${scale.name}: ${score.name}`,
    purposes,
    justification,
    disclosureRisk: false,
  }))
}

type Cells = { readonly [header: string]: string }

function toBlock({ outline, questions }: ClientRecordForm, measures: readonly OwnMeasure[]): Cells[] {
  // A service that took its last measure out has the form of everybody, under a version of its own.
  if (measures.length === 0) return []
  const texts = (header: string, of: (words: Words) => string): Cells =>
    Object.fromEntries(outline.languages.map((language) => [language === 'default' ? header : `${header}::${language}`, of(wordsOf(language))]))
  const rows = measures.flatMap(({ scale }) =>
    toScores(scale).map((score): Cells => {
      const { min, max, direction } = score
      const name = score.id === 'total' ? scale.name : `${scale.name}: ${score.name}`
      return {
        type: 'integer',
        name: ownQuestion(scale, score),
        constraint: `. >= ${min} and . <= ${max}`,
        ...texts('label', (words) => words.total(name)),
        ...texts('hint', (words) => words.hint(min, max, direction)),
        ...texts('constraint_message', (words) => words.outside(min, max)),
      }
    }),
  )
  const open = {
    type: 'begin_group',
    name: 'own_measures',
    relevant: `\${${questions.clientConsent}} = 'yes'`,
    appearance: 'field-list',
    ...texts('label', (words) => words.title),
  }
  return [open, ...rows, { type: 'end_group' }]
}

function appendRows(sheet: Sheet, added: readonly Cells[]): Sheet {
  const [head] = sheet.rows
  const columns = new Map((head?.cells ?? []).map(({ text, column }) => [text, column]))
  for (const cells of added)
    for (const header of Object.keys(cells)) if (!columns.has(header)) columns.set(header, Math.max(0, ...columns.values()) + 1)
  const last = sheet.rows.at(-1)?.number ?? 1
  const rows = added.map((cells, at): Row => ({
    number: last + 1 + at,
    cells: Object.entries(cells)
      .map(([header, text]) => ({ column: columns.get(header) ?? 1, text }))
      .toSorted((one, other) => one.column - other.column),
  }))
  const header: Row = {
    number: head?.number ?? 1,
    cells: [...columns].map(([text, column]) => ({ column, text })).toSorted((one, other) => one.column - other.column),
  }
  return { name: sheet.name, rows: [header, ...sheet.rows.slice(1), ...rows] }
}

/** True when every question of the core stands unchanged in the other outline: same name, kind, words, rules and choices. */
export function isCoreUnchanged(core: FormOutline, extended: FormOutline): boolean {
  const strip = (nodes: FormOutline['children']): unknown =>
    nodes.map((node) => ({ ...node, row: 0, ...(node.kind === 'question' ? {} : { children: strip(node.children) }) }))
  const kept = extended.children.filter((node) => node.name !== 'own_measures')
  return toStableJson([strip(core.children), core.choices]) === toStableJson([strip(kept), extended.choices])
}
