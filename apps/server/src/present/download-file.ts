// The file of a download in the format that was asked for, and the codebook that explains it.
import type { DownloadOrder } from '@attune/contract'
import type { Programme, ProgrammeForm } from '@attune/programme'
import { codebookName, toCodebook } from './codebook.ts'
import { beginJson } from './json-file.ts'
import { toSavColumns } from './record-sav.ts'
import { toColumns } from './record-table.ts'
import { toScoreVariables, toVariables } from './record-variables.ts'
import type { RecordFacts } from './record.ts'
import { beginSav } from './sav-file.ts'
import { beginCsv, beginXlsx } from './table-file.ts'
import { writeZip, type ZipPlace } from './zip-file.ts'

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

/** The zip that a person downloads: the records sealed with the passphrase; beside them, open, what each column means and what the file is. */
export function writeDownload(plan: DownloadPlan, passphrase: string, at: Date, place: ZipPlace) {
  const zip = writeZip(at, place)
  return {
    async makeSink(): Promise<DownloadFile> {
      const part = zip.add(plan.fileName, passphrase)
      const file = await plan.begin(part.write)
      return {
        ...file,
        async end() {
          const sha256 = await file.end()
          await part.end()
          return sha256
        },
      }
    },
    async end(manifest: object): Promise<void> {
      const open = { [codebookName]: plan.codebook, 'manifest.json': `${JSON.stringify({ ...manifest, codebook: codebookName }, null, 2)}\n` }
      for (const [name, content] of Object.entries(open)) {
        const part = zip.add(name)
        await part.write(content)
        await part.end()
      }
      zip.end()
    },
  }
}
