// A form that was handed in for a running programme: compiled, tied to the same meanings as the form it follows, and linted under the policy.
import { questionsOf, toStableJson, type FormFile, type FormOutline, type QuestionOutline } from '@attune/forms'
import type { Field } from '@attune/policy'
import { compile, type Workbook } from '@attune/xlsform'
import { checkFormFiles, type GivenFile } from './check-form-files.ts'
import { checkLastSaved } from './check-last-saved.ts'
import { readQuestions } from './check-questions.ts'
import { checkTranslations } from './check-translations.ts'
import { findCombinations } from './combinations.ts'
import { openYaml } from './cursor.ts'
import type { FormIssue, FormIssueCode } from './form-issue.ts'
import type { ProgrammeIssue } from './issue.ts'
import { lintOutline } from './lint-outline.ts'
import { measuresOf, type FormAdditions, type Programme, type ProgrammeForm } from './programme.ts'
import { readFieldSheet } from './read-field-sheet.ts'

export type CheckedForm =
  | { readonly ok: true; readonly form: ProgrammeForm; readonly warnings: readonly FormIssue[] }
  | { readonly ok: false; readonly issues: readonly FormIssue[] }

export type FormSource = {
  readonly workbook: Workbook
  readonly fileName: string
  /** Hash of a text, in hexadecimal. */
  readonly digest: (text: string) => string
  /** What the version brings along beyond the programme's files and its own sheet "fields". */
  readonly additions?: FormAdditions
  /** Files that came with the workbook. */
  readonly files?: readonly GivenFile[]
  /** Files of the version before, by form id: taken over where the form still names them and nobody handed them in again. */
  readonly carried?: { readonly [formId: string]: readonly GivenFile[] }
}

/** The form of a workbook under a programme, or everything that is wrong with it, each at its cell. Warnings come with both. */
export function checkForm(programme: Programme, { workbook, fileName, digest, additions, files = [], carried = {} }: FormSource): CheckedForm {
  const compiled = compile(workbook, { fileName })
  if (!compiled.ok) return { ok: false, issues: compiled.issues }
  const { outline, xml } = compiled
  const issues: FormIssue[] = []
  const report = (code: FormIssueCode | ProgrammeIssue['code'], row: number, message: string, sheet = 'survey') =>
    issues.push({ code, severity: 'error', sheet, row, message })

  const now = programme.forms.find((form) => form.id === outline.formId)
  if (now === undefined) {
    const ids = programme.forms.map((form) => form.id).join(', ')
    report('form-not-of-programme', 2, `This programme has the forms ${ids}. Write one of them as form_id in the settings sheet.`, 'settings')
    return { ok: false, issues: [...issues, ...compiled.warnings] }
  }
  if (outline.version === '') report('version-missing', 2, 'Write a version in the settings sheet, such as 2026-01.1.', 'settings')
  const beside = checkFormFiles(workbook, outline, { given: files, carried: carried[outline.formId] ?? [] })
  issues.push(...beside.issues)
  checkTranslations(outline, programme.languages, (code, row, message) => report(code, row, message))

  const declared = readFieldSheet(workbook, outline.formId, programme.policy)
  issues.push(...declared.issues)
  const fields = [...(additions?.fields ?? []), ...declared.fields]
  issues.push(...checkLastSaved(workbook, [...programme.policy.fields, ...fields], outline.formId))
  const meanings = readMeanings(programme, now, outline, report)
  const identity = meanings?.identity ?? []
  for (const { code, row, message } of lintOutline(outline, {
    kind: now.kind,
    identity,
    languages: programme.languages,
    fields: [...programme.policy.fields, ...fields],
    lists: new Map(beside.used.flatMap(({ name, list }) => (list === undefined ? [] : [[name, list] as const]))),
  }))
    issues.push({ code, severity: 'error', sheet: 'survey', row: row ?? 1, message })
  checkMeasures(programme, now.outline, outline, report)
  const warnings: FormIssue[] = [...compiled.warnings, ...beside.warnings]
  if (now.kind === 'client-record') {
    const held = new Set(
      [...measuresOf(programme, now.id), ...(additions?.measures ?? [])].flatMap((use) => [
        ...Object.values(use.items),
        ...Object.values(use.scores),
        ...Object.values(use.typed ?? {}),
      ]),
    )
    warnings.push(...findCombinations(now, { outline, files: beside.used }, held))
  }
  if (issues.length > 0 || meanings === undefined) return { ok: false, issues: [...issues, ...warnings] }

  const facts = { id: outline.formId, title: outline.title, version: outline.version, file: fileName, xml, xmlHash: digest(xml), outline }
  const more = toAdditions(fields, additions)
  return {
    ok: true,
    form: { ...facts, ...meanings.form, ...(more === undefined ? {} : { additions: more }), ...toFiles(beside.used) } as ProgrammeForm,
    warnings,
  }
}

