// The file of a download in the format that was asked for, and the codebook that explains it.
import type { DownloadOrder } from '@attune/contract'
import type { Programme, ProgrammeForm } from '@attune/programme'
import { toCodebook } from './codebook.ts'
import { beginJson } from './json-file.ts'
import { toSavColumns } from './record-sav.ts'
import { toColumns } from './record-table.ts'
import { toScoreVariables, toVariables } from './record-variables.ts'
import type { RecordFacts } from './record.ts'
import { beginSav } from './sav-file.ts'
import { beginCsv, beginXlsx } from './table-file.ts'

type Format = DownloadOrder['format']
type Write = (content: string | Uint8Array) => Promise<void>
export type DownloadFile = {
  readonly name: string
  readonly write: (rows: readonly RecordFacts[]) => Promise<void>
  readonly end: () => Promise<string>
}
export type DownloadPlan = { readonly fileName: string; readonly codebook: string; readonly begin: (write: Write) => Promise<DownloadFile> }

/** Tables hold what the form asks; JSON and SPSS files also hold the scores as the server worked them out. */
export function planDownload(programme: Programme, forms: readonly ProgrammeForm[], format: Format, at: Date): DownloadPlan {
  const asked = toVariables(programme, forms)
  const variables = format === 'json' || format === 'sav' ? [...asked, ...toScoreVariables(programme, forms)] : asked
  return {
    fileName: `records.${format}`,
    codebook: toCodebook(variables, format === 'sav'),
    async begin(write) {
      if (format === 'json') return beginJson(write, programme)
      if (format === 'sav') {
        const columns = toSavColumns(variables)
        const file = beginSav(write, 'records.sav', columns, at)
        return { ...file, write: (rows) => file.write(rows.map((row) => columns.map((column) => column.cell(row)))) }
      }
      const columns = toColumns(variables, format === 'xlsx')
      const heads = columns.map((column) => column.head)
      const table = format === 'xlsx' ? await beginXlsx(write, heads, at) : await beginCsv(write, heads)
      return { ...table, write: (rows) => table.write(rows.map((row) => columns.map((column) => column.cell(row)))) }
    },
  }
}
