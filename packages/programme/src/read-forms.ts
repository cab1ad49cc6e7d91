// A form of the programme: compiled from its XLSForm tables, linted under the policy, and tied to the meanings that the programme gives its
// questions. Issues in a table point at the table's own line in the Markdown file.
import { filesNeededBy } from '@attune/forms'
import { formKinds, type FormKind, type Policy } from '@attune/policy'
import { compile, readMarkdown } from '@attune/xlsform'
import { readQuestions } from './check-questions.ts'
import type { Cursor } from './cursor.ts'
import type { IssueSink, ProgrammeIssueCode } from './issue.ts'
import type { ProgrammeForm } from './programme.ts'
import { lintOutline } from './lint-outline.ts'
import { lineOfRow } from './sheet-lines.ts'
import { checkLastSaved } from './check-last-saved.ts'
import { checkTranslations } from './check-translations.ts'

export type FormSurroundings = {
  readonly files: ReadonlyMap<string, string>
  readonly digest: (text: string) => string
  readonly policy: Policy
  readonly languages: readonly string[]
  readonly issues: IssueSink
}

/** Reads one entry of programme.yaml's forms. `undefined` when it cannot be compiled; what is wrong is in the issues. */
export function readForm(entry: Cursor, surroundings: FormSurroundings): ProgrammeForm | undefined {
  const { files, policy, digest } = surroundings
  entry.onlyKeys(['file', 'kind', 'questions'])
  const filePlace = entry.need('file', 'the path of the form in this folder')
  const file = filePlace.text()
  const kind: FormKind = entry.need('kind', formKinds.join(' or ')).word(formKinds)
  const text = files.get(file)
  if (text === undefined) {
    if (file !== '') filePlace.report('file-missing', `There is no file ${file} in this programme.`)
    return undefined
  }
  const report = (code: ProgrammeIssueCode, sheet: string, row: number, message: string) => {
    surroundings.issues.push({ file, line: lineOfRow(text, sheet, row), column: 1, code, message })
  }
  const workbook = readMarkdown(text)
  const compiled = compile(workbook, { fileName: file })
  if (!compiled.ok) {
    for (const issue of compiled.issues)
      report(
        'form-broken',
        issue.sheet,
        issue.row,
        `${issue.sheet}, row ${issue.row}${issue.column === '' ? '' : `, column ${issue.column}`}: ${issue.message}`,
      )
    return undefined
  }
  const { xml, outline } = compiled
  const reportRow = (code: ProgrammeIssueCode, row: number, message: string) => report(code, 'survey', row, message)
  checkTranslations(outline, surroundings.languages, reportRow)
  const meanings = readQuestions(entry, kind, outline, policy, reportRow)
  const { languages } = surroundings
  for (const issue of lintOutline(outline, { kind, identity: meanings.identity, languages, fields: policy.fields }))
    reportRow('question-refused', issue.row ?? 1, `${issue.message} [${issue.code}]`)
  for (const { sheet, row, message, code } of checkLastSaved(workbook, policy.fields, outline.formId))
    report('question-refused', sheet, row, `${message} [${code}]`)
  const facts = { id: outline.formId, title: outline.title, version: outline.version, file, xml, xmlHash: digest(xml), outline }
  const needed = filesNeededBy(outline)
  if (needed.length > 0)
    report(
      'form-broken',
      'survey',
      1,
      `A programme's folder keeps no files beside a form: ${needed.slice(0, 5).join(', ')}. Hand the form in at the desk, with them.`,
    )
  if (outline.version === '')
    report('form-broken', 'settings', 1, 'The form has no version. Write one in the column version of the settings sheet, such as 2025-06.1.')
  return { ...facts, ...meanings.form } as ProgrammeForm
}
