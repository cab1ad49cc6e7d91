// What a form asks of the one that was sent before it. A default may do that, once, before anybody looks; a rule may not, because it would be worked
// out anew at the server, where nothing was sent before.
import { recalledIn } from '@attune/forms'
import { findRecallRefusal, type Field } from '@attune/policy'
import { toCellName, type Workbook } from '@attune/xlsform'
import type { FormIssue } from './form-issue.ts'

/** Every cell that reads last saved answers where it may not, or of a question that is about the client. */
export function checkLastSaved(workbook: Workbook, fields: readonly Field[], formId: string): FormIssue[] {
  const known = new Map(fields.filter((field) => field.form === formId).map((field) => [field.name, field]))
  return workbook.sheets.flatMap((sheet) => {
    const [header, ...rows] = sheet.rows
    const heads = new Map((header?.cells ?? []).map(({ column, text }) => [column, text]))
    return rows.flatMap(({ number, cells }) =>
      cells.flatMap(({ column, text }): FormIssue[] => {
        const head = heads.get(column)
        const place = { sheet: sheet.name, row: number, cell: toCellName(column, number), ...(head === undefined ? {} : { column: head }) }
        const issue = (code: 'last-saved-outside-default' | 'last-saved-about-client', message: string): FormIssue => ({
          code,
          severity: 'error',
          ...place,
          message,
        })
        if (text.includes('__last-saved'))
          return [
            issue(
              'last-saved-outside-default',
              'Write ${last-saved#name} with the name of a question, and only as a default; __last-saved is the compiler’s own.',
            ),
          ]
        const names = recalledIn(text)
        if (names.length === 0) return []
        if (head?.trim().toLowerCase() !== 'default')
          return [
            issue(
              'last-saved-outside-default',
              'Only the column default may hold ${last-saved#…}: it fills a question in before anybody sees it. A rule would come out otherwise on another device and at the server. Move it there and let the rule read that question.',
            ),
          ]
        return names.flatMap((name) => {
          const refusal = findRecallRefusal(known.get(name))
          return refusal === undefined
            ? []
            : [
                issue(
                  'last-saved-about-client',
                  `No device remembers the answer to "${name}": it ${refusal}. Clear \${last-saved#${name}}; what a client said before comes from the saved copy. Answers about how a session is run may be remembered: say yes under about_session on the sheet fields, or aboutSession: true in the policy.`,
                ),
              ]
        })
      }),
    )
  })
}
