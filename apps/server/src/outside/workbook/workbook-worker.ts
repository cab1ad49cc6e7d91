// The thread that reads workbooks that a stranger may have made, one at a time: it unzips, reads, compiles and checks. It answers with sheets and issues; what to do about them is decided elsewhere.
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { checkForm, type FormIssue } from '@attune/programme'
import { readCsv, readMarkdown, readXlsx, type Sheet, type Workbook } from '@attune/xlsform'
import { readFormFiles, type HandedFile } from '../form-files/read-form-files.ts'
import { readBundle } from './read-bundle.ts'
import { unzipXlsx } from './unzip-xlsx.ts'
import type { WorkbookAnswer, WorkbookQuestion } from './workbook-reader.ts'

/** More rows than a person can look through are not sent back; issues still name their cells. */
const rowsShown = 1_500
const letterLimit = 2_000
/** A form of 30,000 rows unpacks to less. */
const zipLimits = { entries: 1_000, bytes: 24 * 1024 * 1024 }

async function readWorkbook({ fileName, bytes }: Pick<WorkbookQuestion, 'fileName' | 'bytes'>): Promise<Workbook | { readonly unreadable: string }> {
  const kind = /\.[a-z]+$/i.exec(fileName)?.[0]?.toLowerCase() ?? ''
  if (kind === '.xlsx' || kind === '.xlsm') {
    const parts = await unzipXlsx(Buffer.from(bytes), zipLimits)
    return parts === undefined
      ? {
          unreadable:
            'This is not a sound .xlsx file, or it unpacks to more than 24 MB. Open it in your spreadsheet program and save it again as .xlsx.',
        }
      : readXlsx(parts)
  }
  if (kind !== '.csv' && kind !== '.md') return { unreadable: 'Files of this kind cannot be read. Save the form as .xlsx, .csv or .md.' }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { unreadable: 'The letters of this file are not written in UTF-8. Save it as “CSV UTF-8”, or as .xlsx.' }
  }
  return kind === '.csv' ? readCsv(text) : readMarkdown(text)
}

function toShown(sheets: readonly Sheet[]): Sheet[] {
  let room = rowsShown
  return sheets.map(({ name, rows }) => {
    const shown = rows
      .slice(0, room)
      .map(({ number, cells }) => ({ number, cells: cells.map(({ column, text }) => ({ column, text: text.slice(0, letterLimit) })) }))
    room -= shown.length
    return { name, rows: shown }
  })
}

async function answer({ programme, carried = {}, ...question }: WorkbookQuestion): Promise<WorkbookAnswer> {
  const handed = /\.zip$/i.test(question.fileName) ? await readBundle(Buffer.from(question.bytes)) : question
  if ('unreadable' in handed) return handed
  const { fileName, bytes } = handed
  const workbook = await readWorkbook({ fileName, bytes })
  if ('unreadable' in workbook) return workbook
  const { files, refused } = readFormFiles([...(handed.files ?? []), ...(handed === question ? [] : (question.files ?? []))])
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const given = files.map(({ content: _, ...file }) => file)
  const checked = checkForm(programme, { workbook, fileName, digest, files: given, carried: toCarried(carried) })
  const issues = refused.map((message): FormIssue => ({ code: 'form-file-refused', severity: 'error', sheet: '', row: 1, message }))
  const sheets = toShown(workbook.sheets)
  if (!checked.ok || issues.length > 0)
    return { sheets, contents: [], checked: { ok: false, issues: [...issues, ...(checked.ok ? checked.warnings : checked.issues)] } }
  const kept = new Set(checked.form.files?.map(({ sha256 }) => sha256))
  return { sheets, checked, contents: files.filter(({ sha256 }) => kept.has(sha256)).map(({ sha256, content }) => ({ sha256, content })) }
}

/** Lists and drawings that nobody handed in again are read again: the form may choose from another of their columns or parts now. */
function toCarried(carried: NonNullable<WorkbookQuestion['carried']>) {
  return Object.fromEntries(
    Object.entries(carried).map(([formId, files]) => [
      formId,
      files.map(({ content, ...file }) => {
        if (content === undefined) return file
        const [read] = readFormFiles([{ name: file.name, content } satisfies HandedFile]).files
        return { ...file, ...(read?.list === undefined ? {} : { list: read.list }), ...(read?.parts === undefined ? {} : { parts: read.parts }) }
      }),
    ]),
  )
}

// A fault in here ends the thread, and whoever waits hears of it that way.
parentPort?.on('message', (question: WorkbookQuestion) => void answer(question).then((found) => parentPort?.postMessage(found)))
parentPort?.postMessage('ready')
