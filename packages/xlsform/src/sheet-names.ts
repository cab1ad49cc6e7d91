import { isNear } from './near-words.ts'
import type { Sheet, Workbook } from './workbook.ts'

export const sheetNames = ['survey', 'choices', 'settings', 'external_choices', 'osm', 'entities'] as const
export type SheetName = (typeof sheetNames)[number]

/** The sheet of that name, capitals or not; a workbook of a single sheet with another name is its survey. */
export function findSheet(workbook: Workbook, name: SheetName): Sheet | undefined {
  const found = workbook.sheets.findLast((sheet) => sheet.name.toLowerCase() === name)
  if (found !== undefined || name !== 'survey' || workbook.sheets.length !== 1) return found
  const [only] = workbook.sheets
  return only !== undefined && !(sheetNames as readonly string[]).includes(only.name.toLowerCase()) ? only : undefined
}

/** Names within two letters of the one looked for, quoted for a message; '' if there are none. A leading underscore says "not meant". */
export function findSimilarSheets(name: SheetName, names: readonly string[]): string {
  const known: readonly string[] = sheetNames
  const similar = names.filter((one) => !known.includes(one) && !one.startsWith('_') && isNear(one.toLowerCase(), name, 2))
  return similar.map((one) => `'${one}'`).join(', ')
}