/** What is kept of files; what stands in a list is kept in its own bytes. */
function toFiles(used: readonly GivenFile[]): { readonly files?: readonly FormFile[] } {
  return used.length === 0 ? {} : { files: used.map(({ list: _list, parts: _parts, ...file }) => file) }
}

function toAdditions(fields: readonly Field[], given: FormAdditions | undefined): FormAdditions | undefined {
  if (fields.length === 0 && given === undefined) return undefined
  const { serviceId, measures = [], resting } = given ?? {}
  return { ...(serviceId === undefined ? {} : { serviceId }), fields, measures, ...(resting === undefined ? {} : { resting }) }
}

/** The same meanings at the same names as today: records of two versions stay one set (DCS-003). */
function readMeanings(
  programme: Programme,
  now: ProgrammeForm,
  outline: FormOutline,
  report: (code: ProgrammeIssue['code'], row: number, message: string) => void,
) {
  const found: ProgrammeIssue[] = []
  const questions = now.kind === 'practice' ? {} : now.questions
  const place = openYaml(new Map([['questions', JSON.stringify({ questions })]]), 'questions', found)
  const meanings = readQuestions(place, now.kind, outline, programme.policy, (code, row, message) => report(code, row, message))
  const rows = new Map(questionsOf(outline).map((question) => [question.name, question.row]))
  for (const { code, message } of found) report(code, rows.get(/^"([^"]+)"/.exec(message)?.[1] ?? '') ?? 1, message)
  return meanings
}

/** A measure is only comparable while its questions stay as they are. */
function checkMeasures(
  programme: Programme,
  before: FormOutline,
  after: FormOutline,
  report: (code: FormIssueCode, row: number, message: string) => void,
): void {
  const then = byName(before)
  const now = byName(after)
  for (const { scale, items, scores } of measuresOf(programme, after.formId)) {
    for (const name of [...Object.values(items), ...Object.values(scores)]) {
      const was = then.get(name)
      const is = now.get(name)
      if (was === undefined) continue
      if (is === undefined) report('measure-changed', 1, `${scale.name} needs the question "${name}", and this form has none. Put it back as it was.`)
      else if (toMeasuring(was, before) !== toMeasuring(is, after))
        report(
          'measure-changed',
          is.row,
          `"${name}" belongs to ${scale.name}. Its kind, choices, limits and calculation have to stay as they were, or old and new scores cannot be compared.`,
        )
    }
  }
}

function toMeasuring(question: QuestionOutline, outline: FormOutline): string {
  const { type, constraint, calculation, parameters, list } = question
  return toStableJson([type, constraint, calculation, parameters, (outline.choices[list ?? ''] ?? []).map((choice) => choice.name)])
}

function byName(outline: FormOutline): ReadonlyMap<string, QuestionOutline> {
  return new Map(questionsOf(outline).map((question) => [question.name, question]))
}
