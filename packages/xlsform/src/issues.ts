import { messages, warnings, type IssueCode } from './issue-catalogue.ts'
import { toCellName } from './workbook.ts'

/**
 * Something wrong with a workbook, pointing at the cell to change. `column` is the header as its author wrote it ('' where the
 * whole row or sheet is meant), `cell` its spreadsheet name ("D5") where the column exists. An error stops the form; a warning does not.
 */
export type Issue = {
  readonly code: IssueCode
  readonly severity: 'error' | 'warning'
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly cell?: string
  readonly message: string
}

/** Where an issue points: a row of a sheet and, where known, the column by name and number. */
export type Place = { readonly sheet: string; readonly row: number; readonly column?: string; readonly columnNumber?: number | undefined }

export type IssueList = {
  readonly issues: readonly Issue[]
  readonly report: (code: IssueCode, place: Place, words?: { readonly [name: string]: string | number }) => void
  readonly hasErrors: () => boolean
}

/** Nobody reads more at once; the rest shows up when the first are mended. */
const mostIssues = 2_000

/** Collects issues: every pass reports here and goes on, so that an author sees all of them at once. The same issue twice is kept once. */
export function toIssueList(): IssueList {
  const issues: Issue[] = []
  const seen = new Set<string>()
  let errors = 0
  return {
    issues,
    hasErrors: () => errors > 0,
    report: (code, place, words = {}) => {
      const severity = warnings.has(code) ? 'warning' : 'error'
      if (issues.length >= mostIssues) {
        if (severity === 'error') errors += 1
        return
      }
      const message = messages[code].replace(/(?<!\$)\{(\w+)\}/g, (_whole: string, name: string) => String(words[name] ?? ''))
      const key = `${code}|${place.sheet}|${place.row}|${place.column ?? ''}|${message}`
      if (seen.has(key)) return
      seen.add(key)
      if (severity === 'error') errors += 1
      const cell = place.columnNumber === undefined ? {} : { cell: toCellName(place.columnNumber, place.row) }
      issues.push({ code, severity, sheet: place.sheet, row: place.row, column: place.column ?? '', ...cell, message })
    },
  }
}
