// A service's own measures come at the end of the form that everybody has: as totals, or item by item where the service holds the licence to show
// the wording. The form before them stays as it is, so that records of all services remain one set (DCS-003, COM-059).
import { toStableJson, type FormOutline } from '@attune/forms'
import { toScores } from '@attune/measures'
import type { Field } from '@attune/policy'
import { toWorkbook, type Row, type Sheet, type Workbook } from '@attune/xlsform'
import { checkForm, type CheckedForm } from './check-form.ts'
import { askedItems, askedScores, isResting, ownQuestion, typedScores, toOwnBlock, toOwnChoices, type Cells, type OwnMeasure } from './own-block.ts'
import { measuresOf, type ClientRecordForm, type FormAdditions, type MeasureUse, type Programme } from './programme.ts'

/** Measures that cannot be added, each with the reason; none when all can. */
export function refuseOwnMeasures(
  programme: Programme,
  form: ClientRecordForm,
  measures: readonly OwnMeasure[],
): readonly { readonly scale: string; readonly why: string }[] {
  const core = measuresOf(programme, form.id)
  return measures.flatMap(({ scale, reviewedItems }, at) => {
    if (toScores(scale).length === 0)
      return [{ scale: scale.id, why: `${scale.name} cannot be entered yet. ${scale.notReady ?? 'It has no score.'}` }]
    const everybodys = core.find((use) => use.scale.id === scale.id)
    const takesItems = everybodys !== undefined && Object.keys(everybodys.items).length === 0 && scale.items.length > 0
    if (everybodys !== undefined && !takesItems) return [{ scale: scale.id, why: `${scale.name} is in everybody's form already.` }]
    // Everybody's form stays as it is (DCS-003): what a licence adds is the lines, in the part of the form that is the service's own.
    if (takesItems && reviewedItems !== true)
      return [
        {
          scale: scale.id,
          why: `${scale.name} is in everybody's form already, by its total. To ask it line by line the service needs a licence key that names it.`,
        },
      ]
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
    measures: measures.filter((own) => !isResting(own)).map((own) => toUse(own, core.id)),
    ...(measures.some(isResting) && {
      resting: measures.filter(isResting).map(({ scale, domain, purposes, justification }) => ({ scale, domain, purposes, justification })),
    }),
  }
  return checkForm(programme, {
    workbook: toExtendedWorkbook(core, version, measures),
    fileName: core.file,
    digest,
    additions,
    files: core.files ?? [],
  })
}

/** The workbook behind `extendForm`, for showing its cells. */
export function toExtendedWorkbook(core: ClientRecordForm, version: string, measures: readonly OwnMeasure[]): Workbook {
  const { sheets } = toWorkbook({ ...core.outline, version })
  const added: { readonly [sheet: string]: readonly Cells[] } = {
    survey: toOwnBlock(core, measures),
    choices: measures.flatMap((own) => toOwnChoices(core, own)),
  }
  return { sheets: sheets.map((sheet) => appendRows(sheet, added[sheet.name] ?? [])) }
}

function toUse(own: OwnMeasure, form: string): MeasureUse {
  const { scale, domain, reviewedItems } = own
  return {
    scale,
    form,
    domain,
    items: Object.fromEntries(askedItems(own).map((item) => [item.code, ownQuestion(scale, { id: item.code })])),
    scores: Object.fromEntries(askedScores(own).map((score) => [score.id, ownQuestion(scale, score)])),
    ...(typedScores(own).length > 0 && { typed: Object.fromEntries(typedScores(own).map((score) => [score.id, ownQuestion(scale, score)])) }),
    ...(reviewedItems === true ? { reviewedItems } : {}),
  }
}

function toFields({ policy }: Programme, core: ClientRecordForm, own: OwnMeasure): Field[] {
  const { scale, purposes, justification } = own
  const pattern = policy.fields.find((field) => field.form === core.id && field.sensitivity === 'health')
  if (pattern === undefined) throw new Error(`The policy keeps no measure of ${core.id}.`)
  const toField = (name: string, label: string): Field => ({ ...pattern, name, label, purposes, justification, disclosureRisk: false })
  return [
    ...askedItems(own).map((item) => toField(ownQuestion(scale, { id: item.code }), `${scale.name}: ${item.code}`)),
    ...[...askedScores(own), ...typedScores(own)].map((score) => toField(ownQuestion(scale, score), `${scale.name}: ${score.name}`)),
  ]
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
  const lists = Object.fromEntries(Object.keys(core.choices).map((list) => [list, extended.choices[list]]))
  return toStableJson([strip(core.children), core.choices]) === toStableJson([strip(kept), lists])
}
