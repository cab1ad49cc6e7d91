// Reads an export that lies in a file: CSV with either separator, an XLSX with a sheet for each repeat, or JSON as the API gives it. ODK Central's
// CSV has further ones for the repeats beside it. The files of its records may lie in a folder.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { questionsOf, type FormOutline } from '@attune/forms'
import { compile, mostRows, readCsv, readCsvRecords, readMarkdown, readXlsx, type Sheet } from '@attune/xlsform'
import { unzipXlsx } from '../workbook/unzip-xlsx.ts'
import { readAttachmentFolder, type AttachmentFolder } from './attachment-folder.ts'
import { toKoboAttachments, toKoboFolders, toKoboRecord, toKoboRowRecord } from './kobo-records.ts'
import { toOdkFolders, toOdkRecord, toOdkRowRecord } from './odk-records.ts'
import { joinByKeys, joinRepeats, type Table } from './repeat-sheets.ts'
import { isJson, SourceUnreadable, type Source, type SourceFile, type SourceForm, type SourceRecord, type SourceRow } from './source.ts'

const fromJson = { kobo: toKoboRecord, odk: toOdkRecord } as const
const fromRow = { kobo: toKoboRowRecord, odk: toOdkRowRecord } as const

/** Reads a file of records, with the files that lie in `folder`. Raises `SourceUnreadable` with a sentence for whoever runs the import. */
export async function readSourceFile(kind: Source['kind'], file: string, form?: SourceForm, folder?: string): Promise<Source> {
  const { rows, toRecord, leftOut } = await readRows(kind, file)
  const files = folder === undefined ? undefined : await readAttachmentFolder(folder)
  const records = rows.map((row) => {
    const record = toRecord(row)
    if (files === undefined) return record
    if (kind === 'kobo') return { ...record, files: withPlaces(row, files.filesOf(toKoboFolders(row))) }
    return { ...record, files: [...files.filesOf(toOdkFolders(row)), ...filesNamedIn(record.answers, files)] }
  })
  const unasked = files?.unasked() ?? []
  const alone = unasked.length === 0 ? [] : [`folders of files that are of no record: ${unasked.slice(0, foldersNamed).join(', ')}`]
  const further = unasked.length > foldersNamed ? [`${unasked.length - foldersNamed} further such folders`] : []
  // Of KoboToolbox nothing but the folders of records is looked at.
  const nobodys = kind === 'odk' ? (files?.unaskedFiles() ?? 0) : 0
  const unnamed = nobodys === 0 ? [] : [`files that no record names: ${nobodys}`]
  return { kind, ...(form && { form }), total: rows.length, leftOut: [...leftOut, ...alone, ...further, ...unnamed], records }
}

/** Files of the one folder of ODK Central that an answer of the record names, also in a repeat. */
function filesNamedIn(answers: SourceRow, files: AttachmentFolder): SourceFile[] {
  return Object.values(answers).flatMap((value) => {
    if (typeof value !== 'string') return value.flatMap((row) => filesNamedIn(row, files))
    return files.fileNamed(value.trim()) ?? []
  })
}

/** So many folders are named one by one. */
const foldersNamed = 20

type Row = { readonly [key: string]: unknown }
type Rows = { readonly rows: readonly Row[]; readonly toRecord: (row: Row) => SourceRecord; readonly leftOut: readonly string[] }

async function readRows(kind: Source['kind'], file: string): Promise<Rows> {
  const ending = path.extname(file).toLowerCase()
  const bytes = await readBytes(file)
  if (ending === '.json') return { rows: readJson(bytes), toRecord: fromJson[kind], leftOut: [] }
  const tables = ending === '.xlsx' ? await readSheets(bytes) : ending === '.csv' ? [readTable(bytes)] : unknownKind(ending)
  const [first, ...others] = tables
  if (first === undefined || first.keys.length === 0) throw new SourceUnreadable(`There is no row of headings in ${path.basename(file)}.`)
  const toRecord = fromRow[kind] as Rows['toRecord']
  if (kind === 'odk' && ending === '.csv') return { ...joinByKeys([first, ...(await readRepeatsBeside(file))]), toRecord }
  return { ...joinRepeats([first, ...others]), toRecord }
}

/** The files that ODK Central puts beside "NAME.csv" for the repeats of the form: "NAME-repeat.csv", with a column that says whose a row is. */
async function readRepeatsBeside(file: string): Promise<Table[]> {
  const start = `${path.basename(file, path.extname(file))}-`
  const beside = (await readdir(path.dirname(file))).filter((name) => name.startsWith(start) && name.toLowerCase().endsWith('.csv')).sort()
  const tables = await Promise.all(
    beside.map(async (name) => ({
      ...readTable(await readBytes(path.join(path.dirname(file), name))),
      name: name.slice(start.length, -'.csv'.length),
    })),
  )
  return tables.filter(({ keys }) => keys.includes('PARENT_KEY'))
}

/** The export in JSON says for which question each file was given; its name in the folder is the one that it names. */
function withPlaces(row: Row, files: readonly SourceFile[]): readonly SourceFile[] {
  const places = new Map(toKoboAttachments(row).map(({ name, place }) => [name, place]))
  return files.map((file) => ({ ...file, ...(places.get(file.name) !== undefined && { place: places.get(file.name)! }) }))
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
  if (sheets.some(({ rows }) => rows.length > mostRows))
    throw new SourceUnreadable(`A sheet of more than ${mostRows} rows is read as .csv only. Export it so.`)
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
