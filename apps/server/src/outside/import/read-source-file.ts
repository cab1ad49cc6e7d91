// Reads an export that lies in a file: CSV with either separator, the first sheet of an XLSX, or JSON as the API gives it.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { questionsOf, type FormOutline } from '@attune/forms'
import { compile, mostRows, readCsv, readCsvRecords, readMarkdown, readXlsx, type Sheet } from '@attune/xlsform'
import { unzipXlsx } from '../workbook/unzip-xlsx.ts'
import { toKoboRecord, toKoboRowRecord } from './kobo-records.ts'
import { toOdkRecord, toOdkRowRecord } from './odk-records.ts'
import { isJson, SourceUnreadable, type Source, type SourceForm, type SourceRow } from './source.ts'

const fromJson = { kobo: toKoboRecord, odk: toOdkRecord } as const
const fromRow = { kobo: toKoboRowRecord, odk: toOdkRowRecord } as const

/** Reads a file of records. Raises `SourceUnreadable` with a sentence for whoever runs the import. */
export async function readSourceFile(kind: Source['kind'], file: string, form?: SourceForm): Promise<Source> {
  const more = { kind, ...(form && { form }) } as const
  const ending = path.extname(file).toLowerCase()
  const bytes = await readBytes(file)
  if (ending === '.json') {
    const rows = readJson(bytes)
    return { ...more, total: rows.length, leftOut: [], records: rows.map(fromJson[kind]) }
  }
  const [first, ...others] = ending === '.xlsx' ? await readSheets(bytes) : ending === '.csv' ? [readTable(bytes)] : unknownKind(ending)
  if (first === undefined || first.keys.length === 0) throw new SourceUnreadable(`There is no row of headings in ${path.basename(file)}.`)
  return { ...more, total: first.rows.length, leftOut: others.map(({ name }) => name), records: first.rows.map(fromRow[kind]) }
}

/** The choices of an XLSForm (.xlsx, .csv, .md). */
export async function readSourceForm(file: string): Promise<SourceForm> {
  const bytes = await readBytes(file)
  const ending = path.extname(file).toLowerCase()
  const workbook =
    ending === '.md'
      ? readMarkdown(bytes.toString('utf8'))
      : ending === '.csv'
        ? readCsv(bytes.toString('utf8'))
        : ending === '.xlsx'
          ? readXlsx((await unzipXlsx(bytes)) ?? new Map())
          : unknownKind(ending)
  const compiled = compile(workbook, { fileName: path.basename(file), expressions: 'unchecked' })
  if (compiled.ok) return toSourceForm(compiled.outline)
  const [issue] = compiled.issues
  throw new SourceUnreadable(`The form ${path.basename(file)} is no XLSForm that can be read: ${issue?.cell ?? ''} ${issue?.message ?? ''}`)
}

export function toSourceForm(outline: FormOutline): SourceForm {
  return {
    lists: new Map(questionsOf(outline).flatMap(({ name, list }) => (list === undefined ? [] : [[name, list] as const]))),
    labels: new Map(
      Object.entries(outline.choices).map(([list, choices]) => [list, new Map(choices.map(({ name, label }) => [name, Object.values(label)]))]),
    ),
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch {
    throw new SourceUnreadable(`There is no file ${file} that can be read.`)
  }
}

function unknownKind(ending: string): never {
  throw new SourceUnreadable(`Files of the kind "${ending}" cannot be read. Export as .csv, .xlsx or .json.`)
}

function readJson(bytes: Buffer): readonly { readonly [key: string]: unknown }[] {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new SourceUnreadable('The file is not JSON.')
  }
  const list = isJson(value) ? (value['results'] ?? value['value']) : value
  if (!Array.isArray(list) || !list.every(isJson))
    throw new SourceUnreadable('The file holds no list of records ("results", "value" or a plain list).')
  return list
}

type Table = { readonly name: string; readonly keys: readonly string[]; readonly rows: readonly SourceRow[] }

/** KoboToolbox separates by semicolons unless asked otherwise, ODK Central by commas: the heading tells. */
function readTable(bytes: Buffer): Table {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  const heading = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const separator = heading.split(';').length > heading.split(',').length ? ';' : ','
  const records = readCsvRecords(text, separator)
  if (records === undefined) throw new SourceUnreadable('A quotation mark in the file is opened and never closed.')
  return toTable('', records)
}

async function readSheets(bytes: Buffer): Promise<readonly Table[]> {
  const { sheets, fault } = readXlsx((await unzipXlsx(bytes)) ?? new Map())
  if (fault !== undefined || sheets.length === 0) throw new SourceUnreadable('The file is no workbook that can be read.')
  if (sheets[0]!.rows.length > mostRows) throw new SourceUnreadable(`A sheet of more than ${mostRows} rows is read as .csv only. Export it so.`)
  return sheets.map((sheet) => toTable(sheet.name, toRecords(sheet)))
}

function toRecords({ rows }: Sheet): string[][] {
  return rows.map(({ cells }) => {
    const record: string[] = []
    for (const { column, text } of cells) record[column - 1] = text
    return Array.from(record, (cell) => cell ?? '')
  })
}

function toTable(name: string, [heading = [], ...records]: readonly (readonly string[])[]): Table {
  const keys = heading.map((key) => key.trim())
  const rows = records
    .filter((record) => record.some((cell) => cell !== ''))
    .map((record) => Object.fromEntries(keys.flatMap((key, at) => (key === '' || (record[at] ?? '') === '' ? [] : [[key, record[at]!]]))))
  return { name, keys: keys.filter((key) => key !== ''), rows }
}
