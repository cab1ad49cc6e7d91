// The sheet "fields" of a workbook: what a question is for that the policy does not know yet. Same words as policy.yaml: name, label, purposes,
// sensitivity, justification, disclosure_risk, about_session. How long an answer is kept and where it lies are not the form author's to choose.
import { sensitivities, type Field, type Policy } from '@attune/policy'
import type { Sheet, Workbook } from '@attune/xlsform'
import type { FormIssue } from './form-issue.ts'

const headers = ['name', 'label', 'purposes', 'sensitivity', 'justification', 'disclosure_risk', 'about_session'] as const
type Header = (typeof headers)[number]

/** The declared fields of a form, or what is wrong with the sheet. A workbook without the sheet declares nothing. */
export function readFieldSheet(
  workbook: Workbook,
  formId: string,
  policy: Policy,
): { readonly fields: readonly Field[]; readonly issues: readonly FormIssue[] } {
  const sheet = workbook.sheets.find(({ name }) => name.trim().toLowerCase() === 'fields')
  const issues: FormIssue[] = []
  if (sheet === undefined) return { fields: [], issues }
  const report = (row: number, column: string, message: string) =>
    issues.push({ code: 'field-broken', severity: 'error', sheet: sheet.name, row, ...(column === '' ? {} : { column }), message })
  const known = policy.fields.filter((field) => field.form === formId)
  // What the policy says of this form's answers about its subject: where they lie and how long they are kept.
  const pattern = known.find((field) => field.partition === 'answers' && field.origin === 'asked')
  if (pattern === undefined) {
    report(1, '', `The policy keeps no answers of ${formId}, so no question can be added to it.`)
    return { fields: [], issues }
  }
  const codes = policy.purposes.filter((purpose) => purpose.subject === pattern.subject).map((purpose) => purpose.code)
  const fields = rowsOf(sheet, report).map(({ row, cells }): Field => {
    const name = cells.name ?? ''
    if (name === '') report(row, 'name', 'Write the name of the question that this line is about.')
    if (known.some((field) => field.name === name)) report(row, 'name', `The policy says already what "${name}" is for. Remove this line.`)
    const purposes = (cells.purposes ?? '').split(/[\s,]+/).filter((word) => word !== '')
    for (const purpose of purposes.filter((word) => !codes.includes(word)))
      report(row, 'purposes', `"${purpose}" is not a purpose of the policy. It has: ${codes.join(', ')}.`)
    const sensitivity = sensitivities.find((word) => word === cells.sensitivity)
    if (sensitivity === undefined || sensitivity === 'identity')
      report(row, 'sensitivity', 'Say how sensitive the answer is: ordinary, health or free-text. Who somebody is can never be asked.')
    const disclosureRisk = /^(yes|true)$/i.test(cells.disclosure_risk ?? '') || sensitivity === 'free-text'
    const aboutSession = /^(yes|true)$/i.test(cells.about_session ?? '')
    if (aboutSession && (disclosureRisk || sensitivity !== 'ordinary'))
      report(row, 'about_session', 'Only an ordinary answer can be about the session alone. Clear this cell, or say what the answer really is.')
    return {
      name,
      form: formId,
      subject: pattern.subject,
      label: cells.label ?? name,
      purposes,
      sensitivity: sensitivity ?? 'ordinary',
      partition: pattern.partition,
      keep: pattern.keep,
      justification: cells.justification ?? '',
      disclosureRisk,
      origin: 'asked',
      ...(aboutSession ? { aboutSession } : {}),
    }
  })
  return { fields, issues }
}

function rowsOf(
  sheet: Sheet,
  report: (row: number, column: string, message: string) => void,
): { row: number; cells: { [header in Header]?: string } }[] {
  const [head, ...rows] = sheet.rows
  const columns = new Map<number, Header>()
  for (const { column, text } of head?.cells ?? []) {
    const word = text.trim().toLowerCase()
    const header = headers.find((known) => known === word)
    if (header === undefined) report(head?.number ?? 1, text, `"${text}" is not a column of this sheet. It has: ${headers.join(', ')}.`)
    else columns.set(column, header)
  }
  return rows.map(({ number, cells }) => ({
    row: number,
    cells: Object.fromEntries(cells.flatMap(({ column, text }) => (columns.has(column) ? [[columns.get(column), text.trim()]] : []))),
  }))
}
